package import DatasetGen

/// When an event happened, to whom, and what was drawn for it.
package struct PlacedEvent: Hashable, Sendable {
    /// The sensor's index in the fleet.
    package var sensor: Int
    package var type: AnomalyType
    /// The ticks that it lasts.
    package var ticks: Range<Int64>
    /// Which difficulty, as a number of any kind; nil without one.
    package var difficulty: Int?
    /// Which mode of missing data, as a number of any kind; nil without one.
    package var mode: Int?

    package init(sensor: Int, type: AnomalyType, ticks: Range<Int64>, difficulty: Int? = nil, mode: Int? = nil) {
        self.sensor = sensor
        self.type = type
        self.ticks = ticks
        self.difficulty = difficulty
        self.mode = mode
    }
}

extension StoredEvent {
    /// The event as its placement is measured.
    var placed: PlacedEvent {
        PlacedEvent(
            sensor: sensor,
            type: type,
            ticks: ticks,
            difficulty: difficulty >= 0 ? difficulty : nil,
            mode: mode
        )
    }
}
