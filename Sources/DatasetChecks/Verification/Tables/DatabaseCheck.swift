import DatasetFiles
import DatasetFormats
import DatasetGen

/// What can be said of a dataset's SQLite file, or of that of a shard, without looking at single readings.
struct DatabaseCheck {
    /// What is wrong; nothing can be read further where the file itself is damaged.
    private(set) var problems = Problems()
    /// Whether the file is a sound database with the schema that it should have.
    private(set) var isReadable = false
    private let stored: StoredDatabase
    private let part: StoredDatabase.Part
    private let plan: GenerationPlan
    private let manifest: ManifestCheck
    private let recipe: [UInt8]

    /// A check of a SQLite file of a dataset with this manifest and this `recipe.yaml`.
    init(_ stored: StoredDatabase, _ part: StoredDatabase.Part, manifest: ManifestCheck, recipe: [UInt8]) {
        (self.stored, self.part) = (stored, part)
        plan = stored.plan
        self.manifest = manifest
        self.recipe = recipe
    }

    /// Header, schema, integrity, small tables and the range of the numbers.
    ///
    /// - Throws: ``FileError`` when there is no memory to look at them.
    mutating func check() throws(FileError) {
        do throws(FileError) {
            let expected = try ExpectedSchema(stored)
            let header = try DatabaseHeader(part.file).problems(comparedWith: expected.header)
            let database = try SQLiteDatabase(reading: part.file)
            try checkSchema(of: database, expected)
            // Whether the rows can be read does not depend on the settings of the header.
            let isAsExpected = problems.count == 0
            problems.add(header)
            // Only now, as SQLite evaluates what a schema says of the rows.
            guard isAsExpected else { return }
            let damage = try database.integrityProblems()
            problems.add(damage)
            guard damage.count == 0 else { return }
            isReadable = true
            try checkNumbers(database)
            try checkSequence(database)
            try checkSensors(database)
            try checkPhenomena(database)
            try checkDataset(database)
        } catch {
            // What could not be looked at is not wrong.
            if error.isOutOfMemory { throw error }
            problems.add(error.reason)
            isReadable = false
        }
    }

    private mutating func checkSchema(of database: SQLiteDatabase, _ expected: ExpectedSchema) throws(FileError) {
        let timestamps = stored.timestamps
        let readings = stored.output.columns.map { "\($0.name) \($0.sqlType(timestamps))" }
        try checkColumns(database, of: "sensor_data", readings)
        let events = [TableColumn<EventRow>].events(timestamps, of: plan.recipe)
        try checkColumns(database, of: "events", events.map { "\($0.name) \($0.sqlType)" })
        let sensors = [TableColumn<Sensor>].sensors(of: plan.recipe)
        try checkColumns(database, of: "sensors", sensors.map { "\($0.name) \($0.sqlType)" })
        if !plan.recipe.phenomena.isEmpty {
            let phenomena = [TableColumn<Phenomenon>].phenomena(timestamps, of: plan.recipe)
            try checkColumns(database, of: "phenomena", phenomena.map { "\($0.name) \($0.sqlType)" })
        }
        try checkColumns(database, of: "dataset", ["key TEXT PRIMARY KEY", "value TEXT"])
        let found = try ExpectedSchema.entries(of: database)
        let indexes = [found, expected.entries]
            .map { $0.filter { $0.type == "index" && $0.sql != nil }.map(\.name).sorted() }
        if indexes[0] != indexes[1] {
            problems.add("its indexes are \(Self.list(indexes[0])), not \(Self.list(indexes[1]))")
        }
        for entry in found where entry.type == "view" || entry.type == "trigger" {
            problems.add("it has a view or a trigger, \(Excerpt.text(entry.name))")
        }
        // What the lines before have no words for: what any reader goes by is the text of the schema.
        if problems.count == 0, let difference = expected.difference(of: found) { problems.add(difference) }
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : Excerpt.text(names.joined(separator: ", "))
    }

