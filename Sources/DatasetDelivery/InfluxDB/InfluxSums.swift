import DatasetGen

/// Has InfluxDB count and add up points, window by window.
///
/// It adds floating-point numbers: their sums are rounded to the resolution. Of states it can only count the values.
struct InfluxSums {
    private let target: InfluxTarget
    private let proof: Proof
    private let metrics: [MetricDescription]

    init(_ target: InfluxTarget, _ proof: Proof) {
        (self.target, self.proof) = (target, proof)
        metrics = target.plan.recipe.schema.metrics
    }

    /// A number that is asked for: what selects it, the place that it has, and the decimals of its count.
    private struct Number {
        let selection: String
        let place: Int
        var decimals = 0
    }

    /// - Returns: the places that it has given.
    func run(_ stored: inout StoredPoints) throws(DeliveryError) -> [Int] {
        let client = try target.client()
        let numbers = numbers(stored.sums.layout)
        let types = target.usesLabels && proof == .sums ? AnomalyType.allCases : []
        let indices = target.plan.sensorIndices
        for window in 0..<stored.windows.count {
            let source =
                "FROM \(InfluxAPI.name(target.points.measurement)) WHERE "
                + InfluxAPI.condition(stored.windows.range(of: window))
            let group = " GROUP BY \"sensor_id\""
            let statements =
                ["SELECT \(numbers.map(\.selection).joined(separator: ", ")) \(source)\(group)"]
                + (types.isEmpty ? [] : ["SELECT sum(\"anomaly_flag\"), count(\"anomaly_type\") \(source)\(group)"])
                + types.map {
                    "SELECT count(\"anomaly_type\") \(source) AND \"anomaly_type\" = \(InfluxAPI.literal($0.name))\(group)"
                }
            var answers = try client.query(statements)
            let flags = types.isEmpty ? [] : answers.remove(at: 1)
            for (index, answer) in answers.enumerated() {
                for series in answer {
                    guard let sensor = series["sensor_id"].flatMap({ indices[$0] }), let row = series.rows.first else {
                        continue
                    }
                    for (number, value) in zip(index == 0 ? numbers : [label(types[index - 1])], row.dropFirst()) {
                        guard let value = value.doubleValue else { continue }
                        let scale = Double(Int64.powerOfTen(number.decimals) ?? 1)
                        stored.set(Int64((value * scale).rounded()), number.place, sensor: sensor, window: window)
                    }
                }
            }
            // After the counts of labels, with which these are compared.
            for series in flags {
                guard let sensor = series["sensor_id"].flatMap({ indices[$0] }), let row = series.rows.first else {
                    continue
                }
                let labelled = types.reduce(0) { $0 + stored.number(label($1).place, sensor: sensor, window: window) }
                // A flag without a type, or the other way round, makes the count of rows another one.
                for value in row.dropFirst() where Int64(value.doubleValue ?? 0) != labelled {
                    let rows = stored.number(GroupSums.Layout.rows, sensor: sensor, window: window)
                    stored.set(rows + 1_000_003, GroupSums.Layout.rows, sensor: sensor, window: window)
                }
            }
        }
        return numbers.map(\.place) + types.map { label($0).place }
    }

    private func label(_ type: AnomalyType) -> Number {
        Number(selection: "", place: GroupSums.Layout.labels + Int(type.rawValue) - 1)
    }

    private func numbers(_ layout: GroupSums.Layout) -> [Number] {
        var numbers: [Number] = []
        if target.usesLabels {
            numbers.append(Number(selection: "count(\"anomaly_flag\")", place: GroupSums.Layout.rows))
        } else if target.usesArrivals {
            numbers.append(Number(selection: "count(\"arrival_time\")", place: GroupSums.Layout.rows))
        }
        for column in 0..<layout.columnCount {
            let metric = metrics[column % metrics.count]
            let name = InfluxAPI.name((column < metrics.count ? "" : "clean_") + metric.name)
            numbers.append(Number(selection: "count(\(name))", place: layout.values(column)))
            guard proof == .sums, metric.states.isEmpty else { continue }
            let decimals = target.plan.finestDecimals(metric.index)
            numbers.append(Number(selection: "sum(\(name))", place: layout.sum(column), decimals: decimals))
        }
        return numbers
    }
}
