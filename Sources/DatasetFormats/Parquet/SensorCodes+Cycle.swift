import DatasetGen

extension SensorCodes {
    /// The codes of all sensors, packed as they follow one another; nil where they often repeat, or some are NULL.
    func makeCycle() -> PackedCycle? {
        let equalCount = zip(codes, codes.dropFirst()).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
        guard count > 1, codes.count <= Self.longestCycle, equalCount < codes.count / 2,
            !codes.contains(ColumnDomain.null)
        else { return nil }
        let width = HybridEncoder.width(of: count - 1)
        return PackedCycle(codes, width: width, rows: Int(GenerationPlan.rowsPerBlock))
    }

    /// The bounds of so many rows from a sensor on, all sensors one behind the other.
    func bounds(from first: Int, count rows: Int) -> PageBounds {
        var bounds = PageBounds()
        if rows >= codes.count {
            (bounds.least, bounds.greatest) = (0, Int64(count) - 1)
        } else {
            for row in first..<first + rows { bounds.include(Int64(codes[row % codes.count])) }
        }
        return bounds
    }

    /// Sensors of which a row group has all; packed, they take some megabytes.
    private static let longestCycle = 131_072
}
