import DatasetGen

/// What a store has given back, added up: per sensor and window its rows, and each value of theirs.
///
/// The hash of a group is the sum of the hashes of its values and labels, so that the order in which a store gives them back,
/// and whether by row or by column, makes no difference.
struct StoredPoints {
    private(set) var sums: GroupSums
    let windows: ProofWindows
    /// What makes counts of a sensor's metric counts of the finest in the fleet, by sensor and metric.
    private let factors: [Int64]
    private let metricCount: Int
    private var (window, windowTimes) = (0, Int64.max..<Int64.max)

    init(_ plan: GenerationPlan, _ windows: ProofWindows, usesTwin: Bool) {
        self.windows = windows
        metricCount = plan.recipe.schema.metrics.count
        factors = plan.countFactors
        sums = GroupSums(
            groups: windows.sensorCount * windows.count,
            columns: metricCount * (usesTwin ? 2 : 1)
        )
    }

    /// The numbers of a column of readings: the metrics, and those of the healthy twin behind them.
    var columns: Range<Int> { 0..<sums.layout.columnCount }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - sensor: index in the fleet.
    ///   - time: in microseconds since 1970.
    mutating func addRow(_ sensor: Int, _ time: Int64) {
        let group = group(sensor, time)
        sums[group, GroupSums.Layout.rows] &+= 1
        sums[group, GroupSums.Layout.firstTime] = min(sums[group, GroupSums.Layout.firstTime], time)
        sums[group, GroupSums.Layout.lastTime] = max(sums[group, GroupSums.Layout.lastTime], time)
    }

    /// Adds the label of a row: an ``AnomalyType/rawValue``, or 0; what is none changes the hash alone.
    mutating func addLabel(_ label: UInt8, _ sensor: Int, _ time: Int64) {
        let group = group(sensor, time)
        if 1...5 ~= label { sums[group, GroupSums.Layout.labels + Int(label) - 1] &+= 1 }
        sums.add(PointHash.label(time, label), group)
    }

    /// Adds the time at which a row arrives, in microseconds since 1970.
    mutating func addArrival(_ arrival: Int64, _ sensor: Int, _ time: Int64) {
        let group = group(sensor, time)
        sums[group, GroupSums.Layout.delays] &+= arrival &- time
        sums.add(PointHash.arrival(time, arrival), group)
    }

    /// Adds a value that is not NULL: a count of the sensor's resolution, of a state its number.
    mutating func add(_ count: Int32, column: Int, _ sensor: Int, _ time: Int64) {
        let group = group(sensor, time)
        let metric = column < metricCount ? column : column - metricCount
        sums[group, sums.layout.values(column)] &+= 1
        sums[group, sums.layout.sum(column)] &+= Int64(count) &* factors[sensor &* metricCount &+ metric]
        sums.add(PointHash.value(time, column, count), group)
    }

    /// Adds a value that no reading of the sensor can be.
    mutating func addStranger(column: Int, _ sensor: Int, _ time: Int64) {
        let group = group(sensor, time)
        sums[group, sums.layout.values(column)] &+= 1
        sums[group, sums.layout.sum(column)] &+= 1_000_003
        sums.add(1, group)
    }

    /// Adds what another one has.
    mutating func add(_ other: StoredPoints) { sums.add(other.sums) }

    /// Replaces a number that the store itself has added up.
    mutating func set(_ value: Int64, _ place: Int, sensor: Int, window: Int) {
        sums[sensor * windows.count + window, place] = value
    }

    /// A number of a sensor in a window, by its place.
    func number(_ place: Int, sensor: Int, window: Int) -> Int64 { sums[sensor * windows.count + window, place] }

    @inline(__always)
    private mutating func group(_ sensor: Int, _ time: Int64) -> Int {
        if !windowTimes.contains(time) {
            window = windows.window(of: time)
            let times = windows.times(of: window)
            windowTimes = (times.from ?? .min)..<(times.before ?? .max)
        }
        return sensor &* windows.count &+ window
    }
}

/// Hashes of what rows hold, each for itself.
enum PointHash {
    /// Of a value: a count of the sensor's resolution.
    @inline(__always)
    static func value(_ time: Int64, _ column: Int, _ count: Int32) -> UInt64 {
        var hash = ByteHash()
        hash.add(UInt64(bitPattern: time))
        hash.add(UInt64(UInt32(bitPattern: count)) | UInt64(column &+ 1) << 32)
        return hash.finish(count: 16)
    }

    /// Of the time at which a row arrives.
    @inline(__always)
    static func arrival(_ time: Int64, _ arrival: Int64) -> UInt64 {
        var hash = ByteHash()
        hash.add(UInt64(bitPattern: time))
        hash.add(UInt64(bitPattern: arrival))
        return hash.finish(count: 24)
    }

    /// Of the label of a row.
    @inline(__always)
    static func label(_ time: Int64, _ label: UInt8) -> UInt64 {
        var hash = ByteHash()
        hash.add(UInt64(bitPattern: time))
        hash.add(UInt64(label))
        return hash.finish(count: 9)
    }
}

/// Hashes readings as ``StoredPoints`` hashes what comes back.
struct PointHasher: RowHasher {
    let metricCount: Int
    let usesTwin: Bool
    let usesLabels: Bool
    var usesArrivals = false

    func add(_ readings: ReadingSlice, _ windows: ProofWindows, to sums: inout GroupSums) {
        let (sensors, times, labels) = (readings.sensors.span, readings.times.span, readings.labels.span)
        for row in readings.rows {
            let label = Label(rawValue: labels[row])
            if label.isOmitted { continue }
            let (sensor, time) = (Int(sensors[row]), times[row])
            var hash: UInt64 = usesLabels ? PointHash.label(time, label.rawValue) : 0
            if usesArrivals {
                hash &+= PointHash.arrival(time, readings.arrival(of: row - readings.rows.lowerBound))
            }
            for metric in 0..<metricCount {
                let count = readings.metrics[metric][row]
                if count != ReadingBlock.null { hash &+= PointHash.value(time, metric, count) }
                guard usesTwin else { continue }
                let twin = readings.clean[metric][row]
                if twin != ReadingBlock.null { hash &+= PointHash.value(time, metricCount &+ metric, twin) }
            }
            sums.add(hash, windows.group(sensor, time))
        }
    }
}

extension GenerationPlan {
    /// What makes counts of a sensor's metric counts of the finest in the fleet, by sensor and metric.
    var countFactors: [Int64] {
        let metrics = recipe.schema.metrics.indices
        let decimals = metrics.map { finestDecimals($0) }
        return fleet.sensors.flatMap { sensor in
            metrics.map { Int64.powerOfTen(decimals[$0] - self.decimals(of: sensor, $0)) ?? 1 }
        }
    }

    /// Decimals of the finest readings of a metric in the fleet; none of a state.
    func finestDecimals(_ metric: Int) -> Int { fleet.sensors.map { decimals(of: $0, metric) }.max() ?? 0 }

    /// Where in the fleet the sensors of these names are.
    var sensorIndices: [String: Int] {
        Dictionary(uniqueKeysWithValues: fleet.sensors.map { ($0.id, $0.index) })
    }

    /// Decimals of a sensor's readings of a metric; none of a state.
    func decimals(of sensor: Sensor, _ metric: Int) -> Int {
        recipe.schema.metrics[metric].states.isEmpty ? recipe.schema.resolutions(of: sensor)[metric].decimals : 0
    }
}
