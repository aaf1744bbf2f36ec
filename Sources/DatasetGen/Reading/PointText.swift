/// What texts cannot be in points of a time series database.
///
/// Source: the line protocol of InfluxDB. A backslash escapes the comma, the blank or the equals sign behind it, and nothing
/// escapes a backslash: at the end of a text it would swallow what separates it from the next.
package enum PointText {
    /// The columns that can be tags: what is the same in all readings of a sensor.
    package static let tagColumns: [Column] = [.sensorID] + Column.metadata

    /// What is wrong with a text that is a name or the value of a tag; nil if nothing is.
    package static func problem(ofName text: String) -> String? {
        if text.isEmpty { return "the text is empty, which line protocol has no way to write" }
        if text.utf8.last == UInt8(ascii: "\\") {
            return "the text ends in \\, which line protocol has no way to write"
        }
        return text.utf8.contains(UInt8(ascii: "\n")) ? "the text has a line break" : nil
    }
}

extension Sensor {
    /// The text of a tag; nil where the sensor has none.
    package func text(ofTag column: Column) -> String? {
        switch column {
        case .sensorID: id
        case .firmwareVersion: firmwareVersion.text
        case .model: model
        case .manufacturer: manufacturer
        case .serialNumber: serialNumber
        case .location: place.name
        case .latitude: place.latitude?.text
        case .longitude: place.longitude?.text
        case .timezone: place.timezone
        case .deploymentType: deploymentType
        case .installationDate: installationDate
        case .heightMeters: heightMeters?.text
        default: nil
        }
    }
}

extension Fleet {
    /// Throws if a tag of a sensor cannot be written.
    func checkTags(_ outputs: [OutputParameters]) throws(TagError) {
        for output in outputs where output.format.isLineProtocol {
            for sensor in sensors {
                for column in output.points.tags {
                    guard let text = sensor.text(ofTag: column), let problem = PointText.problem(ofName: text) else {
                        continue
                    }
                    throw TagError(format: output.format, sensor: sensor.id, column: column, problem: problem)
                }
            }
        }
    }
}

/// A text of a sensor that cannot be a tag.
public struct TagError: Error, Hashable, CustomStringConvertible {
    /// The format that has tags.
    public let format: OutputFormat
    /// The identifier of the sensor.
    public let sensor: String
    /// Which of its texts it is.
    public let column: Column
    let problem: String

    /// The key of the recipe that has to change.
    var keyPath: String { "outputs.\(format.rawValue)" }

    /// One line on what is wrong and what would be right.
    public var description: String {
        let remedy = column == .sensorID ? "name the sensor otherwise" : "change it, or leave it out of the tags"
        return "\(column.name) of sensor \(sensor.quoted): \(problem); \(remedy)"
    }
}
