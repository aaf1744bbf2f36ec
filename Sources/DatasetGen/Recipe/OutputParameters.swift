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

    /// SQLite's own is 4 KiB; with pages of 16 KiB less is left over at their ends, and larger ones gain no more.
    static let defaultPageSize = 16_384
}

/// A format of readings.
public enum OutputFormat: String, CaseIterable, Sendable {
    /// `readings.sqlite`.
    case sqlite
    /// `readings.csv` or `readings.csv.gz`.
    case csv
    /// `readings.jsonl` or `readings.jsonl.gz`.
    case jsonl
}

/// How a text file is compressed.
public enum Compression: Hashable, Sendable {
    /// Not at all.
    case none
    /// gzip at a level from 1, the fastest, to 9, the smallest.
    case gzip(level: Int)
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
