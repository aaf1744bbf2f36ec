import DatasetGen
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Asks QuestDB over its REST API.
///
/// Source: QuestDB's documentation, "REST API": statements at `/exec`, and at `/exp` with their rows as CSV.
struct QuestDBClient {
    let session: HTTPSession

    /// A name in SQL.
    static func name(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }

    /// A text in SQL.
    static func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    /// An instant in SQL.
    static func instant(_ microseconds: Int64) -> String {
        literal(SimulatedTime(microseconds: microseconds).zonedText)
    }

    /// The condition that a row lies in a range of time.
    static func condition(_ times: Range<Int64>) -> String {
        "timestamp >= \(instant(times.lowerBound)) AND timestamp < \(instant(times.upperBound))"
    }

    /// Executes a statement that gives nothing.
    func execute(_ sql: String) throws(DeliveryError) {
        let answer = try session.get("/exec", [("query", sql)])
        guard answer.isSuccess else { throw session.refusal(answer, of: "a statement") }
    }

    /// The rows of a query as texts; NULL is empty.
    func rows(_ sql: String) throws(DeliveryError) -> [[String]] {
        var rows: [[String]] = []
        try forEachRow(sql) { bytes, fields in
            rows.append(fields.map { StoredNumber.string(bytes.extracting($0)) })
        }
        return rows
    }

    /// Hands on the rows of a query, piece by piece.
    func forEachRow(
        _ sql: String,
        _ body: @escaping (_ bytes: Span<UInt8>, _ fields: [Range<Int>]) -> Void
    ) throws(DeliveryError) {
        var reader = RecordReader()
        var isBehindHeading = false
        func take(_ bytes: Span<UInt8>, _ fields: [Range<Int>]) {
            if isBehindHeading { body(bytes, fields) }
            isBehindHeading = true
        }
        let answer = try session.get("/exp", [("query", sql)]) { reader.take($0, take) }
        guard answer.isSuccess else { throw session.refusal(answer, of: "a query") }
        reader.finish(take)
    }

    /// Whether there is a table of a name.
    func isTable(_ name: String) throws(DeliveryError) -> Bool {
        try !rows("SELECT table_name FROM tables() WHERE table_name = \(Self.literal(name))").isEmpty
    }

    /// Waits until all that was written to a table can be read.
    ///
    /// - Throws: ``DeliveryError`` where the table takes nothing any more.
    func settle(_ table: String) throws(DeliveryError) {
        let sql = "SELECT suspended, writerTxn, sequencerTxn FROM wal_tables() WHERE name = \(Self.literal(table))"
        let deadline = ContinuousClock.now + .seconds(600)
        while true {
            guard let row = try rows(sql).first else { return }
            if row[0] == "true" {
                throw DeliveryError(
                    .refused,
                    "the table \(table.quoted) is suspended: what was sent is not in it; ALTER TABLE \(table) RESUME WAL "
                        + "goes on"
                )
            }
            if row[1] == row[2] { return }
            guard ContinuousClock.now < deadline else {
                throw DeliveryError(
                    .refused,
                    "the table \(table.quoted) is behind after ten minutes: \(row[1]) of \(row[2]) transactions are applied"
                )
            }
            usleep(100_000)
        }
    }
}
