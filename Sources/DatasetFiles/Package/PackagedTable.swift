import DatasetFormats
import DatasetGen

/// A table of a dataset that tools load: files of one format with the same columns.
struct PackagedTable {
    /// What loads it.
    enum Loader: String, CaseIterable {
        case parquet
        case csv
        case jsonLines

        /// That of a file by its name; nil for one that is not loaded.
        fileprivate init?(fileName: String) {
            let endings: [(Loader, [String])] = [
                (.parquet, [".parquet"]), (.csv, [".csv", ".csv.gz"]), (.jsonLines, [".jsonl", ".jsonl.gz"]),
            ]
            guard let found = endings.first(where: { $0.1.contains(where: fileName.hasSuffix) }) else { return nil }
            self = found.0
        }
    }

    /// One of its files, or all shards of it.
    struct Part {
        /// In the order of their readings.
        let files: [PackagedDataset.File]
        /// The part of the splits whose readings it has; nil for one of all.
        let split: String?

        /// Where it is; the name of several in one folder ends with an asterisk.
        var path: String { ShardNames.pattern(of: files.map(\.path)) }
    }

    /// `readings`, `events`, `sensors`, `phenomena` or `delivery`.
    let name: String
    /// What a row is of.
    let summary: String
    let loader: Loader
    let parts: [Part]
    let fields: [PackagedField]

    var rows: Int64 { parts.reduce(0) { $0 + $1.files.reduce(0) { $0 + $1.rows } } }

    /// The tables in some files: readings first, those of Parquet before those of CSV, and these before JSON Lines.
    static func all(of recipe: Recipe, in files: [PackagedDataset.File]) -> [PackagedTable] {
        Loader.allCases.flatMap { loader in
            let loaded = files.filter { Loader(fileName: $0.path) == loader }
            let readings = recipe.outputs.compactMap { parameters -> PackagedTable? in
                let outputs = recipe.readingOutputs.filter { $0.parameters == parameters }
                let parts = outputs.compactMap { output -> Part? in
                    let files = loaded.filter { output.fileNames.contains(ShardNames.name(ofPath: $0.path)) }
                    return files.isEmpty ? nil : Part(files: files, split: output.partName)
                }
                return parts.isEmpty
                    ? nil : PackagedTable(outputs[0], recipe.toldColumns(of: parameters), loader, parts)
            }
            return readings + loaded.compactMap { PackagedTable(small: $0, loader, of: recipe) }
        }
    }

    private init(_ output: ReadingOutput, _ columns: [Column], _ loader: Loader, _ parts: [Part]) {
        (name, self.loader, self.parts) = ("readings", loader, parts)
        summary =
            output.parameters.layout == .wide
            ? "One row per sensor and reading." : "One row per sensor, reading and metric."
        let isFlat = output.parameters.layout == .narrow
        fields = columns.map {
            PackagedField($0, output.parameters.timestamps, in: loader, isFlat: isFlat)
        }
    }

    /// One of the small tables; nil for another file.
    private init?(small file: PackagedDataset.File, _ loader: Loader, of recipe: Recipe) {
        let columns: [(name: String, sqlType: String)]
        let style: TimestampStyle
        // Beside readings in Parquet they write times as these do.
        let beside = loader == .parquet ? recipe.outputs.first { $0.format == .parquet }?.timestamps : nil
        name = String(file.path.prefix { $0 != "." })
        switch name {
        case "events":
            style = beside ?? recipe.eventTimestamps
            columns = [TableColumn<EventRow>].events(style, of: recipe).map { ($0.name, $0.sqlType) }
            summary = "One row per anomaly event: the ground truth as intervals."
        case "sensors":
            style = beside ?? recipe.eventTimestamps
            columns = [TableColumn<Sensor>].sensors(of: recipe).map { ($0.name, $0.sqlType) }
            summary = "One row per sensor."
        case "phenomena":
            style = beside ?? recipe.eventTimestamps
            columns = [TableColumn<Phenomenon>].phenomena(style, of: recipe).map { ($0.name, $0.sqlType) }
            summary = "One row per time that something looks like a fault and is none."
        case "delivery":
            style = recipe.deliveryTimestamps
            columns = [TableColumn<DeliveryFault>].delivery(style, sensorIDs: []).map { ($0.name, $0.sqlType) }
            summary = "One row per fault on the way."
        default: return nil
        }
        (self.loader, parts) = (loader, [Part(files: [file], split: nil)])
        fields = columns.map { PackagedField($0.name, sqlType: $0.sqlType, style, in: loader) }
    }
}

/// A column of a table.
struct PackagedField {
    /// What its values are.
    enum Kind {
        case integer
        case number
        case text
        /// `true` and `false`.
        case truth
        /// A time as a text; in Parquet, of a type of its own.
        case time(isUTC: Bool)
    }

    let name: String
    let kind: Kind
    let isOptional: Bool
    /// What it holds, with the unit; empty where its name says it.
    let summary: String
    /// Where a line of JSON has it.
    let place: (group: String?, key: String)

    /// A column of readings.
    fileprivate init(_ column: Column, _ style: TimestampStyle, in loader: PackagedTable.Loader, isFlat: Bool) {
        let stored = ParquetColumn(column, style)
        let isTruth = loader == .jsonLines && column == .anomalyFlag && !isFlat
        (name, isOptional) = (column.name, stored.isOptional)
        kind =
            switch (stored.meaning, stored.type) {
            case (.time, _): loader == .parquet || style.isText ? .time(isUTC: style == .utc) : .integer
            case (.text, _): .text
            case (.none, .double): .number
            case (.none, _): isTruth ? .truth : .integer
            }
        let unit = (column.isTime && loader != .parquet ? style.unit : column.unit).map { " (\($0))" } ?? ""
        summary = column.summary + unit
        place = isFlat ? (nil, column.name) : column.jsonPlace
    }

    /// A column of a small table.
    fileprivate init(_ name: String, sqlType: String, _ style: TimestampStyle, in loader: PackagedTable.Loader) {
        self.name = name
        let isTime = sqlType == "DATETIME"
        kind =
            switch sqlType.prefix(while: { $0 != " " }) {
            case "DATETIME": .time(isUTC: style == .utc)
            case "INTEGER", "BOOLEAN": .integer
            case "REAL": .number
            default: .text
            }
        // What is lost never arrives.
        isOptional = name == "arrival_time" || !(isTime || kind.isInteger)
        summary = ""
        place = (nil, name)
    }
}

extension PackagedField.Kind {
    var isInteger: Bool {
        if case .integer = self { true } else { false }
    }
}
