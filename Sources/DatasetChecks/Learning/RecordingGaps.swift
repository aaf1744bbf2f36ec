import DatasetGen

/// What is missing in a recording: readings that should have come by the usual interval, and rows without a value.
struct RecordingGaps {
    /// Readings that did not come.
    private(set) var missing: Int64 = 0
    /// Rows without any value.
    private(set) var empty: Int64 = 0
    /// Stretches of either.
    private(set) var stretches: Int64 = 0
    /// Readings that there are.
    let readings: Int64

    init(_ recording: Recording) {
        readings = recording.readingCount
        let interval = recording.grid.interval.seconds * 1e6
        for sensor in recording.sensors {
            var last: Int64?
            var isEmpty = false
            for tick in 0..<Int(sensor.grid.tickCount) {
                let time = sensor.grid.time(ofTick: Int64(tick)).microseconds
                if let last {
                    let absent = Int64((Double(time - last) / interval).rounded()) - 1
                    if absent > 0 { (missing, stretches) = (missing + absent, stretches + 1) }
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
    }

    /// The part of all readings that is missing, or has no value.
    var share: Double { Double(missing + empty) / Double(max(1, readings + missing)) }

    /// How many readings a stretch has on average.
    var meanLength: Double { Double(missing + empty) / Double(max(1, stretches)) }
}
