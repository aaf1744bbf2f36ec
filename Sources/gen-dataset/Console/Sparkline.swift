/// A small plot of a series for a terminal.
struct Sparkline {
    private let columns: [PlotColumn]

    /// A plot with a character per column.
    init(_ columns: [PlotColumn]) {
        self.columns = columns
    }

    /// The plot's lines from top to bottom, `height` of them; none without readings.
    func lines(height: Int) -> [String] {
        guard let range = columns.range else { return [] }
        let span = range.upperBound - range.lowerBound
        // Braille cells have four rows of dots each.
        let dots = height * 4
        // What lies off the scale is drawn at its edge; a scale may be a single value.
        func row(_ value: Double) -> Int {
            if value <= range.lowerBound { return 0 }
            if value >= range.upperBound { return dots - 1 }
            return Int((value - range.lowerBound) / span * Double(dots))
        }
        return (0..<height)
            .map { line in
                let rows = (height - 1 - line) * 4..<(height - line) * 4
                return String(
                    columns.map { column -> Character in
                        guard let low = column.low, let high = column.high else { return " " }
                        return Self.cell(row(low)...row(high), of: rows)
                    }
                )
            }
    }

    /// The Braille character whose dots of both columns are set in the rows that `filled` and `rows` share.
    private static func cell(_ filled: ClosedRange<Int>, of rows: Range<Int>) -> Character {
        // Unicode 15, section 21.1: dots 1, 2, 3, 7 and 4, 5, 6, 8 from top to bottom are bits 0, 1, 2, 6 and 3, 4, 5, 7.
        let bits: [UInt32] = [0x09, 0x12, 0x24, 0xc0]
        var pattern: UInt32 = 0
        for row in rows where filled.contains(row) { pattern |= bits[rows.upperBound - 1 - row] }
        guard pattern != 0, let scalar = Unicode.Scalar(0x2800 + pattern) else { return " " }
        return Character(scalar)
    }
}
