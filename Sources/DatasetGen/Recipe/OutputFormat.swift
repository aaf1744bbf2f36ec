/// A format of readings, as recipes speak of it; what writes and reads it asks for its name.
public struct OutputFormat: RawRepresentable, CaseIterable, Sendable {
    /// What a recipe may say of an output.
    struct Options: OptionSet {
        let rawValue: Int

        /// `compression` and `level`.
        static let compression = Options(rawValue: 1)
        /// `page_size` and `indexes`.
        static let pages = Options(rawValue: 2)
        /// `timestamps`.
        static let timestamps = Options(rawValue: 4)
        /// `columns`.
        static let columns = Options(rawValue: 8)
        /// `layout`.
        static let layout = Options(rawValue: 32)
        /// `time`.
        static let time = Options(rawValue: 64)
        /// `measurement`, `tags` and `labels`.
        static let points = Options(rawValue: 16)
        /// `precision` and `database`.
        static let lineProtocol = Options(rawValue: 128)
        /// `time_per_file`.
        static let files = Options(rawValue: 256)
        /// `row_group` and `compatibility`.
        static let rowGroups = Options(rawValue: 512)
    }

    /// Its name in recipes, options and manifests.
    public let rawValue: String
    /// Its name in a sentence or a table: `JSON Lines`.
    public let title: String
    /// What a recipe may say of it.
    let options: Options

    private init(name: String, title: String, options: Options) {
        (rawValue, self.title, self.options) = (name, title, options)
    }

    /// `readings.sqlite`.
    public static let sqlite = OutputFormat(
        name: "sqlite",
        title: "SQLite",
        options: [.pages, .timestamps, .columns, .layout]
    )
    /// `readings.csv`, `readings.csv.gz` or `readings.csv.zst`.
    public static let csv = OutputFormat(
        name: "csv",
        title: "CSV",
        options: [.compression, .timestamps, .columns, .layout]
    )
    /// `readings.jsonl`, `readings.jsonl.gz` or `readings.jsonl.zst`.
    public static let jsonl = OutputFormat(
        name: "jsonl",
        title: "JSON Lines",
        options: [.compression, .timestamps, .columns, .layout]
    )
    /// `readings.lp`, `readings.lp.gz` or `readings.lp.zst`: the line protocol of InfluxDB and its kin.
    public static let influx = OutputFormat(
        name: "influx",
        title: "line protocol",
        options: [.compression, .points, .lineProtocol]
    )
    /// `readings.native`, `readings.native.gz` or `readings.native.zst`, and `clickhouse.sql`.
    public static let clickhouse = OutputFormat(
        name: "clickhouse",
        title: "ClickHouse Native",
        options: [.compression, .columns, .time]
    )
    /// `readings.pgcopy`, `readings.pgcopy.gz` or `readings.pgcopy.zst`, `postgresql.sql` and `postgresql.sh`.
    public static let pgcopy = OutputFormat(
        name: "pgcopy",
        title: "PostgreSQL COPY",
        options: [.compression, .columns]
    )

    /// `readings.om`, `readings.om.gz` or `readings.om.zst`, or `readings-001.om` and so on, and `openmetrics.sh`: for
    /// Prometheus.
    public static let openmetrics = OutputFormat(
        name: "openmetrics",
        title: "OpenMetrics",
        options: [.compression, .points, .files]
    )

    /// `readings.parquet`.
    public static let parquet = OutputFormat(
        name: "parquet",
        title: "Parquet",
        options: [.compression, .rowGroups, .timestamps, .columns]
    )

    /// `readings.arrow`: Arrow's IPC format.
    public static let arrow = OutputFormat(name: "arrow", title: "Arrow", options: [.timestamps, .columns])

    /// The formats that there are, by the order in which datasets list their files.
    public static let allCases: [OutputFormat] = [
        sqlite, csv, jsonl, influx, clickhouse, pgcopy, openmetrics, parquet, arrow,
    ]

    /// The formats of a dataset whose recipe names none: what every tool reads.
    public static let usual: [OutputFormat] = [sqlite, csv, jsonl]

    /// The names of all formats, for a sentence: `sqlite, csv, jsonl, influx, clickhouse, pgcopy, openmetrics,
    /// parquet, arrow`.
    public static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The format of a name; nil if there is none.
    public init?(rawValue: String) {
        guard let format = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = format
    }

    /// Whether each of its rows has a number, asked for or not.
    var hasRowKey: Bool { options.contains(.pages) }

    /// Whether its files are text, or run on like text, and may be compressed.
    public var isText: Bool { options.contains(.compression) && !isColumnar }

    /// Whether its file holds columns whose pages are compressed one by one.
    package var isColumnar: Bool { options.contains(.rowGroups) }

    /// Whether each part of the splits may have a file of its own.
    package var hasPartFiles: Bool { self == .csv || self == .jsonl || isColumnar }

    /// Whether its times have a type of their own, in microseconds.
    var hasInstants: Bool { isColumnar || self == .arrow }

    /// Whether it is read as line protocol is.
    var isLineProtocol: Bool { options.contains(.lineProtocol) }

    /// Whether its rows are points: a measurement, tags, fields and a time.
    package var isPoints: Bool { options.contains(.points) }

    /// Whether its rows tell their numbers and `status_code` unless columns are chosen.
    package var tellsNumbers: Bool { self != .jsonl && !isPoints }

    /// The formats that have an option, for a sentence: `csv, jsonl and influx`.
    static func owners(of option: Options) -> String {
        let names = allCases.filter { $0.options.contains(option) }.map(\.rawValue)
        guard names.count > 1, let last = names.last else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension OutputFormat: Hashable {
    /// Whether they have the same name, which no two formats have.
    public static func == (one: OutputFormat, other: OutputFormat) -> Bool { one.rawValue == other.rawValue }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