    /// A table has just these columns; a declaration is a name, a type, and constraints that are not compared.
    private mutating func checkColumns(
        _ database: SQLiteDatabase,
        of table: String,
        _ declarations: [String]
    ) throws(FileError) {
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
    private mutating func checkNumbers(_ database: SQLiteDatabase) throws(FileError) {
        let rowsOfReading = Int64(stored.output.rowsOfReading.count)
        let (first, last) = (
            part.scope.positions.lowerBound * rowsOfReading, part.scope.positions.upperBound * rowsOfReading
        )
        let there = first == 0 ? "there are \(last)" : "they go from \(first + 1) to \(last)"
        for condition in ["id <= \(first) ORDER BY id", "id > \(last) ORDER BY id DESC"] {
            for id in try database.column("SELECT id FROM sensor_data WHERE \(condition) LIMIT 1") {
                problems.add("sensor_data has a reading \(Excerpt.value(id)), but \(there)")
            }
        }
    }

    /// What SQLite would number the next row by.
    private mutating func checkSequence(_ database: SQLiteDatabase) throws(FileError) {
        let last = try database.prepare("SELECT max(id) FROM sensor_data")
        let expected = try last.step() && last.type(0) == .integer ? last.integer(0) : nil
        let statement = try database.prepare("SELECT name, seq, rowid FROM sqlite_sequence ORDER BY rowid")
        var count = 0
        while try statement.step() {
            count += 1
            let isRight =
                expected.map {
                    statement.holds(0, "sensor_data") && statement.holds(1, $0) && statement.holds(2, Int64(1))
                }
            guard count > 1 || isRight != true else { continue }
            problems.add(
                "row \(count) of sqlite_sequence is \(Excerpt.value(statement.text(0))) "
                    + "\(Excerpt.value(statement.text(1))), which is wrong"
            )
        }
        if count == 0, let expected { problems.add("sqlite_sequence is empty; sensor_data ends with \(expected)") }
    }

    private mutating func checkSensors(_ database: SQLiteDatabase) throws(FileError) {
        try check(database, "sensors", [TableColumn<Sensor>].sensors(of: plan.recipe), plan.fleet.sensors) { $0.id }
    }

    private mutating func checkPhenomena(_ database: SQLiteDatabase) throws(FileError) {
        guard !plan.recipe.phenomena.isEmpty else { return }
        let columns = [TableColumn<Phenomenon>].phenomena(stored.timestamps, of: plan.recipe, plan.fleet.sensors)
        try check(database, "phenomena", columns, plan.phenomena) { $0.id }
    }

    /// A table has just these rows.
    private mutating func check<Rows: Sequence>(
        _ database: SQLiteDatabase,
        _ table: String,
        _ columns: [TableColumn<Rows.Element>],
        _ rows: Rows,
        id: (Rows.Element) -> String
    ) throws(FileError) {
        let statement = try database.prepare("SELECT *, rowid FROM \(table) ORDER BY rowid")
        var (expected, count, stored) = (rows.makeIterator(), 0, 0)
        while try statement.step() {
            stored += 1
            guard let item = expected.next() else { continue }
            count += 1
            let wrong = columns.indices.first { !statement.holds(Int32($0), columns[$0].value(item)) }
            let isNumbered = statement.integer(Int32(columns.count)) == Int64(count)
            guard wrong != nil || !isNumbered else { continue }
            let row = "row \(count) of \(table) (\(Excerpt.text(id(item))))"
            if let wrong {
                let value = Excerpt.value(statement.shown(Int32(wrong)))
                problems.add("\(row): \(columns[wrong].name) is \(value), which is wrong")
            } else {
                problems.add("\(row): rowid is \(statement.integer(Int32(columns.count)))")
            }
        }
        while expected.next() != nil { count += 1 }
        if stored != count { problems.add("\(table) has \(stored.grouped(of: "row")), not \(count.grouped)") }
    }

    /// The table `dataset` says the same as `manifest.json` and `recipe.yaml`.
    private mutating func checkDataset(_ database: SQLiteDatabase) throws(FileError) {
        let expected = plan.databaseEntries(
            of: part.scope.shard.map { .shard($0) } ?? .dataset(sha256: manifest.contentSHA256 ?? ""),
            recipeText: String(decoding: recipe, as: UTF8.self),
            generatorVersion: manifest.version ?? ""
        )
        let statement = try database.prepare("SELECT key, value, rowid FROM dataset ORDER BY rowid")
        var index = 0
        while try statement.step() {
            if index >= expected.count || !statement.holds(0, expected[index].key)
                || !statement.holds(2, Int64(index) + 1)
            {
                problems.add(
                    "dataset has a key \(Excerpt.value(statement.shown(0))) that should not be there, or not here"
                )
            } else if !statement.holds(1, expected[index].value) {
                let value = Excerpt.value(statement.shown(1))
                problems.add("\(expected[index].key) in dataset is \(value), which is wrong")
            }
            index += 1
        }
        if index < expected.count { problems.add("dataset lacks the key \(expected[index].key)") }
    }
}
