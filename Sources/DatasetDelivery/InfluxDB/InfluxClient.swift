import DatasetGen

/// Asks InfluxDB in InfluxQL.
struct InfluxClient {
    let api: InfluxAPI
    let session: HTTPSession

    /// A series of an answer.
    struct Series {
        let tags: [JSONValue.Member]
        let rows: [[JSONValue]]

        /// The value of a tag.
        subscript(tag: String) -> String? { tags.first { $0.key == tag }?.value.stringValue }
    }

    /// The series that statements give, by statement.
    ///
    /// - Throws: ``DeliveryError`` also where one of them fails.
    func query(_ statements: [String], isChange: Bool = false) throws(DeliveryError) -> [[Series]] {
        let text = statements.joined(separator: "; ")
        let query = [("db", api.database), ("epoch", "u"), ("q", text)]
        let answer = try isChange ? session.post([], to: "/query", query) : session.get("/query", query)
        guard answer.isSuccess else { throw session.refusal(answer, of: statements[0].prefix(60) + "") }
        guard let json = JSONValue(parsing: Array(answer.text.utf8)), let results = json["results"]?.elements else {
            throw DeliveryError(.refused, "\(session.server.name) answers what is no JSON to \(statements[0])")
        }
        var all: [[Series]] = []
        for result in results {
            if let error = result["error"]?.stringValue ?? json["error"]?.stringValue {
                throw DeliveryError(.refused, "\(session.server.name): \(error)")
            }
            all.append(
                (result["series"]?.elements ?? [])
                    .map { series in
                        Series(
                            tags: series["tags"]?.members ?? [],
                            rows: (series["values"]?.elements ?? []).map(\.elements)
                        )
                    }
            )
        }
        guard all.count == statements.count else {
            throw DeliveryError(
                .refused,
                "\(session.server.name) answers \(all.count) of \(statements.count) statements"
            )
        }
        return all
    }

    /// Hands on the rows that a statement gives, piece by piece: name, tags and time before what is selected.
    func forEachRow(
        _ statement: String,
        _ body: @escaping (_ bytes: Span<UInt8>, _ fields: [Range<Int>]) -> Void
    ) throws(DeliveryError) {
        var reader = RecordReader()
        var failure: String?
        var isBehindError = false
        func take(_ bytes: Span<UInt8>, _ fields: [Range<Int>]) {
            if fields.count < 4 {
                // An error that comes after the first rows: its heading, then its text.
                let text = StoredNumber.string(bytes.extracting(fields[0]))
                if isBehindError { failure = text }
                isBehindError = text == "error"
                return
            }
            // The heading, which comes again with each series.
            if StoredNumber.integer(bytes.extracting(fields[2])) != nil { body(bytes, fields) }
        }
        let answer = try session.get(
            "/query",
            [("db", api.database), ("epoch", "u"), ("chunked", "true"), ("q", statement)],
            headers: ["Accept: application/csv"]
        ) { reader.take($0, take) }
        guard answer.isSuccess else { throw session.refusal(answer, of: "a query") }
        reader.finish(take)
        if let failure { throw DeliveryError(.refused, "\(session.server.name): \(failure)") }
    }
}
