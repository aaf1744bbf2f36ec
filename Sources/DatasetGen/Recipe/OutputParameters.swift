/// One file of readings to write.
public struct OutputParameters: Hashable, Sendable {
    /// Its format.
    public var format: OutputFormat
    /// How the file is compressed; ``Compression/none`` for SQLite.
    public var compression: Compression
    /// How times are written.
    public var timestamps: TimestampStyle
    /// SQLite: bytes per page, a power of two from 512 to 65,536.
    public var pageSize: Int
    /// SQLite: the columns of `sensor_data` that get an index.
    public var indexes: [Column] = []
    /// The columns of the readings, in their order; nil for those of the layout.
    public var columns: [Column]?
    /// What a row is of.
    public var layout = OutputLayout.wide
    /// What readings are as points, in a format of points.
    public var points = PointParameters()
    /// How a Parquet file is laid out.
    public var parquet = ParquetParameters()
    /// Microseconds of which a file has the readings, from whole multiples of them since 1970 on; nil for one file of all.
    public package(set) var timePerFile: Int64?
    /// Whether its rows are what arrives, as the recipe has a section `delivery`.
    public package(set) var isOfArrivals = false
    /// Whether each part of the splits has a file of its own; its rows do not tell which one it is then.
    public package(set) var isSplit = false
    /// Whether its rows tell which part of the splits they are in, as the recipe has a section `splits`.
    public package(set) var tellsSplits = false

    /// SQLite's own is 4 KiB; with pages of 16 KiB less is left over at their ends, and larger ones gain no more.
    static let defaultPageSize = 16_384

    /// Points of a recipe's readings as they are sent: as the recipe's file of points has them, if it has one.
    package static func points(of recipe: Recipe) -> OutputParameters {
        var parameters = OutputParameters(
            format: .influx,
            compression: .none,
            timestamps: recipe.hasClockDrift ? .epochMicroseconds : PointPrecision.coarsest(on: recipe.grid),
            pageSize: defaultPageSize
        )
        if let known = recipe.outputs.first(where: { $0.format == .influx }) { parameters.points = known.points }
        return parameters
    }

    /// Lines of JSON as they are unless stated otherwise, uncompressed.
    package static let lines = OutputParameters(
        format: .jsonl,
        compression: .none,
        timestamps: .naive,
        pageSize: defaultPageSize
    )

    /// A table of SQLite as it is unless stated otherwise.
    package static let table = OutputParameters(
        format: .sqlite,
        compression: .none,
        timestamps: .naive,
        pageSize: defaultPageSize
    )

    /// Rows of a recipe's readings as ClickHouse is sent them.
    ///
    /// - Parameters:
    ///   - columns: the columns of a row.
    ///   - isWhole: whether times are whole seconds, for servers that know no finer ones.
    /// - Returns: what a file of such rows would have.
    package static func clickHouse(columns: [Column], isWhole: Bool) -> OutputParameters {
        OutputParameters(
            format: .clickhouse,
            compression: .none,
            timestamps: isWhole ? .epochSeconds : .epochMicroseconds,
            pageSize: defaultPageSize,
            columns: columns
        )
    }

    /// Rows of chosen columns in files that other programs take, times with their zone.
    package static func landing(_ format: OutputFormat, columns: [Column]) -> OutputParameters {
        OutputParameters(
            format: format,
            compression: .none,
            timestamps: .utc,
            pageSize: defaultPageSize,
            columns: columns
        )
    }

    /// Has all parts of the splits in one, whose rows tell which one they are in.
    package mutating func joinParts() {
        if isSplit { (isSplit, tellsSplits) = (false, true) }
    }

    /// Blocks of a row group.
    package var blocksPerGroup: Int64 { Int64(parquet.rowGroup) / GenerationPlan.rowsPerBlock }

    /// Whether its rows are those of every dataset.
    package var isPlain: Bool { columns == nil && layout == .wide && !format.isPoints && !isOfArrivals && !tellsSplits }
}

