import DatasetGen

/// Has ClickHouse add up rows: whole numbers, exactly.
struct ClickHouseSums {
    private let target: ClickHouseTarget
    private let proof: Proof
    private let metrics: [MetricDescription]

    init(_ target: ClickHouseTarget, _ proof: Proof) {
        (self.target, self.proof) = (target, proof)
        metrics = target.plan.recipe.schema.metrics
    }

    /// - Returns: the places that it has given.
    func run(_ stored: inout StoredPoints) throws(DeliveryError) -> [Int] {
        let numbers = numbers(stored.sums.layout)
        let windows = stored.windows
        let time = ClickHouseClient.microseconds(isWhole: target.isWhole)
        let width = windows.bounds.first.map { $0 - windows.range.lowerBound } ?? Int64.max
        let window = "least(intDiv(\(time) - \(windows.range.lowerBound), \(width)), \(windows.count - 1))"
        let sql = """
            SELECT sensor_id, \(window) AS window, \(numbers.map(\.selection).joined(separator: ", "))
            FROM \(target.tableName)
            WHERE \(ClickHouseClient.condition(target.times, isWhole: target.isWhole)) GROUP BY sensor_id, window
            """
        let indices = target.plan.sensorIndices
        for row in try target.client().rows(sql) {
            guard let sensor = indices[row[0]], let window = Int(row[1]) else { continue }
            for (number, text) in zip(numbers, row.dropFirst(2)) {
                stored.set(Int64(text) ?? .min, number.place, sensor: sensor, window: window)
            }
        }
        return numbers.map(\.place)
    }

    private func numbers(_ layout: GroupSums.Layout) -> [(selection: String, place: Int)] {
        var numbers = [("count()", GroupSums.Layout.rows)]
        guard proof == .sums else { return numbers }
        let time = ClickHouseClient.microseconds(isWhole: target.isWhole)
        numbers += [("min(\(time))", GroupSums.Layout.firstTime), ("max(\(time))", GroupSums.Layout.lastTime)]
        if target.usesLabels {
            for (index, type) in AnomalyType.allCases.enumerated() {
                var count = "countIf(ifNull(anomaly_type, '') = \(ClickHouseClient.literal(type.name)))"
                // A flag without a type, or the other way round, makes one of the counts another one.
                if index == 0 { count += " + 1000003 * countIf((anomaly_flag = 1) != isNotNull(anomaly_type))" }
                numbers.append((count, GroupSums.Layout.labels + Int(type.rawValue) - 1))
            }
        }
        if target.usesArrivals {
            let arrival = ClickHouseClient.arrival(isWhole: target.isWhole)
            numbers.append(("sum(\(arrival) - \(time))", GroupSums.Layout.delays))
        }
        for column in 0..<layout.columnCount {
            let metric = metrics[column % metrics.count]
            let name = ClickHouseClient.name((column < metrics.count ? "" : "clean_") + metric.name)
            numbers.append(("toInt64(count(\(name)))", layout.values(column)))
            numbers.append(("sum(\(count(name, metric)))", layout.sum(column)))
        }
        return numbers
    }

    /// The count of a value; of what is no reading a number that makes the sum another one.
    private func count(_ name: String, _ metric: MetricDescription) -> String {
        guard metric.states.isEmpty else {
            let cases = metric.states.enumerated()
                .map { "ifNull(\(name), '') = \(ClickHouseClient.literal($1)), \($0)" }
            return "if(isNull(\(name)), toInt64(0), toInt64(multiIf(\(cases.joined(separator: ", ")), -1000003)))"
        }
        let decimals = target.plan.finestDecimals(metric.index)
        let value = "ifNull(\(name), 0)"
        return "if(\(value) >= -1e10 AND \(value) <= 1e10, "
            + "toInt64(round(\(value) * \(Int64.powerOfTen(decimals) ?? 1))), toInt64(-1000003))"
    }
}
