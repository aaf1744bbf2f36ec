import DatasetFormats
import DatasetGen

/// Events in line protocol: a point at the start of each, with the sensor as its tag and all else as fields.
struct EventLines {
    let measurement: String
    /// The unit of the times of points.
    let timestamps: TimestampStyle
    /// What stands behind the microseconds of the end.
    let timeSuffix: String

    /// So many lines are a request.
    private static var linesPerBody: Int { 5_000 }

    /// Sends events; what is there already replaces itself.
    func send(
        _ events: EventList,
        over session: HTTPSession,
        to path: String,
        _ query: [(String, String)]
    ) throws(DeliveryError) {
        for first in stride(from: 0, to: events.rows.count, by: Self.linesPerBody) {
            let rows = events.rows[first..<min(events.rows.count, first + Self.linesPerBody)]
            let answer = try session.post(
                [Array(rows.map { line($0, events.columns) }.joined().utf8)],
                to: path,
                query,
                headers: ["Content-Type: text/plain; charset=utf-8"]
            )
            guard answer.isSuccess else { throw session.refusal(answer, of: "events") }
        }
    }

    private func line(_ row: EventList.Row, _ columns: [EventList.Column]) -> String {
        var (sensor, start, fields) = ("", Int64(0), [String]())
        for (column, value) in zip(columns, row.values) {
            switch (column.name, value) {
            case ("sensor_id", .text(let text)): sensor = LineProtocolText.tag(text)
            case ("start", .time(let time, _)): start = timestamps.number(of: time.microseconds)
            case (_, .null): break
            case (_, .integer(let number)): fields.append("\(column.name)=\(number)i")
            case (_, .decimal(let number)): fields.append("\(column.name)=\(number.text)")
            case (_, .time(let time, _)): fields.append("\(column.name)=\(time.microseconds)\(timeSuffix)")
            case (_, .text(let text)): fields.append("\(column.name)=\(LineProtocolText.field(text))")
            }
        }
        return
            "\(LineProtocolText.measurement(measurement)),sensor_id=\(sensor) \(fields.joined(separator: ",")) \(start)\n"
    }
}
