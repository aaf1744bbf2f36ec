import DatasetFiles
import DatasetFormats
import DatasetGen

extension ParquetFormat: StoredColumnFormat {
    typealias Rows = ParquetRows

    static func entries(of file: StoredFile) throws(StoredFailure) -> [(key: String, value: String)]? {
        try ParquetMetadata(file).entries
    }

    static func checkTables(
        in files: StoredFolder,
        _ output: ReadingOutput,
        of plan: GenerationPlan,
        _ report: inout VerificationReport
    ) throws(FileError) {
        let check = ParquetTablesCheck(files, output, of: plan)
        let (events, sensors) = (tableNames[0], tableNames[1])
        if files.has(sensors) { try check.checkSensors(sensors, &report) }
        if files.has(events), files.has("events.csv") { try check.checkEvents(events, &report) }
    }

    static func tableEntries(
        _ output: ReadingOutput,
        of plan: GenerationPlan,
        eventCount: Int64,
        sizes: (String) throws(FileError) -> Int64
    ) throws(FileError) -> [ManifestFile] {
        [
            .parquetEvents(output.parameters, rows: eventCount, bytes: try sizes(tableNames[0])),
            .parquetSensors(
                output.parameters,
                rows: Int64(plan.fleet.sensors.count),
                bytes: try sizes(tableNames[1])
            ),
        ]
    }
}
