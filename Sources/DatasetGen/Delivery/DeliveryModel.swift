/// What becomes of any reading on its way, without those before it: a function of its sensor's key and its time alone.
package struct DeliveryModel: Sendable {
    /// What becomes of a reading.
    struct Passage {
        /// Whether it never arrives.
        var isLost = false
        /// Whether its sensor was cut off when it was taken.
        var isOffline = false
        /// Whether it is one of those that are delayed.
        var isLate = false
        /// When it arrives, in microseconds since 1970.
        var arrival: Int64 = 0
        /// When it arrives once more; nil for never.
        var copyArrival: Int64?
    }

    /// Per kind of sensors.
    private let parameters: [DeliveryParameters]
    /// The instant at which all clocks are right, in microseconds since 1970.
    let start: Int64

    /// What the recipe says of all sensors, unless their group has something else.
    init(_ parameters: DeliveryParameters, _ fleet: Fleet, start: SimulatedTime) {
        self.parameters = fleet.kinds.map { $0.delivery ?? parameters }
        self.start = start.microseconds
    }

    /// What becomes of a reading that is taken at a time, in microseconds since 1970.
    func passage(of sensor: SensorCore, at time: Int64) -> Passage {
        var passage = Passage()
        let parameters = parameters[sensor.kind]
        let counter = UInt64(bitPattern: time)
        if parameters.loss > 0, sensor.deliveryKey(.loss).uniform(counter) < parameters.loss {
            passage.isLost = true
            return passage
        }
        passage.arrival = time
        if let offline = parameters.offline, let end = endOfStretch(offline, of: sensor, at: time) {
            (passage.isOffline, passage.arrival) = (true, end)
        }
        if let late = parameters.late, sensor.deliveryKey(.late).uniform(counter) < late.share {
            passage.isLate = true
            passage.arrival += Self.draw(late.delay, sensor.deliveryKey(.lateDelay), counter)
        }
        if parameters.jitter > 0 {
            passage.arrival += Self.draw(0...parameters.jitter, sensor.deliveryKey(.jitter), counter)
        }
        if let copies = parameters.duplicates, sensor.deliveryKey(.duplicate).uniform(counter) < copies.share {
            let delay = Self.draw(copies.delay, sensor.deliveryKey(.duplicateDelay), counter)
            passage.copyArrival = passage.arrival + delay
        }
        return passage
    }

    /// The end of the stretch in which a sensor is cut off at a time; nil if it is not.
    ///
    /// Time is cut into cells as long as the mean time between two stretches, and each has one somewhere in it.
    private func endOfStretch(
        _ offline: DeliveryParameters.OfflineStretches,
        of sensor: SensorCore,
        at time: Int64
    ) -> Int64? {
        let traits = sensor.deliveryKey(.traits)
        let phase = Self.draw(0...offline.every - Self.unit, traits, Trait.phase)
        let cell = (time - phase).flooredQuotient(by: offline.every)
        let counter = UInt64(bitPattern: cell)
        let length = Self.draw(offline.duration, sensor.deliveryKey(.offlineDuration), counter)
        let offset = Self.draw(0...offline.every - length, sensor.deliveryKey(.offlineStart), counter)
        let begin = phase + cell * offline.every + offset
        return (begin..<begin + length).contains(time) ? begin + length : nil
    }

    /// The error of a sensor's clock in thousandths of a millionth; 0 for none.
    func clockDrift(of sensor: SensorCore) -> Int64 {
        guard let drift = parameters[sensor.kind].clockDrift else { return 0 }
        let traits = sensor.deliveryKey(.traits)
        guard traits.uniform(Trait.hasDrift) < drift.share else { return 0 }
        let most = drift.thousandthsOfPPM
        let place = Int64(traits.integer(Trait.drift, below: UInt64(2 * most))) - most
        return place < 0 ? place : place + 1
    }

    /// The most by which a clock is wrong at a time, in microseconds.
    func greatestClockError(at time: Int64) -> Int64 {
        let drift = parameters.compactMap { $0.clockDrift?.thousandthsOfPPM }.max() ?? 0
        return drift == 0 ? 0 : Int64((Int128(time - start) * Int128(drift)).flooredQuotient(by: 1_000_000_000)) + 1
    }

    /// What a clock of such an error shows at a time.
    func shownTime(at time: Int64, drift: Int64) -> Int64 {
        guard drift != 0 else { return time }
        return time + Int64((Int128(time - start) * Int128(drift)).flooredQuotient(by: 1_000_000_000))
    }

    /// A time of a range, in whole milliseconds.
    private static func draw(_ range: ClosedRange<Int64>, _ key: RandomKey, _ counter: UInt64) -> Int64 {
        let count = UInt64((range.upperBound - range.lowerBound) / unit) + 1
        return range.lowerBound + Int64(key.integer(counter, below: count)) * unit
    }

    private static let unit = DeliveryParameters.arrivalUnit

    /// Counters of what is a sensor's own for good.
    private enum Trait {
        static let phase: UInt64 = 0
        static let hasDrift: UInt64 = 1
        static let drift: UInt64 = 2
    }
}
