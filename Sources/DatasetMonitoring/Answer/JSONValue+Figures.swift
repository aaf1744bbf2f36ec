import DatasetGen

extension JSONValue {
    static func boolean(_ value: Bool) -> JSONValue { .literal(value ? "true" : "false") }

    /// A number with at most three decimals; what is not finite becomes `null`.
    static func figure(_ value: Double?) -> JSONValue {
        guard let value, value.isFinite else { return .null }
        // Beyond 10¹⁵ thousandths are no longer exact.
        return value.magnitude < 1e15 ? .rounded(value, decimals: 3) : .literal(String(value))
    }

    static func seconds(_ duration: Duration?) -> JSONValue { figure(duration.map { $0 / .seconds(1) }) }

    static func time(_ time: SimulatedTime?) -> JSONValue { .text(time?.zonedText) }

    static func integer(orNull value: Int64?) -> JSONValue { value.map { .integer($0) } ?? .null }

    /// The same with whole numbers from 2^53 on as text: browsers round them.
    var exactInBrowsers: JSONValue {
        switch self {
        case .object(let members):
            .object(members.map { Member(key: $0.key, value: $0.value.exactInBrowsers) })
        case .array(let elements): .array(elements.map(\.exactInBrowsers))
        case .literal(let text):
            if let number = UInt64(text.drop { $0 == "-" }), number >= 1 << 53 { .string(text) } else { self }
        case .string: self
        }
    }

    /// Readings by type of anomaly.
    static func counts(_ counts: AnomalyCounts?) -> JSONValue {
        guard let counts else { return .null }
        return .object(AnomalyType.allCases.map { Member(key: $0.name, value: .integer(counts[$0])) })
    }
}
