import DatasetFormats
import DatasetGen
import GRDB

/// What one transaction says of phenomena.
///
/// The table `phenomena` is column for column that of a batch run's SQLite file, but has no key: a recipe that counts from some
/// instant on may have a phenomenon of the same id as the one before it.
struct ToldPhenomena {
    private typealias Columns = [TableColumn<Phenomenon>]

    /// The statement that makes the table; nil where nothing is said.
    private var creation: String?
    /// Rows that are new.
    private var rows: [[TableValue]] = []
    /// Rows that are there and end earlier.
    private var ended: [[TableValue]] = []
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
        ended = told.rows.filter { !after.contains(Self.text($0)) }
        end = timestamps.isText ? .time(time, timestamps) : .integer(timestamps.number(of: time.microseconds))
    }

    private static func text(_ row: [TableValue]) -> [String?] { row.map(\.comparedText) }

    /// Says it.
    func write(in database: Database) throws {
        guard let creation else { return }
        try Self.dropKey(in: database, creation)
        try database.execute(sql: creation)
        for row in ended {
            // Begin and end are the last columns.
            let values = [end, row[0]] + row.suffix(2)
            try database.execute(
                sql: #"UPDATE phenomena SET "end" = ? WHERE phenomenon_id = ? AND start = ? AND "end" = ?"#,
                arguments: StatementArguments(values.map(\.stored))
            )
        }
        guard let first = rows.first else { return }
        let places = first.map { _ in "?" }.joined(separator: ",")
        let statement = try database.cachedStatement(sql: "INSERT INTO phenomena VALUES (\(places))")
        for row in rows { try statement.execute(arguments: StatementArguments(row.map(\.stored))) }
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
