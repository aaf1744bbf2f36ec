import DatasetFormats
import DatasetGen

/// Has the database add up what it holds, and compares that with the readings.
struct PGProof {
    let target: PGTarget
    let load: PGTarget.Load
    let proof: Proof
    let windows: ProofWindows
    private let connection: PGConnection

    init(_ target: PGTarget, _ proof: Proof) throws(DeliveryError) {
        (self.target, self.proof) = (target, proof)
        load = try target.load()
        windows = ProofWindows(target.plan)
        connection = try target.open()
    }

    private var table: PGTable { target.table }
    private var metrics: [MetricDescription] { table.schema.metrics }
    private var time: String { PGName.quoted(table.timeColumn) }

    /// - Returns: what was found; differences that were looked into say sensor, time and column.
    func run(workers: Int) async throws -> ProofReport {
        let begin = ContinuousClock.now
        let decimals = metrics.indices.map { target.plan.finestDecimals($0) }
        let reader = PGRowReader(table, sensors: target.plan.fleet.sensors, numbers: load.sensorNumbers)
        let hasher =
            proof == .rows
            ? PGRowHasher(target.plan, encoder: try target.makeEncoder(), reader: reader) : nil
        let expected = try await ExpectedReadings(
            target.plan,
            windows,
            usesTwin: table.includesTwin,
            usesLabels: table.includesLabels,
            usesArrivals: table.includesArrivals,
            hasher: hasher,
            workers: workers
        )
        var stored = GroupSums(groups: expected.sums.groupCount, columns: expected.sums.layout.columnCount)
        var strangers: [String: Int64] = [:]
        try addUp(decimals, to: &stored, &strangers)
        if proof == .rows { try readBack(reader, to: &stored) }
        let comparison = GroupComparison(
            plan: target.plan,
            windows: windows,
            expected: expected.sums,
            stored: stored,
            places: comparedPlaces(expected.sums.layout)
        )
        var differences = strangers.sorted { $0.key < $1.key }.prefix(3)
            .map { "sensor \($0.key.quoted): \($0.value.grouped(of: "row")) that were not sent" }
        differences += try comparison.differences { (sensor, window) throws(DeliveryError) in
            try PGRowComparison(self, sensor: sensor.index, window: window, connection).firstDifference()
        }
        let rows = (0..<expected.sums.groupCount).reduce(0) { $0 + expected.sums[$1, GroupSums.Layout.rows] }
        let report = ProofReport(
            proof: proof,
            rows: rows,
            groups: expected.sums.groupCount,
            contentSHA256: expected.contentSHA256,
            differences: differences,
            seconds: (ContinuousClock.now - begin) / .seconds(1)
        )
        let proven = try PGEvents(target).prove(report, load, isAlone: try isAlone(), connection)
        if proven.differences.isEmpty {
            if load.ownsTable { try validateReferences() }
            try PGLedger(target, connection).note(proof, of: load.id)
        }
        return proven
    }

    /// Has the database check the references that it has only taken note of.
    private func validateReferences() throws(DeliveryError) {
        let table = target.tables.readings
        let names = try connection.rows(
            """
            SELECT conname FROM pg_constraint
            WHERE conrelid = \(PGName.literal(table))::regclass AND contype = 'f' AND NOT convalidated
            """
        )
        for name in names.compactMap({ $0[0] }) {
            try connection.execute("ALTER TABLE \(table) VALIDATE CONSTRAINT \(PGName.quoted(name))")
        }
    }

    // MARK: - SQL

    /// An instant, in microseconds since 1970.
    static func instant(_ microseconds: Int64) -> String {
        "timestamptz '\(SimulatedTime(microseconds: microseconds).zonedText)'"
    }

