extension String {
    /// The path of a key below this one: `anomalies` and `types` give `anomalies.types`.
    func appendingKey(_ key: String) -> String {
        isEmpty ? key : "\(self).\(key)"
    }
}
