/// Identifiers and serial numbers that are made from a key.
enum SensorNames {
    /// `PREFIX_000001`: six digits, more only beyond 999,999.
    static func numbered(prefix: String, number: Int) -> String {
        "\(prefix)_\(number.padded(to: 6))"
    }

    /// Up to four letters of the city, `_`, and six characters without vowels, which spell no words: `DENV_7K2XQP`.
    static func derived(city: String, key: RandomKey) -> String {
        let letters = city.uppercased().unicodeScalars.filter { ("A"..."Z").contains($0) }.prefix(4)
        let alphabet = Array("0123456789BCDFGHJKLMNPQRSTVWXYZ")
        let tail = (0..<6).map { alphabet[Int(key.integer($0, below: UInt64(alphabet.count)))] }
        return (letters.isEmpty ? "SENS" : String(String.UnicodeScalarView(letters))) + "_" + String(tail)
    }

    /// The capitals of a manufacturer's name, three at most: `DL` for DataLogger; `SN` without any.
    static func initials(ofManufacturer name: String) -> String {
        let capitals = name.unicodeScalars.filter { ("A"..."Z").contains($0) }.prefix(3)
        return capitals.isEmpty ? "SN" : String(String.UnicodeScalarView(capitals))
    }
}
