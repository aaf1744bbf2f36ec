/// What happens to readings on their way from the sensors: none of it changes what was measured.
///
/// Delays are whole milliseconds, told in microseconds.
public struct DeliveryParameters: Hashable, Sendable {
    /// Every reading arrives later by up to as much.
    public package(set) var jitter: Int64 = 0
    /// Some readings arrive much later; nil for none.
    public package(set) var late: DelayedShare?
    /// Sensors that are cut off now and then, and send what they have when they are back; nil for none.
    public package(set) var offline: OfflineStretches?
    /// Some readings arrive a second time, so much after the first; nil for none.
    public package(set) var duplicates: DelayedShare?
    /// The share of readings that never arrive.
    public package(set) var loss = 0.0
    /// Sensors whose clocks are fast or slow; nil for none.
    public package(set) var clockDrift: ClockDrift?

    /// Which row follows which.
    public package(set) var order = Order.time

    /// Which row of what arrives follows which.
    public enum Order: String, CaseIterable, Sendable {
        /// As in a dataset in which nothing happens on the way.
        case time
        /// As they arrive.
        case arrival
    }

    /// Readings of which some share is delayed.
    public struct DelayedShare: Hashable, Sendable {
        /// Their share.
        public package(set) var share: Double
        /// The least and the greatest delay.
        public package(set) var delay: ClosedRange<Int64>
    }

    /// Stretches in which a sensor is cut off.
    public struct OfflineStretches: Hashable, Sendable {
        /// The mean time from one to the next.
        public package(set) var every: Int64
        /// How long they last, at least and at most.
        public package(set) var duration: ClosedRange<Int64>
    }

    /// Clocks that are fast or slow.
    public struct ClockDrift: Hashable, Sendable {
        /// The share of sensors that have one.
        public package(set) var share: Double
        /// The greatest deviation in thousandths of a millionth, either way.
        public package(set) var thousandthsOfPPM: Int64
    }

    /// The most microseconds that can pass until a reading, or its copy, arrives.
    var greatestDelay: Int64 {
        jitter + (late?.delay.upperBound ?? 0) + (offline?.duration.upperBound ?? 0)
            + (duplicates?.delay.upperBound ?? 0)
    }

    /// About how long a reading is on its way, on the mean, in microseconds.
    var meanDelay: Double {
        func mean(_ range: ClosedRange<Int64>) -> Double { (Double(range.lowerBound) + Double(range.upperBound)) / 2 }
        var delay = Double(jitter) / 2
        if let late { delay += late.share * mean(late.delay) }
        if let duplicates { delay += duplicates.share * mean(duplicates.delay) }
        if let offline {
            delay += mean(offline.duration) / Double(offline.every) * Double(offline.duration.upperBound) / 2
        }
        return delay
    }

    /// Microseconds of the unit in which arrivals are whole if times are.
    static let arrivalUnit: Int64 = 1_000
}
