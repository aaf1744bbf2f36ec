import DatasetGen

/// The parameters that a request asks with.
struct Query: Hashable {
    static let defaultLimit = 10
    static let (defaultStep, longestStep) = (5, 604_800)
    static let (defaultColumns, mostColumns) = (120, 240)
    static let (defaultPoints, mostPoints) = (600, 2_000)

    private(set) var sensor: String?
    private(set) var limit = Query.defaultLimit
    private(set) var after: Int64?
    private(set) var search = ""
    private(set) var metric: String?
    /// Seconds.
    private(set) var step = Query.defaultStep
    private(set) var columns = Query.defaultColumns
    private(set) var since: SimulatedTime?
    private(set) var from: SimulatedTime?
    private(set) var to: SimulatedTime?
    private(set) var points = Query.defaultPoints

    /// Reads the part of the target behind the question mark.
    init(_ text: String?, for endpoint: Endpoint, limits: MonitoringLimits) throws(Problem) {
        var given: Set<QueryParameter> = []
        for pair in (text ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let parameter = QueryParameter(rawValue: String(parts[0])),
                endpoint.parameters.contains(parameter)
            else { throw Self.unknownParameter(of: endpoint) }
            guard given.insert(parameter).inserted else {
                throw Problem("bad_query", "\(parameter.rawValue) is given twice")
            }
            let value = Self.decoded(parts.count > 1 ? parts[1] : "")
            guard let value, value.unicodeScalars.count <= QueryParameter.longestText, set(parameter, to: value, limits)
            else {
                throw Problem("bad_query", "\(parameter.rawValue) must be \(parameter.expectation(limits: limits))")
            }
        }
    }

    private mutating func set(_ parameter: QueryParameter, to value: String, _ limits: MonitoringLimits) -> Bool {
        switch parameter {
        case .sensor:
            sensor = value
            return !value.isEmpty
        case .search:
            search = value
            return true
        case .limit: return Self.set(&limit, to: value, most: limits.readings)
        case .after:
            after = Self.number(value)
            return after != nil
        case .metric:
            metric = value
            return !value.isEmpty
        case .step: return Self.set(&step, to: value, most: Self.longestStep)
        case .columns: return Self.set(&columns, to: value, most: Self.mostColumns)
        case .points: return Self.set(&points, to: value, most: Self.mostPoints)
        case .since: return Self.set(&since, to: value)
        case .from: return Self.set(&from, to: value)
        case .to: return Self.set(&to, to: value)
        }
    }

    /// Takes on a whole number from 1 on; false for anything else.
    private static func set(_ parameter: inout Int, to value: String, most: Int) -> Bool {
        guard let number = number(value), (1...Int64(most)).contains(number) else { return false }
        parameter = Int(number)
        return true
    }

    /// Takes on an instant; false for anything else.
    private static func set(_ parameter: inout SimulatedTime?, to value: String) -> Bool {
        parameter = SimulatedTime(parsing: value)
        return parameter != nil
    }

    /// The name of the parameter is not repeated: it may be a secret in the wrong place.
    private static func unknownParameter(of endpoint: Endpoint) -> Problem {
        let known = endpoint.parameters.map(\.rawValue).joined(separator: ", ")
        let path = endpoint.rawValue
        return Problem(
            "bad_query",
            known.isEmpty ? "\(path) takes no parameters" : "the parameters of \(path) are \(known)"
        )
    }

    private static func number(_ text: String) -> Int64? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(text) : nil
    }

    /// The text that percent signs and plus signs stand for; nil if it is not UTF-8 or has control characters.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                guard digits.count == 2, let value = UInt8(Substring(digits), radix: 16),
                    digits.first != UInt8(ascii: "+")
                else { return nil }
                bytes.append(value)
                rest.removeFirst(2)
            default:
                bytes.append(byte)
            }
        }
        let decoded = String(validating: bytes, as: UTF8.self)
        return decoded.flatMap { $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f } ? nil : $0 }
    }
}
