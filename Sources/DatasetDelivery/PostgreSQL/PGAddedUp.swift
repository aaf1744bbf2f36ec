import DatasetFormats
import DatasetGen

/// Has the database add up what it holds, by sensor and window of time.
struct PGAddedUp {
    private let rows: PGStoredRows
    private let proof: Proof

    /// - Parameters:
    ///   - rows: which.
    ///   - proof: ``Proof/count`` or ``Proof/sums``.
    init(_ rows: PGStoredRows, _ proof: Proof) { (self.rows, self.proof) = (rows, proof) }

    private var target: PGTarget { rows.target }
    private var table: PGTable { target.table }
    private var metrics: [MetricDescription] { table.schema.metrics }
    private var windows: ProofWindows { rows.windows }
    private var time: String { PGName.quoted(table.timeColumn) }

    /// - Returns: what there is of each sensor in each window.
    /// - Throws: ``DeliveryError``.
    func run() async throws -> PGFound {
        try await onThread("add up") {
            Result { () throws(DeliveryError) in try addUp(try target.open()) }
        }
        .get()
    }

    private func addUp(_ connection: PGConnection) throws(DeliveryError) -> PGFound {
        var found = rows.nothing
        let decimals = metrics.indices.map { target.plan.finestDecimals($0) }
        let bounds = windows.bounds.map { PGProof.instant($0) }.joined(separator: ", ")
        let window = windows.bounds.isEmpty ? "0" : "width_bucket(\(time), ARRAY[\(bounds)])"
        var numbers = ["count(*)\(rowFilter())"]
        if proof == .sums {
            numbers += ["min", "max"].map { "(extract(epoch FROM \($0)(\(time))) * 1000000)::bigint" }
            if table.includesLabels {
                numbers += AnomalyType.allCases.map { type in
                    "count(*)\(rowFilter("anomaly_type = \(PGName.literal(type.name))"))"
                }
            }
            if table.includesArrivals {
                let delay = "(extract(epoch FROM \(PGName.quoted(PGTable.arrivalColumn)) - \(time)) * 1000000)::bigint"
                numbers.append("coalesce(sum(\(delay))\(rowFilter()), 0)")
            }
            numbers += columnSums("", decimals) + (table.includesTwin ? columnSums("clean_", decimals) : [])
        }
        var known: [String: Int] = [:]
        if table.layout.hasSensorTable {
            for (index, number) in rows.load.sensorNumbers.enumerated() { known[String(number)] = index }
        } else {
            for sensor in target.plan.fleet.sensors { known[sensor.id] = sensor.index }
        }
        let places = places(found.sums.layout)
        let windowCount = windows.count
        try connection.forEachRow(
            """
            SELECT sensor_id, \(window), \(numbers.joined(separator: ", ")) FROM \(target.tables.readings)
            WHERE \(rows.condition) GROUP BY 1, 2
            """
        ) { row in
            let name = row[0] ?? "NULL"
            guard let sensor = known[name], let window = row[1].flatMap({ Int($0) }) else {
                found.strangers[name, default: 0] += Int64(row[2] ?? "") ?? 0
                return
            }
            for (index, place) in places.enumerated() {
                let text = row[index + 2] ?? "0"
                let number = Int64(text) ?? Int128(text).map { Int64(truncatingIfNeeded: $0) } ?? .min
                found.sums[sensor * windowCount + window, place] = number
            }
        }
        return found
    }

    /// Where the numbers of the query belong.
    private func places(_ layout: GroupSums.Layout) -> [Int] {
        var places = [GroupSums.Layout.rows]
        guard proof == .sums else { return places }
        places += [GroupSums.Layout.firstTime, GroupSums.Layout.lastTime]
        if table.includesLabels { places += AnomalyType.allCases.indices.map { GroupSums.Layout.labels + $0 } }
        if table.includesArrivals { places.append(GroupSums.Layout.delays) }
        for column in 0..<layout.columnCount { places += [layout.values(column), layout.sum(column)] }
        return places
    }

    /// In the narrow layout, only the rows of the first metric count as readings.
    private func rowFilter(_ condition: String? = nil) -> String {
        let first = table.layout == .narrow ? metrics.first.map { "metric = \(PGName.literal($0.name))" } : nil
        let conditions = [first, condition].compactMap { $0 }
        return conditions.isEmpty ? "" : " FILTER (WHERE \(conditions.joined(separator: " AND ")))"
    }

    private func columnSums(_ prefix: String, _ decimals: [Int]) -> [String] {
        metrics.indices.flatMap { metric -> [String] in
            let description = metrics[metric]
            let isState = !description.states.isEmpty
            let isNarrow = table.layout == .narrow
            let column = PGName.quoted(prefix + (isNarrow ? (isState ? "state" : "value") : description.name))
            let filter = isNarrow ? " FILTER (WHERE metric = \(PGName.literal(description.name)))" : ""
            let count: String
            if isState {
                let cases = description.states.enumerated()
                    .map { "WHEN \(column) = \(PGName.literal($1)) THEN \($0)" }
                // A text that is no state makes the sum another one.
                count =
                    "(CASE WHEN \(column) IS NULL THEN NULL \(cases.joined(separator: " ")) ELSE -1000003 END)::bigint"
                return ["count(\(column))\(filter)", "coalesce(sum(\(count))\(filter), 0)"]
            }
            let scale = Int64.powerOfTen(decimals[metric]) ?? 1
            // What is no reading is not added: then the sum is another one.
            count = "CASE WHEN \(column) BETWEEN -1e10 AND 1e10 THEN round(\(column) * \(scale))::bigint END"
            return ["count(\(column))\(filter)", "coalesce(sum(\(count))\(filter), 0)"]
        }
    }
}
