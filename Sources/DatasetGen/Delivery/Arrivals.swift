/// Turns the readings of blocks into those that arrive; the scratch memory of one worker.
package struct Arrivals: Sendable {
    private let model: DeliveryModel?
    private let fleet: Fleet
    /// Metrics that the sensors of a kind measure.
    private let valueCounts: [Int]
    /// What has happened to the readings of the last block, by their order.
    package private(set) var faults: [DeliveryFault] = []
    /// How often.
    package private(set) var counts = DeliveryCounts()

    /// For blocks of a plan.
    package init(_ plan: GenerationPlan) {
        (model, fleet) = (plan.delivery, plan.fleet)
        valueCounts = plan.fleet.kinds.map { $0.metrics.elements.count }
    }

    /// The readings that arrive of some, in the same order; a reading that arrives twice is there twice, one behind the other.
    ///
    /// Where nothing happens on the way these are the readings themselves.
    package mutating func arriving(of readings: ReadingSlice) -> ReadingSlice {
        guard let model else { return readings }
        faults.removeAll(keepingCapacity: true)
        counts = DeliveryCounts()
        var rows = ArrivedRows(atLeast: readings.count)
        for index in 0..<readings.count {
            let place = readings.places.lowerBound + index
            let (sensor, time) = (Int(readings.sensors[place]), readings.times[place])
            let number = readings.number(of: index)
            let core = fleet.sensors[sensor].core
            let drift = model.clockDrift(of: core)
            if drift != 0, time == model.start {
                add(DeliveryFault(kind: .clockDrift, sensor: sensor, number: number, time: time, drift: drift))
            }
            if readings.isOmitted(index) { continue }
            counts.addSent()
            let passage = model.passage(of: core, at: time)
            func fault(_ kind: DeliveryFault.Kind, _ arrival: Int64?) -> DeliveryFault {
                DeliveryFault(kind: kind, sensor: sensor, number: number, time: time, arrival: arrival)
            }
            if passage.isLost {
                add(fault(.lost, nil))
                continue
            }
            if passage.isOffline { add(fault(.offline, passage.arrival)) }
            if passage.isLate { add(fault(.late, passage.arrival)) }
            let shown = model.shownTime(at: time, drift: drift)
            rows.append(index, number: number, sensor: sensor, time: shown, arrival: passage.arrival)
            counts.addArrived(values: valueCounts[core.kind])
            if let copyArrival = passage.copyArrival {
                add(fault(.duplicate, copyArrival))
                rows.append(index, number: number, sensor: sensor, time: shown, arrival: copyArrival)
                counts.addArrived(values: valueCounts[core.kind])
            }
        }
        return rows.slice(of: readings)
    }

    private mutating func add(_ fault: DeliveryFault) {
        faults.append(fault)
        counts.add(fault.kind)
    }
}

/// The rows of what arrives, as they are found.
private struct ArrivedRows {
    /// Per row: the index of the reading.
    private var indices: [Int] = []
    private var numbers: [Int64] = []
    private var sensors: [Int32] = []
    private var times: [Int64] = []
    private var arrivals: [Int64] = []

    init(atLeast count: Int) {
        indices.reserveCapacity(count)
        numbers.reserveCapacity(count)
        sensors.reserveCapacity(count)
        times.reserveCapacity(count)
        arrivals.reserveCapacity(count)
    }

    mutating func append(_ index: Int, number: Int64, sensor: Int, time: Int64, arrival: Int64) {
        indices.append(index)
        numbers.append(number)
        sensors.append(Int32(truncatingIfNeeded: sensor))
        times.append(time)
        arrivals.append(arrival)
    }

    /// The rows, with the values of their readings.
    func slice(of readings: ReadingSlice) -> ReadingSlice {
        let first = readings.rows.lowerBound
        return ReadingSlice(
            firstNumber: readings.firstNumber,
            rows: 0..<indices.count,
            places: 0..<indices.count,
            sensors: sensors,
            times: times,
            metrics: readings.metrics.map { column in indices.map { column[first + $0] } },
            clean: readings.clean.map { column in indices.map { column[first + $0] } },
            labels: indices.map { readings.labels[first + $0] },
            numbers: numbers,
            arrivals: arrivals
        )
    }
}
