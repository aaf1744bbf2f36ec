/// Readings that somebody has, which a recipe takes for those of healthy sensors.
///
/// Times are given, not computed: a sensor's tick is the number of its reading in the recording, and the recording says when
/// that was. So gaps and uneven intervals stay as they are, and whatever counts readings (events, blocks, random access)
/// goes on as with any recipe. One that is cut, moved or repeated has a ``playback``: its ticks go on from round to round.
package final class Recording: Sendable {
    /// A column of numbers.
    package struct Metric: Hashable, Sendable {
        /// What the dataset calls it.
        package var name: String
        /// What the file calls it.
        package var column: String
        /// All readings are whole multiples of it.
        package var resolution: Resolution
        /// Whether readings may be without a value.
        package var hasGaps: Bool
        /// The least and the greatest reading, in counts of 10⁻ᵈ.
        package var range: ClosedRange<Int32>

        /// A column.
        package init(name: String, column: String, resolution: Resolution, hasGaps: Bool, range: ClosedRange<Int32>) {
            (self.name, self.column, self.resolution) = (name, column, resolution)
            (self.hasGaps, self.range) = (hasGaps, range)
        }
    }

    /// The readings of one sensor.
    package struct Sensor: Sendable {
        /// What it is called; nil where the file does not tell sensors apart.
        package var id: String?
        /// When it reports.
        package var grid: TickGrid
        /// Per metric, per reading of a round: counts of 10⁻ᵈ, or ``ReadingBlock/null``.
        package var columns: [[Int32]]
        /// Which of these readings is that of tick 0.
        var first: Int64 = 0

        /// A sensor's readings, in the order of time.
        package init(id: String?, grid: TickGrid, columns: [[Int32]]) {
            (self.id, self.grid, self.columns) = (id, grid, columns)
        }

        /// How many readings a round has.
        var roundCount: Int64 { Int64(columns[0].count) }
    }

    /// The file that it is in.
    package struct Source: Hashable, Sendable {
        /// Where the file is now.
        package var path: String
        /// The digest of its bytes, in hexadecimal.
        package var sha256: String
        /// Its size.
        package var bytes: Int64
        /// What it is.
        package var kind: Kind
        /// Bytes of its text, which is less or more where it is compressed; of one that is no text, its own.
        package var textBytes: Int64
        /// The name of the column of times.
        package var time: String
        /// The name of the column that tells sensors apart; nil for none.
        package var sensor: String?
        /// The table of a database; nil for other files.
        package var table: String?

        /// A file.
        package init(
            path: String,
            sha256: String,
            bytes: Int64,
            kind: Kind,
            textBytes: Int64,
            time: String,
            sensor: String?,
            table: String? = nil
        ) {
            (self.path, self.sha256, self.bytes, self.textBytes) = (path, sha256, bytes, textBytes)
            (self.kind, self.time, self.sensor, self.table) = (kind, time, sensor, table)
        }

        /// What a dataset calls its copy of the file.
        package var nameInDataset: String { kind.nameInDataset }
    }

    /// What a file of readings is.
    package enum Kind: String, CaseIterable, Sendable {
        case csv
        case gzipCSV = "csv.gz"
        case zstdCSV = "csv.zst"
        case parquet
        case sqlite = "db"

        /// What datasets call their copy of one.
        package var nameInDataset: String { "recording." + rawValue }

        /// The format, as manifests name it.
        package var format: String {
            switch self {
            case .csv, .gzipCSV, .zstdCSV: "csv"
            case .parquet: "parquet"
            case .sqlite: "sqlite"
            }
        }
    }

    /// What datasets call their copy of a recording.
    package static let namesInDatasets = Kind.allCases.map(\.nameInDataset)

    /// The file.
    package let source: Source
    /// The columns of numbers, in the order of the dataset's.
    package let metrics: [Metric]
    /// In the order of the dataset's.
    package let sensors: [Sensor]
    /// All instants at which any sensor reports.
    package let grid: TickGrid
    /// How it is played; nil as it is.
    package let playback: Playback?
    /// How many rows the file has.
    package let rowsInFile: Int64
    /// Whether all sensors have the readings of the one that was recorded.
    let isReplicated: Bool
    /// What whoever gives it should know: columns and sensors that are left out.
    package let notes: [String]

    /// Readings.
    ///
    /// - Parameters:
    ///   - source: the file that they are in.
    ///   - metrics: the columns.
    ///   - sensors: at least one, each with at least one reading.
    ///   - interval: what usually lies between two readings of a sensor.
    ///   - notes: what whoever gives it should know, one line each.
    package init(
        source: Source,
        metrics: [Metric],
        sensors: [Sensor],
        interval: TickInterval,
        notes: [String] = []
    ) {
        (self.source, self.metrics, self.sensors, self.notes) = (source, metrics, sensors, notes)
        (playback, rowsInFile, isReplicated) = (nil, sensors.reduce(0) { $0 + $1.roundCount }, false)
        let grids = sensors.map(\.grid)
        if let first = grids.first, grids.allSatisfy({ $0 == first }) {
            grid = first
        } else {
            var times = grids.flatMap { $0.given?.microseconds ?? [] }
            times.sort()
            var distinct: [Int64] = []
            for time in times where distinct.last != time { distinct.append(time) }
            grid = TickGrid(GivenTimes(distinct), interval: interval)
        }
    }

    /// The same file, played in a way.
    init(
        _ recording: Recording,
        metrics: [Metric],
        sensors: [Sensor],
        grid: TickGrid,
        playback: Playback,
        notes: [String]
    ) {
        (source, rowsInFile, isReplicated) = (recording.source, recording.rowsInFile, false)
        (self.metrics, self.sensors, self.grid, self.playback) = (metrics, sensors, grid, playback)
        self.notes = recording.notes + notes
    }

    /// The same readings, for so many sensors in place of one.
    private init(replicating recording: Recording, count: Int) {
        (source, rowsInFile, isReplicated) = (recording.source, recording.rowsInFile, true)
        (metrics, grid, playback) = (recording.metrics, recording.grid, recording.playback)
        notes = recording.notes
        sensors = Array(repeating: recording.sensors[0], count: count)
    }

    /// The recording of one sensor for so many that report the same; they share the memory.
    func replicated(_ count: Int) -> Recording { Recording(replicating: self, count: count) }

    /// The number of readings.
    package var readingCount: Int64 { sensors.reduce(0) { $0 + $1.grid.tickCount } }

    /// As many ticks as the sensor with most readings has, evenly spaced: for what counts readings and not time.
    var typicalGrid: TickGrid {
        let count = sensors.reduce(0) { max($0, $1.grid.tickCount) }
        let end = SimulatedTime(microseconds: grid.start.microseconds + count * grid.interval.wholeMicroseconds)
        return TickGrid(start: grid.start, end: end, interval: grid.interval)
    }

    /// A sensor's reading of a metric; that of the first or last one that there is where there is none at a tick.
    ///
    /// Where a run ends makes no difference to it, so that a longer run keeps the readings of a shorter one.
    func count(_ metric: Int, of sensor: Int, at tick: Int64) -> Int32 {
        sensors[sensor].columns[metric][place(ofTick: tick, sensor: sensor)]
    }

    /// The place of a sensor's tick among the readings of a round.
    func place(ofTick tick: Int64, sensor: Int) -> Int {
        let (place, count) = (tick + sensors[sensor].first, sensors[sensor].roundCount)
        return Int(isRepeated ? place.flooredRemainder(by: count) : min(max(place, 0), count - 1))
    }

    /// The ticks at which a sensor has readings, in a run of whatever length.
    func ticks(ofSensor sensor: Int) -> Range<Int64> {
        0..<(isRepeated ? .max : sensors[sensor].roundCount - sensors[sensor].first)
    }

    private var isRepeated: Bool { playback?.isRepeated == true }
}

extension Recording: Hashable {
    package static func == (one: Recording, other: Recording) -> Bool {
        one === other
            || ((one.source.sha256, one.source.time, one.source.sensor, one.source.table, one.metrics)
                == (other.source.sha256, other.source.time, other.source.sensor, other.source.table, other.metrics)
                && one.playback == other.playback && one.sensors.count == other.sensors.count)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(source.sha256) }
}
