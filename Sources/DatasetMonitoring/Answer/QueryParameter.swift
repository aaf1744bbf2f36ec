import DatasetGen

/// A parameter of a query.
enum QueryParameter: String {
    case sensor
    case limit
    case after
    case search = "q"

    static let longestText = 200
    /// No control characters, as an ECMA 262 pattern.
    private static let printable = #"^[^\u0000-\u001f\u007f]*$"#

    var summary: String {
        switch self {
        case .sensor: "The id of a sensor; readings of the whole fleet without it."
        case .limit: "How many at most."
        case .after: "Only readings whose id is greater than this."
        case .search: "A part of the id, whatever the case of its letters."
        }
    }

    /// What a value must be, in words.
    func expectation(limits: MonitoringLimits) -> String {
        switch self {
        case .sensor: "a sensor's id of 1 to \(Self.longestText) characters"
        case .limit: "a whole number from 1 to \(limits.readings)"
        case .after: "a whole number from 0"
        case .search: "a text of at most \(Self.longestText) characters"
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
        }
    }
}
