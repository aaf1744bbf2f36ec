extension ColumnStatistics {
    /// All figures, exact: sums as text, since they may be longer than numbers of most readers of JSON.
    var json: JSONValue {
        [
            "count": .integer(count), "nulls": .integer(nulls),
            "min": count == 0 ? .null : .integer(minimum), "max": count == 0 ? .null : .integer(maximum),
            "sum": .string(String(sum)), "sum_of_squares": .string(String(squares)),
            "states": .array(stateCounts.map { .integer($0) }),
        ]
    }

    /// Far more than any sum over a shard's readings, and so little that those of all shards can be added.
    private static let greatestSum: UInt128 = 1 << 108

    /// Whether these may be the figures of so many readings.
    fileprivate func areOf(_ readings: Int64) -> Bool {
        let counts = 0...readings
        return counts.contains(count) && counts.contains(nulls) && counts.contains(count + nulls)
            && stateCounts.allSatisfy(counts.contains)
    }

    /// Reads ``json`` of a column that has as many states as this one; nil if it is something else.
    func reading(_ json: JSONValue) -> ColumnStatistics? {
        var read = self
        let states = json["states"]?.elements.compactMap(\.integerValue) ?? []
        guard let count = json["count"]?.integerValue, let nulls = json["nulls"]?.integerValue,
            let sum = json["sum"]?.stringValue.flatMap({ Int128($0) }),
            let squares = json["sum_of_squares"]?.stringValue.flatMap({ Int128($0) }),
            states.count == stateCounts.count, sum.magnitude < Self.greatestSum, squares.magnitude < Self.greatestSum
        else { return nil }
        (read.count, read.nulls, read.sum, read.squares, read.stateCounts) = (count, nulls, sum, squares, states)
        if stateCounts.isEmpty, count > 0 {
            guard let least = json["min"]?.integerValue, let greatest = json["max"]?.integerValue else { return nil }
            (read.minimum, read.maximum) = (least, greatest)
        }
        return read
    }
}

extension LabelCounts {
    /// Readings per label, by name, and those without a row.
    var json: JSONValue {
        var members = [JSONValue.Member(key: "normal", value: .integer(ticks[0]))]
        for type in AnomalyType.allCases { members.append(.init(key: type.name, value: .integer(self[type]))) }
        return .object(members + [.init(key: "omitted", value: .integer(omitted))])
    }

    /// Reads ``json``; nil if it is something else.
    init?(_ json: JSONValue) {
        let names = ["normal"] + AnomalyType.allCases.map(\.name)
        let counts = names.compactMap { json[$0]?.integerValue }
        guard counts.count == names.count, let omitted = json["omitted"]?.integerValue else { return nil }
        ticks[0] = counts[0]
        for (type, count) in zip(AnomalyType.allCases, counts.dropFirst()) { ticks[Int(type.rawValue)] = count }
        self.omitted = omitted
    }
}

extension DatasetStatistics {
    /// Whether these may be the figures of so many readings: numbers of strangers could be too large to be added.
    package func areOf(_ readings: Int64) -> Bool {
        let counts = 0...readings
        var total: Int64 = 0
        for labels in labels {
            guard (labels.ticks + [labels.omitted]).allSatisfy(counts.contains) else { return false }
            for ticks in labels.ticks {
                total += ticks
                guard total <= readings else { return false }
            }
        }
        return total == readings && (normal + anomalous).allSatisfy { $0.areOf(readings) }
    }

    /// The figures of some readings, exact, so that those of others can be added: metrics of a schema by name, and labels per make
    /// of device in the order of its fleet.
    package func json(_ schema: MetricSchema) -> JSONValue {
        let metrics = schema.all.map { metric in
            JSONValue.Member(
                key: schema[metric].name,
                value: ["normal": normal[metric.rawValue].json, "anomalous": anomalous[metric.rawValue].json]
            )
        }
        return ["metrics": .object(metrics), "labels": .array(labels.map(\.json))]
    }

    /// Reads ``json(_:)`` of readings of a fleet; nil if it is something else.
    package init?(_ json: JSONValue, of fleet: Fleet) {
        self.init(fleet)
        let schema = fleet.resolvedRecipe.schema
        for metric in schema.all {
            let columns = json["metrics"]?[schema[metric].name]
            guard let normal = columns?["normal"].flatMap({ self.normal[metric.rawValue].reading($0) }),
                let anomalous = columns?["anomalous"].flatMap({ self.anomalous[metric.rawValue].reading($0) })
            else { return nil }
            (self.normal[metric.rawValue], self.anomalous[metric.rawValue]) = (normal, anomalous)
        }
        let labels = json["labels"]?.elements.compactMap { LabelCounts($0) } ?? []
        guard labels.count == self.labels.count else { return nil }
        self.labels = labels
    }
}
