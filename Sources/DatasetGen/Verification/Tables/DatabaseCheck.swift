/// What can be said of a dataset's SQLite file without looking at single readings.
struct DatabaseCheck {
    /// What is wrong; nothing can be read further where the file itself is damaged.
    private(set) var problems = Problems()
    /// Whether the file is a sound database with the columns that it should have.
    private(set) var isReadable = false
    private let folder: String
    private let fileName: String
    private let plan: GenerationPlan
    private let database: SQLiteDatabase

    /// - Throws: ``FileError`` when the file cannot be opened.
    init(folder: String, fileName: String, plan: GenerationPlan) throws(FileError) {
        self.folder = folder
        self.fileName = fileName
        self.plan = plan
        database = try SQLiteDatabase(path: folder + "/" + fileName, creating: false)
    }

    /// What SQLite itself finds wrong with a file.
    static func integrityProblems(ofFile path: String) -> Problems {
        var problems = Problems()
        do throws(FileError) {
            let database = try SQLiteDatabase(path: path, creating: false)
            for line in try database.column("PRAGMA integrity_check(10)") where line != "ok" {
                problems.add("integrity_check: \(Excerpt.value(line))")
            }
        } catch { problems.add(error.reason) }
        return problems
    }

    /// Schema, small tables and the range of the numbers; a sound file is given.
    mutating func check() {
        do throws(FileError) {
            try checkSchema()
            guard problems.count == 0 else { return }
            isReadable = true
            try checkNumbers()
            try checkSensors()
            try checkDataset()
        } catch {
            problems.add(error.reason)
            isReadable = false
        }
    }

    private mutating func checkSchema() throws(FileError) {
        let readings = Column.columns(includingTwin: plan.recipe.includesCleanTwin)
        let timestamps = plan.recipe.timestamps(of: .sqlite) ?? .naive
        try checkColumns(of: "sensor_data", readings.map { "\($0.name) \($0.sqlType(timestamps))" })
        let events = [TableColumn<EventRow>].events(timestamps)
        try checkColumns(of: "events", events.map { "\($0.name) \($0.sqlType)" })
        try checkColumns(of: "sensors", [TableColumn<Sensor>].sensors.map { "\($0.name) \($0.sqlType)" })
        try checkColumns(of: "dataset", ["key TEXT PRIMARY KEY", "value TEXT"])
        let indexes = plan.recipe.outputs.first { $0.format == .sqlite }?.indexes ?? []
        let expected = indexes.map { "sensor_data_\($0.name)" }.sorted()
        let found = try database.column("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
            .compactMap { $0 }.sorted()
        if found != expected {
            problems.add("its indexes are \(Self.list(found)), not \(Self.list(expected))")
        }
        for name in try database.column("SELECT name FROM sqlite_schema WHERE type IN ('view', 'trigger')") {
            problems.add("it has a view or a trigger, \(Excerpt.value(name))")
        }
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : Excerpt.text(names.joined(separator: ", "))
    }

    /// A table has just these columns; a declaration is a name, a type, and constraints that are not compared.
    private mutating func checkColumns(of table: String, _ declarations: [String]) throws(FileError) {
        let sql = "SELECT rtrim(name || ' ' || type) FROM pragma_table_info('\(table)')"
        let found = try database.column(sql).map { $0 ?? "" }
        let expected = declarations.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
        guard found != expected else { return }
        guard !found.isEmpty else { return problems.add("it has no table \(table)") }
        let index = zip(found, expected).enumerated().first { $1.0 != $1.1 }?.offset ?? min(found.count, expected.count)
        guard index < expected.count else {
            return problems.add("\(table) has a column too many: \(Excerpt.text(found[index]))")
        }
        let stored = index < found.count ? Excerpt.text(found[index]) : "missing"
        problems.add("column \(index + 1) of \(table) is \(stored), not \(expected[index])")
    }

    /// No reading has a number that the dataset has not.
    private mutating func checkNumbers() throws(FileError) {
        let count = plan.rows.count
        for condition in ["id < 1 ORDER BY id", "id > \(count) ORDER BY id DESC"] {
            for id in try database.column("SELECT id FROM sensor_data WHERE \(condition) LIMIT 1") {
                problems.add("sensor_data has a reading \(Excerpt.value(id)), but there are \(count)")
            }
        }
    }

    private mutating func checkSensors() throws(FileError) {
        let columns = [TableColumn<Sensor>].sensors
        let statement = try database.prepare("SELECT * FROM sensors ORDER BY rowid")
        var count = 0
        while try statement.step() {
            defer { count += 1 }
            guard count < plan.fleet.sensors.count else { continue }
            let sensor = plan.fleet.sensors[count]
            for (index, column) in columns.enumerated() where !statement.holds(Int32(index), column.value(sensor)) {
                problems.add(
                    "row \(count + 1) of sensors (\(Excerpt.text(sensor.id))): \(column.name) is "
                        + "\(Excerpt.value(statement.text(Int32(index)))), which is wrong"
                )
                break
            }
        }
        if count != plan.fleet.sensors.count {
            problems.add("sensors has \(count) rows, not \(plan.fleet.sensors.count)")
        }
    }

    /// The table `dataset` says the same as `manifest.json` and `recipe.yaml`.
    private mutating func checkDataset() throws(FileError) {
        let manifest = JSONValue(parsing: try FileReader.contents(of: folder + "/manifest.json"))
        let recipe = String(decoding: try FileReader.contents(of: folder + "/recipe.yaml"), as: UTF8.self)
        let expected = plan.databaseEntries(
            contentSHA256: manifest?["content_sha256"]?.stringValue ?? "",
            recipeText: recipe,
            generatorVersion: manifest?["generator"]?["version"]?.stringValue ?? ""
        )
        let statement = try database.prepare("SELECT key, value FROM dataset ORDER BY rowid")
        var index = 0
        while try statement.step() {
            let (key, value) = (statement.text(0), statement.text(1))
            if index >= expected.count || key != expected[index].key {
                problems.add("dataset has a key \(Excerpt.value(key)) that should not be there, or not here")
            } else if value != expected[index].value {
                problems.add("\(expected[index].key) in dataset is \(Excerpt.value(value)), which is wrong")
            }
            index += 1
        }
        if index < expected.count { problems.add("dataset lacks the key \(expected[index].key)") }
    }
}

extension SQLiteStatement {
    /// Whether a column of the current row is a value as ``SQLiteDatasetFile`` stores it.
    fileprivate func holds(_ column: Int32, _ value: TableValue) -> Bool {
        switch value {
        case .null: type(column) == .null
        case .integer(let number): type(column) == .integer && integer(column) == number
        case .decimal(let number): type(column) == .real && double(column) == number.double
        case .time(let time, let style): type(column) == .text && text(column) == style.text(of: time)
        case .text(let text): holds(column, Array(text.utf8).span)
        }
    }
}
