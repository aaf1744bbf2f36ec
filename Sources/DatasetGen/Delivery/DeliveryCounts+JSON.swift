extension DeliveryCounts {
    /// All counts; what has happened to readings by the numbers of ``DeliveryFault/Kind``.
    package var json: JSONValue {
        [
            "sent": .integer(sent), "arrived": .integer(arrived), "arrived_values": .integer(arrivedValues),
            "faults": .array(faults.map { .integer($0) }),
        ]
    }

    /// Reads ``json``; nil if it is something else.
    package init?(_ json: JSONValue) {
        let faults = json["faults"]?.elements.compactMap(\.integerValue) ?? []
        guard let sent = json["sent"]?.integerValue, let arrived = json["arrived"]?.integerValue,
            let values = json["arrived_values"]?.integerValue, faults.count == DeliveryFault.Kind.allCases.count
        else { return nil }
        (self.sent, self.arrived, arrivedValues, self.faults) = (sent, arrived, values, faults)
    }
}
