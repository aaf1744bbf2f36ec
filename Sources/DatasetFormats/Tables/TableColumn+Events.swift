package import DatasetGen

extension [TableColumn<EventRow>] {
    /// The columns of `events.csv` and of the table `events`, with times in the style of the readings beside them.
    ///
    /// - Parameters:
    ///   - timestamps: how times are written.
    ///   - recipe: the recipe; one with incidents has their columns too, and so has one that asks for realised sizes.
    ///   - texts: the names that rows have; none for columns of which only names and types count.
    /// - Returns: the columns.
    package static func events(
        _ timestamps: TimestampStyle,
        of recipe: Recipe,
        _ texts: EventTexts = .none
    ) -> [TableColumn<EventRow>] {
        own(timestamps, texts) + (recipe.incidents.isEmpty ? [] : ofIncidents(recipe.incidents))
            + (recipe.tellsRealised ? realised : [])
    }

    /// The columns that every table of events has.
    private static func own(_ timestamps: TimestampStyle, _ texts: EventTexts) -> [TableColumn<EventRow>] {
        [
            // The number comes when the event is appended: in SQLite it is the rowid, whose alias is NULL in the record.
            TableColumn("event_id", "INTEGER PRIMARY KEY", .integer { _ in nil }),
            TableColumn("sensor_id", "TEXT", .listed(texts.sensors) { $0.event.sensor }),
            TableColumn("anomaly_type", "TEXT", listed(AnomalyType.allCases, \.name) { $0.event.type }),
            TableColumn("metrics", "TEXT", .names(texts.metrics) { $0.event.metrics.rawValue }),
            TableColumn("start", timestamps.sqlType, .time(timestamps) { $0.start }),
            TableColumn("end", timestamps.sqlType, .time(timestamps) { $0.end }),
            TableColumn("first_reading", "INTEGER", .integer { $0.firstReading }),
            TableColumn("last_reading", "INTEGER", .integer { $0.lastReading }),
            TableColumn("readings", "INTEGER", .integer { Int64($0.event.ticks.count) }),
            TableColumn("magnitude", "REAL", .decimal { $0.event.magnitude }),
            TableColumn("direction", "TEXT", listed([.up, .down], \.rawValue) { $0.event.direction }),
            TableColumn("mode", "TEXT", listed(MissingMode.allCases, \.rawValue) { $0.event.mode }),
            TableColumn("peak_snr", "REAL", .decimal { $0.event.peakSNR }),
            TableColumn("difficulty", "TEXT", listed(Difficulty.allCases, \.rawValue) { $0.event.difficulty }),
            TableColumn("truncated", "BOOLEAN", .integer { $0.event.isTruncated ? 1 : 0 }),
        ]
    }

    /// What the events of an incident have in common.
    private static func ofIncidents(_ incidents: [IncidentParameters]) -> [TableColumn<EventRow>] {
        let scopes = incidents.map(\.scope.rawValue)
        return [
            TableColumn("cause_id", "TEXT", .text { $0.incident?.id }),
            TableColumn("cause", "TEXT", .listed(ListedTexts(incidents.map(\.cause))) { $0.event.incident?.cause }),
            TableColumn("scope", "TEXT", .listed(ListedTexts(scopes)) { $0.event.incident?.cause }),
            TableColumn("scope_name", "TEXT", .text { $0.incident?.scopeName }),
        ]
    }

    /// What became of the sizes that were meant.
    private static var realised: [TableColumn<EventRow>] {
        [
            TableColumn("realised_magnitude", "REAL", .decimal { $0.event.realisedMagnitude }),
            TableColumn("realised_peak_snr", "REAL", .decimal { $0.event.realisedPeakSNR }),
        ]
    }

    /// One of some cases.
    private static func listed<Value: Equatable & Sendable>(
        _ cases: [Value],
        _ text: (Value) -> String,
        _ value: @escaping @Sendable (EventRow) -> Value?
    ) -> TableColumn<EventRow>.Content {
        .listed(ListedTexts(cases.map(text))) { row in value(row).flatMap { cases.firstIndex(of: $0) } }
    }
}

/// The names that rows of the event table have, prepared once for all events of a plan.
package struct EventTexts: Sendable {
    /// The names of the sensors, and of the metrics.
    let (sensors, metrics): (ListedTexts, ListedTexts)

    /// Those of a plan.
    package init(_ plan: GenerationPlan) {
        sensors = ListedTexts(plan.fleet.sensors.map(\.id))
        metrics = ListedTexts(plan.recipe.schema.metrics.map(\.name))
    }

    private init() { (sensors, metrics) = (ListedTexts([]), ListedTexts([])) }

    /// For rows that there are none of.
    package static let none = EventTexts()
}
