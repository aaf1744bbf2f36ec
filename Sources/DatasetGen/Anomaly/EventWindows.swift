/// The events of sensors in windows of time; what a worker keeps of the last ones.
///
/// A schedule is asked for a window of ticks at once, not for the few of them that a block holds of each sensor.
struct EventWindows {
    /// Sensors that are kept; of a larger fleet the last ones used.
    private static let sensorLimit = 262_144

    private struct Window {
        var sensor = -1
        var index = Int64.min
        var events: [ScheduledEvent] = []
    }

    private let model: AnomalyModel
    private let length: Int64
    private var windows: [Window]
    /// Per ``Fleet/profiles`` entry: the schedule of the sensor last asked for, whose storage is reused; nil while in use.
    private var schedules: [SensorSchedule?]

    init(_ model: AnomalyModel, sensorCount: Int) {
        self.model = model
        schedules = model.makeSchedules()
        let count = max(1, min(sensorCount, Self.sensorLimit))
        windows = Array(repeating: Window(), count: count)
        // Wide fleets get short windows: the memory of both together stays below some tens of megabytes.
        length = count <= 4_096 ? 1_024 : 256
    }

    /// Appends the events of a sensor that have a tick in `ticks`.
    mutating func collect(of sensor: SensorCore, in ticks: Range<Int64>, into events: inout [ScheduledEvent]) {
        guard !ticks.isEmpty else { return }
        let first = ticks.lowerBound.flooredQuotient(by: length)
        let last = (ticks.upperBound - 1).flooredQuotient(by: length)
        let slot = sensor.index % windows.count
        for index in first...last {
            if windows[slot].index != index || windows[slot].sensor != sensor.index {
                fill(slot, sensor, index)
            }
            for event in windows[slot].events where event.ticks.overlaps(ticks) {
                // An event that began in an earlier window of this call has had its turn.
                if index == first || event.start >= index * length { events.append(event) }
            }
        }
    }

    private mutating func fill(_ slot: Int, _ sensor: SensorCore, _ index: Int64) {
        windows[slot].sensor = sensor.index
        windows[slot].index = index
        var events: [ScheduledEvent] = []
        swap(&events, &windows[slot].events)
        events.removeAll(keepingCapacity: true)
        let inRun = (index * length..<(index + 1) * length).clamped(to: model.run(of: sensor))
        if var schedule = schedules[sensor.profile].take() {
            model.forEachEvent(of: sensor, in: inRun, by: &schedule) { events.append($0) }
            schedules[sensor.profile] = consume schedule
        }
        swap(&events, &windows[slot].events)
    }
}