    /// The condition that a row is of one of the sensors.
    static func sensors(_ target: PGTarget, _ numbers: [Int32]) -> String {
        target.table.layout.hasSensorTable
            ? "sensor_id = ANY ('{\(numbers.map(String.init).joined(separator: ","))}'::integer[])"
            : "sensor_id = ANY (ARRAY["
                + target.plan.fleet.sensors.map { PGName.literal($0.id) }.joined(separator: ", ")
                + "]::text[])"
    }

    /// Whether the tables hold nothing but this load.
    private func isAlone() throws(DeliveryError) -> Bool {
        guard load.ownsTable else { return false }
        return try PGLedger(target, connection).entries().count == 1
    }

    /// The condition that a row is of this load: that of a table of its own is every row.
    func condition() throws(DeliveryError) -> String {
        if try isAlone() { return "true" }
        return "\(time) >= \(Self.instant(windows.range.lowerBound)) AND \(time) < "
            + "\(Self.instant(windows.range.upperBound)) AND \(Self.sensors(target, load.sensorNumbers))"
    }

    private func addUp(
        _ decimals: [Int],
        to sums: inout GroupSums,
        _ strangers: inout [String: Int64]
    ) throws(DeliveryError) {
        let bounds = windows.bounds.map { Self.instant($0) }.joined(separator: ", ")
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
        var found: [String: Int] = [:]
        if table.layout.hasSensorTable {
            for (index, number) in load.sensorNumbers.enumerated() { found[String(number)] = index }
        } else {
            for sensor in target.plan.fleet.sensors { found[sensor.id] = sensor.index }
        }
        let places = places(sums.layout)
        let windowCount = windows.count
        var sums_ = sums
        var strangers_ = strangers
        try connection.forEachRow(
            """
            SELECT sensor_id, \(window), \(numbers.joined(separator: ", ")) FROM \(target.tables.readings)
            WHERE \(try condition()) GROUP BY 1, 2
            """
        ) { row in
            let name = row[0] ?? "NULL"
            guard let sensor = found[name], let window = row[1].flatMap({ Int($0) }) else {
                strangers_[name, default: 0] += Int64(row[2] ?? "") ?? 0
                return
            }
            for (index, place) in places.enumerated() {
                let text = row[index + 2] ?? "0"
                let number = Int64(text) ?? Int128(text).map { Int64(truncatingIfNeeded: $0) } ?? .min
                sums_[sensor * windowCount + window, place] = number
            }
        }
        (sums, strangers) = (sums_, strangers_)
    }

    /// The numbers of a group that are compared: what the hashes of its rows say, no sums have to say again.
    private func comparedPlaces(_ layout: GroupSums.Layout) -> [Int] {
        switch proof {
        case .none: []
        case .count: [GroupSums.Layout.rows]
        case .sums: (0..<layout.stride).filter { $0 != GroupSums.Layout.hash }
        case .rows: [GroupSums.Layout.rows, GroupSums.Layout.hash]
        }
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

    /// Reads every row back.
    private func readBack(_ reader: PGRowReader, to sums: inout GroupSums) throws(DeliveryError) {
        var rows = sums
        var isFirst = true
        let columns = PGSchema.list(table.columns)
        try unsafe connection.copyOut(
            """
            COPY (SELECT \(columns) FROM \(target.tables.readings) WHERE \(try condition())) TO STDOUT (FORMAT binary)
            """
        ) { bytes in
            // The header comes with the first row.
            let start = isFirst ? PGCopyEncoder.header.count : 0
            isFirst = false
            guard bytes.count - start > PGCopyEncoder.trailer.count else { return }
            let row = unsafe reader.read(UnsafeRawBufferPointer(rebasing: bytes[start...]))
            // Rows of other sensors are counted elsewhere.
            if let sensor = row.sensor { rows.add(row.hash, windows.group(sensor, row.time)) }
        }
        sums = rows
    }
}

extension PGTarget {
    func prove(_ proof: Proof, workers: Int) async throws -> ProofReport {
        try await PGProof(self, proof).run(workers: workers)
    }
}