/// How a Parquet file is laid out.
public struct ParquetParameters: Hashable, Sendable {
    /// Which readers it is for.
    public enum Compatibility: String, CaseIterable, Sendable {
        /// All that know version 2.6 of the format.
        case v2
        /// Old ones, which know dictionaries and plain values only.
        case v1
    }

    /// Readings of a row group, a multiple of ``GenerationPlan/rowsPerBlock``.
    public var rowGroup = defaultRowGroup
    /// Which readers it is for.
    public var compatibility = Compatibility.v2

    /// Enough for several threads to share a file, and for dictionaries to be a small part of it.
    static let defaultRowGroup = 131_072
    /// What is held in memory for each worker.
    static let rowGroups = 16_384...4_194_304

    /// A file as it is unless stated otherwise.
    init() {}
}

/// What readings are as points of a time series database.
public struct PointParameters: Hashable, Sendable {
    /// What the points are of.
    public var measurement = defaultMeasurement
    /// The columns that are tags, ``Column/sensorID`` among them, in the order of their names' bytes.
    public var tags = defaultTags
    /// Whether fields tell of anomalies.
    public var labels = PointLabels.fields
    /// The database that the head of the file names; nil for no head.
    public var database: String?
    /// Whether a field tells when a point arrives, in microseconds since 1970.
    package var tellsArrival = false

    /// As the table of SQLite is called.
    static let defaultMeasurement = "sensor_data"
    /// What one groups by.
    static let defaultTags: [Column] = [.firmwareVersion, .location, .manufacturer, .model, .sensorID]

    /// Points as they are unless stated otherwise.
    init() {}
}

/// Where points tell of anomalies: never in tags, as an anomaly would then be in another series than the readings around it.
public enum PointLabels: String, CaseIterable, Sendable {
    /// In the fields `anomaly_flag` and `anomaly_type`.
    case fields
    /// Nowhere.
    case none
}

/// What a row of readings is of.
public enum OutputLayout: String, CaseIterable, Sendable {
    /// A reading, with a column for each metric.
    case wide
    /// A metric of a reading.
    case narrow
}

/// How a text file, or the pages of a file of columns, are compressed.
public enum Compression: Hashable, Sendable {
    /// Not at all.
    case none
    /// gzip at one of ``gzipLevels``.
    case gzip(level: Int)
    /// Zstandard at one of ``zstdLevels``.
    case zstd(level: Int)
    /// Snappy, which has no levels: pages alone.
    case snappy

    /// Its name in recipes and manifests; nil for none.
    package var name: String? {
        switch self {
        case .none: nil
        case .gzip: "gzip"
        case .zstd: "zstd"
        case .snappy: "snappy"
        }
    }

    /// From the fastest to the smallest.
    public static let gzipLevels = 1...9
    /// From the fastest to the smallest; libzstd's levels above take gigabytes of memory.
    public static let zstdLevels = 1...19
    /// Of either: the next levels are slower and hardly smaller, or even larger.
    static let defaultLevel = 1
}

/// How times are written.
public enum TimestampStyle: String, CaseIterable, Sendable {
    /// `2025-01-18T10:30:45.123456`, UTC without saying so.
    case naive
    /// `2025-01-18T10:30:45.123456Z`.
    case utc
    /// Whole seconds since 1970.
    case epochSeconds = "epoch_s"
    /// Whole milliseconds since 1970.
    case epochMilliseconds = "epoch_ms"
    /// Microseconds since 1970.
    case epochMicroseconds = "epoch_us"
    /// Nanoseconds since 1970.
    case epochNanoseconds = "epoch_ns"

    /// Microseconds in one unit; 1 where finer.
    public var microsecondsPerUnit: Int64 {
        switch self {
        case .naive, .utc, .epochMicroseconds, .epochNanoseconds: 1
        case .epochMilliseconds: 1_000
        case .epochSeconds: 1_000_000
        }
    }
}
