import DatasetGen

/// Has QuestDB add up rows, window by window: whole numbers, exactly.
struct QuestDBSums {
    private let target: QuestDBTarget
    private let proof: Proof
    private let metrics: [MetricDescription]

    init(_ target: QuestDBTarget, _ proof: Proof) {
        (self.target, self.proof) = (target, proof)
        metrics = target.plan.recipe.schema.metrics
    }

    /// - Returns: the places that it has given.
    func run(_ stored: inout StoredPoints) throws(DeliveryError) -> [Int] {
        let client = try target.client()
        let numbers = numbers(stored.sums.layout)
        let indices = target.plan.sensorIndices
        for window in 0..<stored.windows.count {
            let sql = """
                SELECT sensor_id, \(numbers.map(\.selection).joined(separator: ", "))
                FROM \(QuestDBClient.name(target.points.measurement))
                WHERE \(QuestDBClient.condition(stored.windows.range(of: window))) GROUP BY sensor_id
                """
            for row in try client.rows(sql) {
                guard let sensor = indices[row[0]] else { continue }
                for (number, text) in zip(numbers, row.dropFirst()) {
                    // The sum of no numbers is NULL.
                    stored.set(text.isEmpty ? 0 : Int64(text) ?? .min, number.place, sensor: sensor, window: window)
                }
            }
        }
        return numbers.map(\.place)
    }

    private func numbers(_ layout: GroupSums.Layout) -> [(selection: String, place: Int)] {
        var numbers = [("count(*)", GroupSums.Layout.rows)]
        guard proof == .sums else { return numbers }
        numbers += [
            ("cast(min(timestamp) AS LONG)", GroupSums.Layout.firstTime),
            ("cast(max(timestamp) AS LONG)", GroupSums.Layout.lastTime),
        ]
        if target.usesLabels {
            for (index, type) in AnomalyType.allCases.enumerated() {
                var count = "CASE WHEN anomaly_type = \(QuestDBClient.literal(type.name)) THEN 1 ELSE 0 END"
                // A flag without a type, or the other way round, makes one of the counts another one.
                if index == 0 {
                    count +=
                        " + CASE WHEN anomaly_flag = 1 AND anomaly_type IS NULL OR "
                        + "anomaly_flag <> 1 AND anomaly_type IS NOT NULL THEN 1000003 ELSE 0 END"
                }
                numbers.append(("sum(\(count))", GroupSums.Layout.labels + Int(type.rawValue) - 1))
            }
        }
        if target.usesArrivals {
            numbers.append(("sum(arrival_time - cast(timestamp AS LONG))", GroupSums.Layout.delays))
        }
        for column in 0..<layout.columnCount {
            let metric = metrics[column % metrics.count]
            let name = QuestDBClient.name((column < metrics.count ? "" : "clean_") + metric.name)
            numbers.append(("count(\(name))", layout.values(column)))
            numbers.append(("sum(\(count(name, metric)))", layout.sum(column)))
        }
        return numbers
    }

    /// The count of a value; of what is no reading a number that makes the sum another one.
    private func count(_ name: String, _ metric: MetricDescription) -> String {
        guard metric.states.isEmpty else {
            let cases = metric.states.enumerated()
                .map { "WHEN \(name) = \(QuestDBClient.literal($1)) THEN \($0)" }
            return "CASE WHEN \(name) IS NULL THEN 0 \(cases.joined(separator: " ")) ELSE -1000003 END"
        }
        let decimals = target.plan.finestDecimals(metric.index)
        return "cast(round(\(name) * \(Int64.powerOfTen(decimals) ?? 1), 0) AS LONG)"
    }
}
