import DatasetFormats
import DatasetGen
import GRDB

/// What one transaction says of phenomena.
///
/// The table `phenomena` is column for column that of a batch run's SQLite file, but has no key: a recipe that counts from some
/// instant on may have a phenomenon of the same id as the one before it.
struct ToldPhenomena {
    private typealias Columns = [TableColumn<Phenomenon>]

    /// What tells a row that is there from others.
    ///
    /// Its start does not: of a phenomenon that was under way when its recipe began to count, the row begins at that instant.
    /// Older rows of the same id end there at the latest.
    private struct Mark: Hashable {
        var id: DatabaseValue
        var end: DatabaseValue
    }

    /// The statement that makes the table; nil where nothing is said.
    private var creation: String?
    /// Rows that are new.
    private var rows: [[TableValue]] = []
    /// Rows that are there and end earlier.
    private var ended: Set<Mark> = []
    private var end = TableValue.null

    /// Nothing.
    init() {}

    /// Phenomena of a plan.
    init(_ phenomena: [Phenomenon], of plan: GenerationPlan, _ timestamps: TimestampStyle) {
        guard !plan.recipe.phenomena.isEmpty else { return }
        let columns = Columns.phenomena(timestamps, of: plan.recipe, plan.fleet.sensors)
        creation = columns.createStatement(of: "phenomena", isAgain: true, hasKey: false)
        rows = phenomena.map { phenomenon in columns.map { $0.value(phenomenon) } }
    }

    /// What changes at an instant from which on another plan counts: `old` has been told and lasts beyond it, `new` is felt then and
    /// has begun before.
    init(
        from old: (phenomena: [Phenomenon], plan: GenerationPlan),
        to new: (phenomena: [Phenomenon], plan: GenerationPlan),
        at time: SimulatedTime,
        _ timestamps: TimestampStyle
    ) {
        let told = ToldPhenomena(old.phenomena, of: old.plan, timestamps)
        let wanted = ToldPhenomena(new.phenomena, of: new.plan, timestamps)
        let cut = new.phenomena.map { phenomenon in
            var phenomenon = phenomenon
            phenomenon.start = time
            return phenomenon
        }
        let begun = ToldPhenomena(cut, of: new.plan, timestamps)
        let (before, after) = (Set(told.rows.map(Self.text)), Set(wanted.rows.map(Self.text)))
        creation = told.creation ?? wanted.creation
        rows = zip(wanted.rows, begun.rows).filter { !before.contains(Self.text($0.0)) }.map(\.1)
        ended = Set(told.rows.filter { !after.contains(Self.text($0)) }.compactMap(Self.mark))
        end = timestamps.isText ? .time(time, timestamps) : .integer(timestamps.number(of: time.microseconds))
    }

    private static func text(_ row: [TableValue]) -> [String?] { row.map(\.comparedText) }

    /// The id is the first column, the end the last.
    private static func mark(_ row: [TableValue]) -> Mark? {
        guard let id = row.first, let end = row.last else { return nil }
        return Mark(id: id.stored, end: end.stored)
    }

    /// Says it.
    func write(in database: Database) throws {
        guard let creation else { return }
        try Self.dropKey(in: database, creation)
        try database.execute(sql: creation)
        try endEarlier(in: database)
        guard let first = rows.first else { return }
        let places = first.map { _ in "?" }.joined(separator: ",")
        let statement = try database.cachedStatement(sql: "INSERT INTO phenomena VALUES (\(places))")
        for row in rows { try statement.execute(arguments: StatementArguments(row.map(\.stored))) }
    }

    /// Lets rows that are there end earlier.
    ///
    /// - Complexity: one pass over the table, which has no index for what happens this rarely.
    private func endEarlier(in database: Database) throws {
        guard !ended.isEmpty else { return }
        let lasting = try Row.fetchCursor(
            database,
            sql: #"SELECT rowid, phenomenon_id, "end" FROM phenomena WHERE "end" > ?"#,
            arguments: [end.stored]
        )
        var found: [Int64] = []
        while let row = try lasting.next() {
            let (rowID, id, end): (Int64, DatabaseValue, DatabaseValue) = (row[0], row[1], row[2])
            if ended.contains(Mark(id: id, end: end)) { found.append(rowID) }
        }
        let statement = try database.cachedStatement(sql: #"UPDATE phenomena SET "end" = ? WHERE rowid = ?"#)
        for rowID in found { try statement.execute(arguments: [end.stored, rowID]) }
    }
}

extension ToldPhenomena {
    /// Makes the table of a batch run, behind whose readings a live run goes on, one without a key.
    private static func dropKey(in database: Database, _ creation: String) throws {
        let query = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'phenomena'"
        guard let found = try String.fetchOne(database, sql: query), found.contains("PRIMARY KEY") else { return }
        try database.execute(sql: "ALTER TABLE phenomena RENAME TO phenomena_with_key")
        try database.execute(sql: creation)
        try database.execute(
            sql: "INSERT INTO phenomena SELECT * FROM phenomena_with_key; DROP TABLE phenomena_with_key"
        )
    }
}

extension TableValue {
    fileprivate var stored: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .decimal(let number): number.double.databaseValue
        case .time(let time, let style): style.text(of: time).databaseValue
        case .text(let text): text.databaseValue
        }
    }
}
