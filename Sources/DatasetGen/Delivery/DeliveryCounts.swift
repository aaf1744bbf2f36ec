/// How many readings were sent and have arrived, and what has happened to them.
package struct DeliveryCounts: Sendable {
    /// Readings that were sent: those that are omitted never are.
    package internal(set) var sent: Int64 = 0
    /// Readings that have arrived, those that came twice counted twice.
    package internal(set) var arrived: Int64 = 0
    /// The metrics of those, as far as their sensors measure them.
    package internal(set) var arrivedValues: Int64 = 0
    var faults = [Int64](repeating: 0, count: DeliveryFault.Kind.allCases.count)

    package init() {}

    /// How often something has happened.
    package subscript(kind: DeliveryFault.Kind) -> Int64 { faults[kind.rawValue] }

    /// Counts a reading that was sent.
    mutating func addSent() { sent += 1 }

    /// Counts a reading that has arrived, of so many metrics.
    mutating func addArrived(values: Int) {
        arrived += 1
        arrivedValues += Int64(values)
    }

    /// Counts a fault.
    mutating func add(_ kind: DeliveryFault.Kind) { faults[kind.rawValue] += 1 }

    /// Adds those of other readings.
    package mutating func merge(_ other: DeliveryCounts) {
        sent += other.sent
        arrived += other.arrived
        arrivedValues += other.arrivedValues
        for kind in faults.indices { faults[kind] += other.faults[kind] }
    }

    /// The number of faults.
    package var faultCount: Int64 { faults.reduce(0, +) }
}

extension DeliveryCounts: StoredState {
    package func store(in state: inout StateWriter) {
        for number in [sent, arrived, arrivedValues] { state.append(number) }
        state.append(faults)
    }

    package init(from state: inout StateReader) throws(StateError) {
        (sent, arrived, arrivedValues) = (try state.next(), try state.next(), try state.next())
        faults = try state.next()
        guard faults.count == DeliveryFault.Kind.allCases.count else { throw StateError() }
    }
}
