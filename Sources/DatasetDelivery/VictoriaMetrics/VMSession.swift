import DatasetGen

/// What is asked of a VictoriaMetrics server, by one thread.
struct VMSession {
    private let session: HTTPSession
    /// What paths begin with.
    private let prefix: String

    init(_ server: HTTPServer, prefix: String) throws(DeliveryError) {
        session = try server.connect()
        self.prefix = prefix
    }

    /// Sends lines to be imported, in parts.
    func importLines(_ parts: [[UInt8]], isCompressed: Bool) throws(DeliveryError) {
        let answer = try session.post(
            parts,
            to: prefix + "/api/v1/import",
            headers: ["Content-Type: application/json"] + (isCompressed ? ["Content-Encoding: gzip"] : []),
            // What was sent once more would be there twice.
            isRepeatable: false
        )
        guard answer.isSuccess else { throw session.refusal(answer, of: "an import") }
    }

    /// What the server tells of itself.
    func state() throws(DeliveryError) -> VMState {
        let state = VMState(try text("/metrics"))
        guard state.start != nil else {
            throw DeliveryError(
                .refused,
                "\(session.server.name) is no VictoriaMetrics server: its /metrics tells nothing of one"
            )
        }
        return state
    }

    /// The server's clock, in seconds since 1970.
    func now() throws(DeliveryError) -> Double {
        let answer = try json("/api/v1/query", [("query", "time()")])
        // The vector of one number: a pair of the time and the number as text.
        let value = answer["data"]?["result"]?.elements.first?["value"]?.elements.last
        guard let seconds = value?.stringValue.flatMap({ Double($0) }) else { throw unexpected("/api/v1/query") }
        return seconds
    }

    /// The values that a label has in series which have samples on the days of a range of time; nil for any time.
    func labelValues(_ label: String, _ selector: String, _ times: Range<Int64>?) throws(DeliveryError) -> [String] {
        let range = VMSelector.range(times ?? 0..<VMSelector.endOfTime)
        let answer = try json("/api/v1/label/\(label)/values", [("match[]", selector)] + range)
        guard let values = answer["data"]?.elements else { throw unexpected("/api/v1/label/…/values") }
        return values.compactMap(\.stringValue)
    }

    /// Hands on the lines of an export, piece by piece.
    func export(
        _ selector: String,
        _ times: Range<Int64>,
        _ consume: @escaping (Span<UInt8>) -> Void
    ) throws(DeliveryError) {
        let query = [("match[]", selector), ("reduce_mem_usage", "1")] + VMSelector.range(times)
        let answer = try session.get(prefix + "/api/v1/export", query, consume: consume)
        guard answer.isSuccess else { throw session.refusal(answer, of: "an export") }
    }

    /// Makes queries see what has been imported.
    func flush() throws(DeliveryError) { _ = try text("/internal/force_flush") }

    /// Makes queries see even what has been imported just now, or is still being imported for somebody who has gone.
    ///
    /// What the server itself is about to make visible, a flush does not wait for.
    func settle() throws(DeliveryError) {
        try flush()
        Pacer.sleep(until: .now + .milliseconds(1_500)) { false }
        try flush()
    }

    /// Has everything that has been imported on the disk: a snapshot is of files, and removed again.
    func makeDurable() throws(DeliveryError) {
        let answer = try json("/snapshot/create", [])
        guard let name = answer["snapshot"]?.stringValue else { throw unexpected("/snapshot/create") }
        _ = try json("/snapshot/delete", [("snapshot", name)])
    }

    /// Makes queries forget results that were computed before the import.
    func resetCache() throws(DeliveryError) { _ = try text("/internal/resetRollupResultCache") }

    /// Removes series with all their samples.
    func delete(_ selector: String) throws(DeliveryError) {
        _ = try text("/api/v1/admin/tsdb/delete_series", [("match[]", selector)])
    }

    private func text(_ path: String, _ query: [(String, String)] = []) throws(DeliveryError) -> String {
        let answer = try session.get(prefix + path, query)
        guard answer.isSuccess else { throw session.refusal(answer, of: path) }
        return answer.text
    }

    private func json(_ path: String, _ query: [(String, String)]) throws(DeliveryError) -> JSONValue {
        guard let value = JSONValue(parsing: Array(try text(path, query).utf8)),
            value["status"]?.stringValue.map({ $0 == "ok" || $0 == "success" }) ?? false
        else { throw unexpected(path) }
        return value
    }

    private func unexpected(_ path: String) -> DeliveryError {
        DeliveryError(.refused, "\(session.server.name) gives to \(path) an answer that is none of VictoriaMetrics")
    }
}

/// Selectors of series, and ranges of time, as queries have them.
enum VMSelector {
    /// The first instant behind all, in microseconds since 1970.
    static let endOfTime: Int64 = 4_102_444_800_000_000

    /// Some series of some sensors; of all where none are named.
    static func series(_ names: [String], of sensors: [String] = []) -> String {
        let name = "__name__=~" + quoted(names.map(escaped).joined(separator: "|"))
        return sensors.isEmpty
            ? "{\(name)}" : "{\(name),sensor_id=~" + quoted(sensors.map(escaped).joined(separator: "|")) + "}"
    }

    /// The parameters of a range of microseconds: both ends belong to it, in milliseconds.
    static func range(_ times: Range<Int64>) -> [(String, String)] {
        func seconds(_ microseconds: Int64) -> String {
            let milliseconds = microseconds.flooredQuotient(by: 1_000)
            let (whole, rest) = (
                milliseconds.flooredQuotient(by: 1_000), milliseconds.flooredRemainder(by: 1_000)
            )
            return "\(whole)." + String(String(1_000 + rest).dropFirst())
        }
        return [("start", seconds(times.lowerBound)), ("end", seconds(times.upperBound - 1))]
    }

    /// A text in a regular expression that means itself.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if "\\.+*?()|[]{}^$".unicodeScalars.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// A text in quotes, as a query has it.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
