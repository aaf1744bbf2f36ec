/// Sizes for people.
package enum ByteCount {
    /// `1.5 MB`, `640 bytes`.
    package static func text(_ bytes: Int64) -> String {
        for (unit, size) in [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)] where Double(bytes) >= size {
            return FixedPoint(rounding: Double(bytes) / size, decimals: 1).text + " " + unit
        }
        return "\(bytes) bytes"
    }
}
