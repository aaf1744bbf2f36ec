import DatasetGen
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Asks ClickHouse over its HTTP interface.
struct ClickHouseClient {
    let session: HTTPSession
    let database: String

    /// A name in SQL.
    static func name(_ text: String) -> String { "`" + escaped(text, "`") + "`" }

    /// A text in SQL.
    static func literal(_ text: String) -> String { "'" + escaped(text, "'") + "'" }

    private static func escaped(_ text: String, _ quote: Unicode.Scalar) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == quote || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// The condition that a row's time lies in a range; where the server knows whole seconds only, `isWhole`.
    static func condition(_ times: Range<Int64>, isWhole: Bool, column: String = "timestamp") -> String {
        let bounds = [times.lowerBound, times.upperBound]
            .map { time in
                isWhole
                    ? "toDateTime(\((time + 999_999).flooredQuotient(by: 1_000_000)))"
                    : "fromUnixTimestamp64Micro(toInt64(\(time)), 'UTC')"
            }
        return "\(column) >= \(bounds[0]) AND \(column) < \(bounds[1])"
    }

    /// The time of a row, in microseconds since 1970.
    static func microseconds(isWhole: Bool, column: String = "timestamp") -> String {
        isWhole ? "toInt64(toUInt32(\(column))) * 1000000" : "toUnixTimestamp64Micro(\(column))"
    }

    /// When a row arrives, in microseconds since 1970.
    static func arrival(isWhole: Bool) -> String {
        isWhole ? "arrival_time" : "toUnixTimestamp64Micro(arrival_time)"
    }

    /// Executes a statement that gives nothing.
    func execute(_ sql: String) throws(DeliveryError) { _ = try rows(sql) }

    /// The rows of a statement as texts.
    func rows(_ sql: String) throws(DeliveryError) -> [[String]] {
        var rows: [[String]] = []
        try forEachRow(sql) { bytes, fields in
            rows.append(fields.map { StoredNumber.string(bytes.extracting($0)) })
        }
        return rows
    }

    /// Hands on the rows of a statement, piece by piece; NULL is `\N`.
    func forEachRow(
        _ sql: String,
        _ body: @escaping (_ bytes: Span<UInt8>, _ fields: [Range<Int>]) -> Void
    ) throws(DeliveryError) {
        var reader = RecordReader()
        var last = ""
        func take(_ bytes: Span<UInt8>, _ fields: [Range<Int>]) {
            // What goes wrong after the first rows stands behind the last of them.
            let text = bytes.extracting(fields[0])
            if text.count > 5, text[0] == UInt8(ascii: "C"), text[4] == UInt8(ascii: ":") {
                last = StoredNumber.string(text)
            }
            body(bytes, fields)
        }
        let answer = try session.post([Array(sql.utf8)], to: "/", [("default_format", "CSV")]) { reader.take($0, take) }
        guard answer.isSuccess else { throw refusal(answer) }
        reader.finish(take)
        if let kind = Self.kind(of: last) { throw DeliveryError(kind, "\(session.server.name): \(last)") }
    }

    /// The error of an answer that is no success.
    func refusal(_ answer: HTTPAnswer) -> DeliveryError {
        let error = session.refusal(answer, of: "a statement")
        return Self.kind(of: answer.text).map { DeliveryError($0, error.description, waiting: error.pause) } ?? error
    }

    /// What kind of trouble a text of the server tells of; nil if it is none that begins with a code.
    private static func kind(of text: String) -> DeliveryError.Kind? {
        guard text.hasPrefix("Code: "), let code = Int(text.dropFirst(6).prefix { $0.isWholeNumber }) else {
            return nil
        }
        return transient.contains(code) ? .transient : .refused
    }

    /// Codes of errors that pass.
    ///
    /// Source: ClickHouse, `src/Common/ErrorCodes.cpp`: timeouts and the network (159, 209, 210), too many queries (202), no
    /// free connection (203), memory (241), a read-only replica (242), too many parts (252), the server ends (394, 735).
    private static let transient: Set<Int> = [159, 202, 203, 209, 210, 241, 242, 252, 394, 735]

    /// Whether the server knows `DateTime64` and what goes with it: from version 20.5 on.
    func knowsMicroseconds() throws(DeliveryError) -> Bool {
        let version = try rows("SELECT version()").first?.first ?? ""
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        guard numbers.count > 1 else {
            throw DeliveryError(.refused, "\(session.server.name) is no ClickHouse: its version is \(version.quoted)")
        }
        return (numbers[0], numbers[1]) >= (20, 5)
    }

    /// Waits until the server works on none of the requests whose names begin so.
    func waitForEnd(of prefix: String) throws(DeliveryError) {
        let sql = "SELECT count() FROM system.processes WHERE startsWith(query_id, \(Self.literal(prefix)))"
        let deadline = ContinuousClock.now + .seconds(120)
        while try rows(sql).first?.first != "0" {
            guard ContinuousClock.now < deadline else {
                throw DeliveryError(.transient, "\(session.server.name) still works on what was sent to it before")
            }
            usleep(100_000)
        }
    }
}
