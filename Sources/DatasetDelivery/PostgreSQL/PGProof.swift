import DatasetFormats
import DatasetGen

/// Compares what the database holds with the readings: what it adds up, or what comes back of every row.
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
    private var time: String { PGName.quoted(table.timeColumn) }

    /// - Returns: what was found; differences that were looked into say sensor, time and column.
    func run(workers: Int) async throws -> ProofReport {
        let begin = ContinuousClock.now
        // The connection stays with this thread.
        let (target, windows, table) = (target, windows, table)
        let reader = PGRowReader(table, sensors: target.plan.fleet.sensors, numbers: load.sensorNumbers)
        let hasher =
            proof == .rows ? PGRowHasher(target.plan, encoder: try target.makeEncoder(), reader: reader) : nil
        async let computed = ExpectedReadings(
            target.plan,
            windows,
            usesTwin: table.includesTwin,
            usesLabels: table.includesLabels,
            usesArrivals: table.includesArrivals,
            hasher: hasher,
            workers: workers
        )
        let rows = PGStoredRows(target, windows, load, condition: try condition())
        let found =
            proof == .rows
            ? try await PGReadBack(rows, reader).run(workers: workers) : try await PGAddedUp(rows, proof).run()
        let expected = try await computed
        let comparison = GroupComparison(
            plan: target.plan,
            windows: windows,
            expected: expected.sums,
            stored: found.sums,
            places: comparedPlaces(expected.sums.layout)
        )
        var differences = found.strangers.sorted { $0.key < $1.key }.prefix(3)
            .map { "sensor \($0.key.quoted): \($0.value.grouped(of: "row")) that were not sent" }
        differences += try comparison.differences { (sensor, window) throws(DeliveryError) in
            try PGRowComparison(self, sensor: sensor.index, window: window, connection).firstDifference()
        }
        var report = ProofReport(
            proof: proof,
            rows: (0..<expected.sums.groupCount).reduce(0) { $0 + expected.sums[$1, GroupSums.Layout.rows] },
            groups: expected.sums.groupCount,
            contentSHA256: expected.contentSHA256,
            differences: differences,
            seconds: (ContinuousClock.now - begin) / .seconds(1)
        )
        let isAlone = try isAlone()
        for table in PGSmallTable.all(target) {
            report = try table.prove(report, load, isAlone: isAlone, connection)
        }
        if report.differences.isEmpty {
            if load.ownsTable { try validateReferences() }
            try PGLedger(target, connection).note(proof, of: load.id)
        }
        return report
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

    /// The numbers of a group that are compared: what the hashes of its rows say, no sums have to say again.
    private func comparedPlaces(_ layout: GroupSums.Layout) -> [Int] {
        switch proof {
        case .none: []
        case .count: [GroupSums.Layout.rows]
        case .sums: (0..<layout.stride).filter { $0 != GroupSums.Layout.hash }
        case .rows: [GroupSums.Layout.rows, GroupSums.Layout.hash]
        }
    }
}

extension PGTarget {
    func prove(_ proof: Proof, workers: Int, retries: Retries) async throws -> ProofReport {
        try await retries.runAsync { try await PGProof(self, proof).run(workers: workers) }
    }
}
