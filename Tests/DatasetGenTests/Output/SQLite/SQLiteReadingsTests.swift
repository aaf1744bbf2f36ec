import DatasetFiles
import DatasetFormats
import DatasetGen
import Testing

/// The table `sensor_data` as SQLite reads it.
@Suite
struct SQLiteReadingsTests {
    private static let metadata: [SQLiteValue] = [
        .text("1.4"), .text("EnvMonitor-3000"), .text("SensorTech"), .text("SN-1"), .text("San Francisco"),
        .real(37.7749),
        .real(-122.4194), .text("America/Los_Angeles"), .null, .text("2025-03-24"), .real(8.3), .integer(0),
    ]

    @Test func rowIsExact() throws {
        let rows = try SQLiteFixture.stored(OutputFixture.block(firstNumber: 42), OutputFixture.sensors())
        let values: [SQLiteValue] = [
            .integer(42), .text("2025-01-18T10:30:45.123456"), .text("S_000001"), .real(22.5), .real(65.3),
            .real(1013.25),
            .real(12.1), .integer(0), .integer(0), .null,
        ]
        #expect(rows == [values + Self.metadata])
    }

    @Test func missingReadingsAreNullAndOmittedRowsLeaveAGap() throws {
        let missing = Int32.min
        let block = OutputFixture.block(
            firstNumber: 7,
            times: [0, 1_000_000, 2_000_000],
            metrics: [
                [missing, missing, missing, missing], [missing, missing, missing, missing], [-5, missing, 0, -12_100],
            ],
            labels: [Label(.missingData), Label(.missingData, omitted: true), Label(.spike)]
        )
        let rows = try SQLiteFixture.stored(block, OutputFixture.sensors()).map { Array($0.prefix(10)) }
        let id = SQLiteValue.text("S_000001")
        #expect(
            rows == [
                [
                    .integer(7), .text("1970-01-01T00:00:00.000000"), id, .null, .null, .null, .null, .integer(1),
                    .integer(1), .text("missing_data"),
                ],
                [
                    .integer(9), .text("1970-01-01T00:00:02.000000"), id, .real(-0.05), .null, .real(0), .real(-12.1),
                    .integer(1), .integer(1), .text("spike"),
                ],
            ]
        )
    }

    @Test(arguments: [512, 1_024, 65_536], [0, 57, 58, 300, 8_000, 40_000])
    func textsOfAnyLengthFit(pageSize: Int, length: Int) throws {
        let text = String(repeating: "é", count: length / 2) + "'\0\n"
        let sensors = try OutputFixture.sensors { group in
            group.model = text
            group.naming = .fixed("n" + text)
        }
        let times = (0..<20).map { Int64($0) }
        let block = OutputFixture.block(
            times: times,
            metrics: times.map { [Int32($0), 1, 2, 3] },
            labels: times.map { $0 % 3 == 0 ? Label(.noise) : .normal }
        )
        let rows = try SQLiteFixture.stored(block, sensors, pageSize: pageSize)
        #expect(rows.map { $0[0] } == times.map { .integer($0 + 1) })
        #expect(rows.map { $0[3] } == times.map { .real(Double($0) / 100) })
        #expect(rows.allSatisfy { $0[2] == .text("n" + text) && $0[11] == .text(text) && $0[20] == .real(8.3) })
        #expect(rows.map { $0[9] } == times.map { $0 % 3 == 0 ? .text("noise") : .null })
    }

    @Test func datasetWithoutRowsIsADatabase() async throws {
        let folder = try TemporaryFolder()
        var recipe = try Recipe(yaml: "{outputs: [sqlite], dataset: {duration: 1s}}")
        recipe.grid = TickGrid(start: recipe.grid.start, end: recipe.grid.start, interval: recipe.grid.interval)
        _ = try await DatasetWriter(GenerationPlan(recipe)).write(to: folder.path(of: "x"))
        let database = try OracleDatabase(folder.path(of: "x/readings.sqlite"))
        #expect(try database.integrity() == [[.text("ok")]])
        #expect(try database.rows("SELECT * FROM sensor_data") == [])
        try database.execute("INSERT INTO sensor_data (voltage) VALUES (1)")
        #expect(try database.rows("SELECT id FROM sensor_data") == [[.integer(1)]])
    }

    @Test func indexesAreThoseThatAreAskedFor() async throws {
        let folder = try TemporaryFolder()
        let recipe = try Recipe(
            yaml: "{outputs: {sqlite: {indexes: [timestamp, sensor_id], page_size: 1024}}, dataset: {duration: 1h}}"
        )
        _ = try await DatasetWriter(GenerationPlan(recipe)).write(to: folder.path(of: "x"))
        let database = try OracleDatabase(folder.path(of: "x/readings.sqlite"))
        #expect(try database.integrity() == [[.text("ok")]])
        #expect(
            try database.rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
                == [[.text("sensor_data_sensor_id")], [.text("sensor_data_timestamp")]]
        )
        let plan = try database.rows("EXPLAIN QUERY PLAN SELECT * FROM sensor_data WHERE timestamp > '2025'")
        #expect("\(plan)".contains("sensor_data_timestamp"))
        try database.execute("INSERT INTO sensor_data (voltage) VALUES (1); DELETE FROM sensor_data WHERE id < 100")
        #expect(try database.integrity() == [[.text("ok")]])
    }
}
