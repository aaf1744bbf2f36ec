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
        let events = tableNames[0]
        if files.has(sensorsName) { try check.checkSensors(sensorsName, &report) }
        if !plan.recipe.phenomena.isEmpty, files.has(phenomenaName) { try check.checkPhenomena(phenomenaName, &report) }
        if files.has(events), files.has("events.csv") { try check.checkEvents(events, &report) }
    }

    static func tableEntries(
        _ output: ReadingOutput,
        of plan: GenerationPlan,
        eventCount: Int64,
        sizes: (String) throws(FileError) -> Int64
    ) throws(FileError) -> [ManifestFile] {
        try tableNames(of: plan.recipe)
            .map { name throws(FileError) in
                let rows =
                    switch name {
                    case sensorsName: Int64(plan.fleet.sensors.count)
                    case phenomenaName: plan.phenomena.rowCount
                    default: eventCount
                    }
                return .parquetTable(
                    name,
                    output.parameters,
                    hasTimes: name != sensorsName,
                    rows: rows,
                    bytes: try sizes(name)
                )
            }
    }
}
