extension OutputSection {
    /// The keys of a format of points.
    static let pointFields = [
        Field(
            "measurement",
            \OutputSection.measurement,
            .measurement,
            default: PointParameters.defaultMeasurement,
            "What the points are of, the name of the table in SQL; in `openmetrics` what names of series begin with."
        ),
        Field(
            "tags",
            \.tags,
            ValueType.tag.orList(named: "columns"),
            default: "[\(PointParameters.defaultTags.map(\.name).joined(separator: ", "))]",
            "The columns that are tags, `sensor_id` among them; a tag that a sensor does not have is left out."
        ),
        Field(
            "labels",
            \.labels,
            .choice,
            default: "fields",
            "Whether `anomaly_flag` and `anomaly_type` tell of anomalies, in `openmetrics` a series of numbers; without them a "
                + "reading of which nothing is there has no point."
        ),
    ]

    /// The key of a format whose readings may be in several files.
    static let fileFields = [
        Field(
            "time_per_file",
            \OutputSection.timePerFile,
            .duration,
            default: "one file of all",
            "Time of which a file has the readings, whole multiples of 2h: `readings-001.om`, `readings-002.om` and so on."
        )
    ]

    /// The keys of line protocol.
    static let lineProtocolFields = [
        Field(
            "precision",
            \OutputSection.precision,
            .choice,
            default: "the coarsest that is exact",
            "The unit of times: seconds, milliseconds, microseconds or nanoseconds. Whoever loads the file has to state it."
        ),
        Field(
            "database",
            \.database,
            .databaseName,
            default: "no head",
            "The database in the head that `influx -import` needs; the head creates it where it is not there."
        ),
    ]
}

/// The unit of the times of points.
enum PointPrecision: String, CaseIterable, Sendable {
    case seconds = "s"
    case milliseconds = "ms"
    case microseconds = "us"
    case nanoseconds = "ns"

    /// How times are written.
    var style: TimestampStyle {
        switch self {
        case .seconds: .epochSeconds
        case .milliseconds: .epochMilliseconds
        case .microseconds: .epochMicroseconds
        case .nanoseconds: .epochNanoseconds
        }
    }

    /// The coarsest unit in which all times are whole numbers, of so many microseconds at most.
    static func coarsest(on grid: TickGrid, atMost unit: Int64 = .max) -> TimestampStyle {
        allCases.map(\.style).first { grid.isWhole(in: $0) && $0.microsecondsPerUnit <= unit } ?? .epochMicroseconds
    }

    /// The precision of times that are written so; nil for texts.
    init?(_ style: TimestampStyle) {
        guard let precision = Self.allCases.first(where: { $0.style == style }) else { return nil }
        self = precision
    }
}

extension ValueType where Value == String {
    /// The name of a measurement.
    fileprivate static let measurement = text.checked { name in
        if let problem = PointText.problem(ofName: name) { return problem }
        // Lines that begin so are comments; InfluxDB keeps names that begin with _ for itself.
        return name.hasPrefix("#") || name.hasPrefix("_") ? "a measurement does not begin with # or _" : nil
    }

    /// A column that is the same in all readings of a sensor.
    fileprivate static let tag = {
        let names = PointText.tagColumns.map(\.name)
        let expectation = "one of " + names.joined(separator: ", ")
        return ValueType(expectation: expectation, schema: .enumeration(names)) { node, path, decoder in
            guard let name = node.text, names.contains(name) else {
                let nearest = node.text.flatMap { Suggestion.nearest(to: $0, among: names) }
                decoder.reportMismatch(node, expected: expectation, at: path, suggestion: nearest)
                return nil
            }
            decoder.noteOrigin(node.origin, of: path)
            return name
        } encode: { name in
            .string(name)
        }
    }()

    /// The name of a database that needs no quotes anywhere.
    fileprivate static let databaseName = {
        var type = text.checked { name in
            let isPlain = name.utf8.allSatisfy { byte in
                let letter = Unicode.Scalar(byte)
                return ("a"..."z").contains(letter) || ("A"..."Z").contains(letter) || ("0"..."9").contains(letter)
                    || letter == "_"
            }
            let isName = isPlain && name.utf8.count <= 64 && !("0"..."9").contains(name.unicodeScalars.first ?? "0")
            return isName
                ? nil : "\(name.quoted) is no name of up to 64 letters, digits and _ that begins with no digit"
        }
        type.expectation = "a name of up to 64 letters, digits and `_`"
        type.schema = .pattern("^[A-Za-z_][A-Za-z0-9_]{0,63}$")
        return type
    }()
}
