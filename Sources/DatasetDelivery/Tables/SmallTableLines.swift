import DatasetFormats
import DatasetGen

/// Events or phenomena in line protocol: a point at the start of each, with what recurs as tags and all else as fields.
struct SmallTableLines {
    let measurement: String
    /// The unit of the times of points.
    let timestamps: TimestampStyle
    /// What stands behind the microseconds of the end.
    let timeSuffix: String

    /// So many lines are a request.
    private static var linesPerBody: Int { 5_000 }

    /// Sends a table; what is there already replaces itself.
    func send(
        _ table: SmallTable,
        over session: HTTPSession,
        to path: String,
        _ query: [(String, String)]
    ) throws(DeliveryError) {
        for first in stride(from: 0, to: table.rows.count, by: Self.linesPerBody) {
            let rows = table.rows[first..<min(table.rows.count, first + Self.linesPerBody)]
            let answer = try session.post(
                [Array(rows.map { line($0, table) }.joined().utf8)],
                to: path,
                query,
                headers: ["Content-Type: text/plain; charset=utf-8"]
            )
            guard answer.isSuccess else { throw session.refusal(answer, of: table.kind.rawValue) }
        }
    }

    private func line(_ row: SmallTable.Row, _ table: SmallTable) -> String {
        var (tags, start, fields) = ("", Int64(0), [String]())
        for (column, value) in zip(table.columns, row.values) {
            switch (column.name, value) {
            case (_, .null): break
            case ("start", .time(let time, _)): start = timestamps.number(of: time.microseconds)
            case (let name, .text(let text)) where table.kind.tags.contains(name):
                tags += ",\(name)=\(LineProtocolText.tag(text))"
            case (_, .integer(let number)): fields.append("\(column.name)=\(number)i")
            case (_, .decimal(let number)): fields.append("\(column.name)=\(number.text)")
            case (_, .time(let time, _)): fields.append("\(column.name)=\(time.microseconds)\(timeSuffix)")
            case (_, .text(let text)): fields.append("\(column.name)=\(LineProtocolText.field(text))")
            }
        }
        return "\(LineProtocolText.measurement(measurement))\(tags) \(fields.joined(separator: ",")) \(start)\n"
    }
}
