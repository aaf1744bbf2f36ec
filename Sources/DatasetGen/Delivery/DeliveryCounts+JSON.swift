extension DeliveryCounts {
    /// All counts; what has happened to readings by the numbers of ``DeliveryFault/Kind``.
    package var json: JSONValue {
        [
            "sent": .integer(sent), "arrived": .integer(arrived), "arrived_values": .integer(arrivedValues),
            "faults": .array(faults.map { .integer($0) }),
        ]
    }

    /// More than any shard has, and so little that those of all shards can be added.
    private static let greatest: Int64 = 1 << 46

    /// Reads ``json``; nil if it is something else.
    package init?(_ json: JSONValue) {
        let faults = json["faults"]?.elements.compactMap(\.integerValue) ?? []
        guard let sent = json["sent"]?.integerValue, let arrived = json["arrived"]?.integerValue,
            let values = json["arrived_values"]?.integerValue, faults.count == DeliveryFault.Kind.allCases.count,
            (faults + [sent, arrived, values]).allSatisfy({ (0...Self.greatest).contains($0) })
        else { return nil }
        (self.sent, self.arrived, arrivedValues, self.faults) = (sent, arrived, values, faults)
    }
}
