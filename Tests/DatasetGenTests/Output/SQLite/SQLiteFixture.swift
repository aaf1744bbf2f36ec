import DatasetFiles
import DatasetFormats
import DatasetGen
import Testing

/// The table `sensor_data` of blocks that are made by hand.
enum SQLiteFixture {
    /// Makes the table of a block, and reads it back.
    static func stored(
        _ block: ReadingBlock,
        _ sensors: [Sensor],
        pageSize: Int = 4_096,
        twin: Bool = false,
        schema: MetricSchema = .standard
    ) throws -> [[SQLiteValue]] {
        let folder = try TemporaryFolder()
        let path = folder.path(of: "x")
        let maker = try OracleDatabase(path)
        let columns = schema.columns(includingTwin: twin).map { "\($0.name) \($0.sqlType)" }
        try maker.execute(
            "PRAGMA page_size = \(pageSize); CREATE TABLE sensor_data (\(columns.joined(separator: ",")))"
        )
        try maker.execute("PRAGMA journal_mode = DELETE")
        let file = try PageFile(path: path, layout: SQLitePageLayout(pageSize: pageSize))
        let table = TableBuilder(root: 2, in: file)
        var run = LeafPageRun(file.layout)
        var encoder = SQLiteReadingsEncoder(
            sensors: sensors,
            layout: file.layout,
            timestamps: .naive,
            includesCleanTwin: twin,
            schema: schema
        )
        encoder.encode(block, into: &run)
        try table.append(&run)
        try table.finish()
        _ = try file.finish()
        let database = try OracleDatabase(path)
        #expect(try database.integrity() == [[.text("ok")]])
        return try database.rows("SELECT * FROM sensor_data ORDER BY id")
    }
}
