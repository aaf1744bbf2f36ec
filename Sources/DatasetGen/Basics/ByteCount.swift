/// Sizes for people.
package enum ByteCount {
    /// `1.5 MB`, `310 kB`, `42 B`: three digits that count, in powers of 1,000.
    package static func text(_ bytes: Int64) -> String { text(Double(bytes)) }

    /// The same of a number that need not be whole, such as a rate.
    package static func text(_ bytes: Double) -> String {
        for (unit, size) in [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)] where bytes >= size {
            // Beyond what a count of decimals holds.
            let scaled = min(bytes / size, 1e12)
            return FixedPoint(rounding: scaled, decimals: scaled < 10 ? 2 : (scaled < 100 ? 1 : 0)).text + " " + unit
        }
        return FixedPoint(rounding: max(0, bytes), decimals: 0).text + " B"
    }
}
