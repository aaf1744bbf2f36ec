extension BinaryInteger {
    /// The decimal text of a number that is not negative, with zeros before it up to so many digits.
    package func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}
