import DatasetFormats
import DatasetGen

/// A small table that a plan determines without its readings, as a file of CSV: the sensors, and the phenomena.
struct WholeTable {
    /// Takes lines, and says how many rows they are.
    typealias Taker = (_ lines: [UInt8], _ rows: Int) throws(FileError) -> Void

    /// The file's name.
    let fileName: String
    /// How it writes times; nil if there are none in it.
    let timestamps: TimestampStyle?
    /// Hands out its header, and then its lines.
    let forEachPiece: (Taker) throws(FileError) -> Void

    /// The name of the table of sensors.
    static let sensorsName = "sensors.csv"
    /// The name of the table of phenomena.
    static let phenomenaName = "phenomena.csv"

    /// `sensors.csv`, which has so many sensors.
    static func sensors(_ content: [UInt8], count: Int) -> WholeTable {
        WholeTable(fileName: sensorsName, timestamps: nil) { take throws(FileError) in try take(content, count) }
    }

    /// `phenomena.csv` of a plan; nil for a recipe without phenomena.
    static func phenomena(of plan: GenerationPlan) -> WholeTable? {
        guard !plan.recipe.phenomena.isEmpty else { return nil }
        return WholeTable(fileName: phenomenaName, timestamps: plan.recipe.eventTimestamps) { take throws(FileError) in
            try plan.forEachPhenomenaCSV(take)
        }
    }
}

extension GenerationPlan {
    /// The tables that are known without readings, of which the sensors, whose lines these are, come first.
    func wholeTables(sensorsCSV: [UInt8]) -> [WholeTable] {
        [.sensors(sensorsCSV, count: fleet.sensors.count)] + (WholeTable.phenomena(of: self).map { [$0] } ?? [])
    }

    /// Hands out the header of `phenomena.csv` and then its lines, some thousands at a time.
    package func forEachPhenomenaCSV(
        _ take: (_ lines: [UInt8], _ rows: Int) throws(FileError) -> Void
    ) throws(FileError) {
        let columns = [TableColumn<Phenomenon>].phenomena(recipe.eventTimestamps, of: recipe, fleet.sensors)
        try take(columns.csvHeader(), 0)
        var lines = TableLines(columns)
        var (text, rows) = (ByteBuffer(), 0)
        for phenomenon in phenomena {
            lines.append(phenomenon, to: &text)
            rows += 1
            guard rows == 4_096 else { continue }
            try take(text.bytes, rows)
            (text, rows) = (ByteBuffer(), 0)
        }
        if rows > 0 { try take(text.bytes, rows) }
    }
}
