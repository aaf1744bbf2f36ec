import DatasetChecks
import DatasetGen
import Testing

/// Datasets whose files somebody has written who means no good.
@Suite("A hostile dataset", .timeLimit(.minutes(30)))
struct HostileDatasetTests {
    @Test(
        "with numbers at the ends of their range has findings",
        arguments: ["-9223372036854775808", "9223372036854775807", "0", "99999999999999999999"]
    )
    func numbers(number: String) async throws {
        let dataset = try await AuditedDataset()
        try dataset.change("events.csv") { lines in
            let names = lines[0].split(separator: ",")
            var fields = lines[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            for (index, name) in names.enumerated() where name.hasSuffix("reading") { fields[index] = number }
            lines[1] = fields.joined(separator: ",")
        }
        #expect(try dataset.findings(.csv)[.event, default: 0] >= 1)
    }

    @Test("cannot keep a reader busy by a view that has no end")
    func view() async throws {
        let dataset = try await AuditedDataset()
        let database = try OracleDatabase(dataset.path + "/readings.sqlite")
        try database.execute(
            """
            DROP TABLE sensor_data;
            CREATE VIEW sensor_data AS
            WITH RECURSIVE rows(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM rows)
            SELECT id, '' AS timestamp, '' AS sensor_id, 1 AS temperature, 1 AS humidity, 1 AS pressure, 1 AS voltage,
            0 AS status_code, 0 AS anomaly_flag, NULL AS anomaly_type FROM rows
            """
        )
        #expect(try dataset.findings(.sqlite)[.file, default: 0] >= 1)
    }
}
