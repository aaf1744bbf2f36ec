import DatasetGen
import GRDB

extension RunTotals {
    /// The statement that stores them, as JSON; ``text`` is its parameter.
    static let statement = "INSERT OR REPLACE INTO live_totals (id, totals) VALUES (1, ?)"

    private static let counters: [(name: String, property: any WritableKeyPath<RunTotals, Int64> & Sendable)] = [
        ("readings", \.readings), ("rows", \.rows), ("skipped", \.skipped), ("lost", \.lost), ("saved", \.saved),
        ("errors", \.errors), ("refusals", \.refusals), ("commits", \.commits), ("retries", \.retries),
        ("lateness_count", \.latenessCount),
    ]

    private static let sums: [(name: String, property: any WritableKeyPath<RunTotals, Double> & Sendable)] = [
        ("running_seconds", \.runningSeconds), ("commit_seconds", \.commitSeconds), ("lateness_sum", \.latenessSum),
    ]

    /// Takes on other totals of the run, as far as they are greater.
    ///
    /// A database of an earlier state may have come back: what is written again is counted once, and nothing falls.
    mutating func grow(to other: RunTotals) {
        beganAt = other.beganAt
        for (_, property) in Self.counters {
            self[keyPath: property] = max(self[keyPath: property], other[keyPath: property])
        }
        for (_, property) in Self.sums {
            self[keyPath: property] = max(self[keyPath: property], other[keyPath: property])
        }
        for place in labels.indices { labels[place] = max(labels[place], other.labels[place]) }
    }

    /// As JSON.
    var text: String {
        var members = [JSONValue.Member(key: "began_at", value: .string(beganAt.zonedText))]
        members += Self.counters.map { .init(key: $0.name, value: .integer(self[keyPath: $0.property])) }
        members += Self.sums.map { .init(key: $0.name, value: .literal("\(self[keyPath: $0.property])")) }
        members += AnomalyType.allCases.map { .init(key: $0.name, value: .integer(anomalies($0))) }
        return JSONValue.object(members).compactText
    }

    /// Reads them again; nil for another text.
    init?(_ text: String) {
        guard let json = JSONValue(parsing: Array(text.utf8)),
            let began = json["began_at"]?.stringValue.flatMap({ SimulatedTime(parsing: $0) })
        else { return nil }
        self.init(beganAt: began)
        for (name, property) in Self.counters { self[keyPath: property] = Self.count(json[name]) }
        for (name, property) in Self.sums { self[keyPath: property] = json[name]?.doubleValue ?? 0 }
        for type in AnomalyType.allCases { labels[Int(type.rawValue)] = Self.count(json[type.name]) }
        labels[0] = max(0, readings - labels.dropFirst().reduce(0, +))
    }

    /// A counter that another program may have changed: nothing that is added to it overflows.
    private static func count(_ value: JSONValue?) -> Int64 { min(max(0, value?.integerValue ?? 0), 1 << 56) }

    /// What the database says; nil if it says nothing.
    static func read(_ database: Database) throws -> RunTotals? {
        guard try database.tableExists("live_totals") else { return nil }
        return try String.fetchOne(database, sql: "SELECT CAST(totals AS TEXT) FROM live_totals WHERE id = 1")
            .flatMap { RunTotals($0) }
    }

    /// Counts what a database holds of a run whose first reading is given, where no totals were kept.
    ///
    /// - Complexity: O(rows).
    static func count(_ database: Database, from first: Int64, to last: Int64, beganAt: SimulatedTime) throws
        -> RunTotals
    {
        var totals = RunTotals(beganAt: beganAt)
        totals.readings = max(0, last - first + 1)
        let groups = try Row.fetchCursor(
            database,
            sql: "SELECT anomaly_type, count(*) FROM sensor_data WHERE id BETWEEN ? AND ? GROUP BY 1",
            arguments: [first, last]
        )
        while let group = try groups.next() {
            let (name, count): (String?, Int64) = (group[0], group[1])
            totals.rows += count
            let type = name.flatMap { name in AnomalyType.allCases.first { $0.name == name } }
            totals.labels[Int(type?.rawValue ?? 0)] += count
        }
        // Rows that are not there were omitted, which only this type does.
        totals.labels[Int(AnomalyType.missingData.rawValue)] += max(0, totals.readings - totals.rows)
        return totals
    }
}
