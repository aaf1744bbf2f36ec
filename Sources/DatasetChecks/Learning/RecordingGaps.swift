import DatasetGen

/// What is missing in a recording: readings that should have come by the usual interval, and rows without a value.
///
/// A pause that comes once or twice and is a good part of what there is has no share and no usual length: it is told of, and
/// counts for nothing else.
struct RecordingGaps {
    /// Readings that did not come, pauses aside.
    private(set) var missing: Int64 = 0
    /// Rows without any value.
    private(set) var empty: Int64 = 0
    /// Stretches of either.
    private(set) var stretches: Int64 = 0
    /// Readings that there are.
    let readings: Int64
    /// Pauses: when they begin, how many microseconds they last at most and how many sensors have them.
    private(set) var pauses: [(start: SimulatedTime, length: Int64, sensors: Int)] = []
    private let sensorCount: Int

    /// A pause is as long as so many of the readings of a sensor, and so many times the interval.
    private static let (leastPart, leastLength) = (0.05, Int64(8))
    /// What comes more often is an event.
    private static let mostPauses = 2

    private struct Gap {
        let start: Int64
        let absent: Int64
        let isLong: Bool
    }

    init(_ recording: Recording) {
        readings = recording.readingCount
        sensorCount = recording.sensors.count
        let interval = recording.grid.interval.seconds * 1e6
        var gaps: [Gap] = []
        for sensor in recording.sensors {
            var last: Int64?
            var isEmpty = false
            let count = sensor.grid.tickCount
            let long = max(Self.leastLength, Int64(Self.leastPart * Double(count)))
            for tick in 0..<Int(count) {
                let time = sensor.grid.time(ofTick: Int64(tick)).microseconds
                if let last {
                    let absent = Int64((Double(time - last) / interval).rounded()) - 1
                    if absent > 0 { gaps.append(Gap(start: last, absent: absent, isLong: absent >= long)) }
                }
                last = time
                let isNone = sensor.columns.allSatisfy { $0[tick] == ReadingBlock.null }
                if isNone {
                    empty += 1
                    stretches += isEmpty ? 0 : 1
                }
                isEmpty = isNone
            }
        }
        // Sensors that fall silent together have one pause.
        for gap in gaps.filter(\.isLong).sorted(by: { ($0.start, $0.absent) < ($1.start, $1.absent) }) {
            let length = Int64(Double(gap.absent) * interval)
            if let last = pauses.last, Double(gap.start - last.start.microseconds) <= 2 * interval {
                pauses[pauses.count - 1].length = max(last.length, length)
                pauses[pauses.count - 1].sensors += 1
            } else {
                pauses.append((SimulatedTime(microseconds: gap.start), length, 1))
            }
        }
        if pauses.count > Self.mostPauses { pauses = [] }
        for gap in gaps where pauses.isEmpty || !gap.isLong {
            missing += gap.absent
            stretches += 1
        }
    }

    /// The part of all readings that is missing, or has no value.
    var share: Double { Double(missing + empty) / Double(max(1, readings + missing)) }

    /// How many readings a stretch has on average.
    var meanLength: Double { Double(missing + empty) / Double(max(1, stretches)) }

    /// Microseconds in which no sensor reports.
    var commonPause: Int64 { pauses.reduce(0) { $0 + ($1.sensors == sensorCount ? $1.length : 0) } }

    /// A line on each pause.
    var pauseLines: [String] {
        pauses.map { pause in
            let length = DurationText.text(ofMicroseconds: pause.length.inRoundUnits)
            let all = sensorCount.grouped(of: "sensor")
            let who = pause.sensors == sensorCount ? all : "\(pause.sensors.grouped) of \(all)"
            return
                "Not learnt: a pause of \(length) in which \(who) did not report, from \(pause.start.zonedText) on: it "
                + "comes too seldom to be an event."
        }
    }

    /// What is told where no missing readings are learnt.
    var unlearntLine: String {
        guard missing + empty > 0 else { return pauses.isEmpty ? "No reading is missing." : "No other is missing." }
        return "Not learnt: \(missing.grouped) readings did not come, \(empty.grouped) rows have no value."
    }
}
