import DatasetChecks
import DatasetGen
import Testing

/// Every format that is written can be read again, alone and beside the others.
struct StoredFormatTests {
    @Test(arguments: OutputFormat.allCases)
    func isReadAgain(format: OutputFormat) async throws {
        let dataset = try await AuditedDataset(
            """
            dataset: {seed: 6, duration: 10m}
            replicas: {count: 3}
            anomalies: {probability: 0.2, types: {spike: {}, trend: {duration: 10s}}}
            outputs: [\(format.rawValue)]
            """
        )
        #expect(try await dataset.problems() == [])
        #expect(try await dataset.problems(regenerates: true) == [])
        #expect(try dataset.audit().isExact)
        #expect(try dataset.audit(format).fileName.hasPrefix("readings."))
    }

    /// CSV is the fastest to read, and then SQLite.
    @Test(arguments: [("jsonl, sqlite, csv", "readings.csv"), ("jsonl, sqlite", "readings.sqlite")])
    func isChosenByHowFastItIsRead(outputs: String, name: String) async throws {
        let formats = outputs.split(separator: ", ").map { "\($0): {}" }.joined(separator: ", ")
        let dataset = try await AuditedDataset("dataset: {duration: 1m}\noutputs: {\(formats)}")
        #expect(try dataset.audit().fileName.hasPrefix(name))
    }
}
