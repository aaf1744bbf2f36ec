import DatasetGen

/// A parameter of a query.
enum QueryParameter: String {
    case sensor
    case limit
    case after
    case search = "q"
    case metric
    case step
    case columns
    case since
    case from
    case to
    case points

    static let longestText = 200
    /// No control characters, as an ECMA 262 pattern.
    private static let printable = #"^[^\u0000-\u001f\u007f]*$"#

    var summary: String {
        switch self {
        case .sensor:
            "The id of a sensor; without it /samplez has the whole fleet's readings, /history the first sensor's."
        case .limit: "How many at most."
        case .after: "Only readings whose id is greater than this."
        case .search: "A part of the id, whatever the case of its letters."
        case .metric: "The name of a metric that is a number; the first one without it."
        case .step: "Seconds between two columns."
        case .columns: "How many columns at most."
        case .since: "Only columns after this instant."
        case .from: "The first instant; without it as many readings as points."
        case .to: "The end of the stretch, which is not part of it; without it up to the newest reading."
        case .points: "How many points at most."
        }
    }

    /// What a value must be, in words.
    func expectation(limits: MonitoringLimits) -> String {
        switch self {
        case .sensor: "a sensor's id of 1 to \(Self.longestText) characters"
        case .limit: "a whole number from 1 to \(limits.readings)"
        case .after: "a whole number from 0"
        case .search: "a text of at most \(Self.longestText) characters"
        case .metric: "the name of a metric that is a number"
        case .step: "a whole number of seconds from 1 to \(Query.longestStep)"
        case .columns: "a whole number from 1 to \(Query.mostColumns)"
        case .since, .from, .to: "a time such as 2026-01-31T12:00:00Z"
        case .points: "a whole number from 1 to \(Query.mostPoints)"
        }
    }

    /// What a value must be, as a JSON Schema.
    func schema(limits: MonitoringLimits) -> JSONValue {
        switch self {
        case .sensor:
            [
                "type": "string", "minLength": .integer(1), "maxLength": .integer(Self.longestText),
                "pattern": .string(Self.printable),
            ]
        case .limit:
            [
                "type": "integer", "minimum": .integer(1), "maximum": .integer(limits.readings),
                "default": .integer(Query.defaultLimit),
            ]
        case .after: ["type": "integer", "minimum": .integer(0), "maximum": .integer(Int64.max)]
        case .search:
            [
                "type": "string", "maxLength": .integer(Self.longestText), "pattern": .string(Self.printable),
                "default": "",
            ]
        case .metric: ["type": "string", "minLength": .integer(1), "maxLength": .integer(Self.longestText)]
        case .step: Self.range(Query.longestStep, default: Query.defaultStep)
        case .columns: Self.range(Query.mostColumns, default: Query.defaultColumns)
        case .points: Self.range(Query.mostPoints, default: Query.defaultPoints)
        case .since, .from, .to: ["type": "string", "format": "date-time"]
        }
    }

    /// A whole number from 1 on.
    private static func range(_ most: Int, default value: Int) -> JSONValue {
        ["type": "integer", "minimum": .integer(1), "maximum": .integer(most), "default": .integer(value)]
    }
}
