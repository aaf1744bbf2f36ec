extension Place {
    /// The key of what all sensors of the place have in common.
    func weatherKey(below key: RandomKey) -> RandomKey {
        key.derived(fromText: name)
            .derived("latitude", UInt64(bitPattern: latitude?.count ?? 0))
            .derived("longitude", UInt64(bitPattern: longitude?.count ?? 0))
    }
}
