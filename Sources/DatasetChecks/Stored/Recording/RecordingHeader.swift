import DatasetGen

/// Which column of a recording is what, by its header.
struct RecordingHeader {
    /// A metric and the field that it is in.
    struct Metric {
        var name: String
        var column: String
        var field: Int
        /// To what readings are rounded; nil for not at all.
        var resolution: Resolution?
        /// Whether the recipe names it; others may turn out to be text.
        var isNamed: Bool
    }

    let fieldCount: Int
    let time: Int
    let sensor: Int?
    let metrics: [Metric]
    /// Columns that are left out, and why, without the name of the file.
    private(set) var notes: [String] = []
    private let names: [String]

    /// What columns of times are called where nobody says.
    private static let timeNames = [
        "timestamp", "time", "datetime", "date_time", "date", "ts", "timestamp_utc", "time_utc", "utc", "time_hour",
    ]
    /// What columns that tell sensors apart are called where nobody says.
    private static let sensorNames = [
        "sensor_id", "sensor", "device_id", "device", "station_id", "station", "machine_id", "machine", "node_id",
        "node",
        "origin",
    ]

    /// - Throws: ``RecordingError`` when a column is missing, or which one is meant is not clear.
    init(_ fields: [String], _ request: RecordingRequest) throws(RecordingError) {
        names = fields
        fieldCount = fields.count
        let file = request.name
        func field(_ name: String, _ key: String) throws(RecordingError) -> Int {
            let places = fields.indices.filter { fields[$0] == name }
            guard places.count < 2 else { throw RecordingError("\(file):1: two columns are called \(name.quoted)") }
            guard let place = places.first else {
                let listed = fields.map(\.quoted).joined(separator: ", ")
                let hint = Suggestion.nearest(to: name, among: fields).map { "; did you mean \($0.quoted)?" } ?? ""
                throw RecordingError("\(file):1: \(key): there is no column \(name.quoted) among \(listed)\(hint)")
            }
            if let problem = request.problem(withName: name) {
                throw RecordingError("\(file):1: \(key): the column \(name.quoted) cannot be taken: \(problem)")
            }
            return place
        }
        func usual(_ names: [String]) -> Int? {
            for name in names {
                if let place = fields.firstIndex(where: { $0.lowercased() == name }) { return place }
            }
            return nil
        }
        if let name = request.time {
            time = try field(name, "time")
        } else if let place = usual(Self.timeNames) {
            time = place
        } else {
            let listed = fields.map(\.quoted).joined(separator: ", ")
            let hint = Self.separatorHint(fields) ?? "recording.time (--time) says which of them has the times"
            throw RecordingError("\(file):1: no column is called timestamp or time; there are \(listed). \(hint)")
        }
        if let name = request.sensor {
            sensor = try field(name, "sensor")
        } else {
            sensor = request.isResolved ? nil : usual(Self.sensorNames)
        }
        if let columns = request.columns {
            var metrics: [Metric] = []
            for column in columns {
                // Where nobody says which, it is the one that would be called so.
                let alike = fields.contains(column.name) ? nil : fields.first { Self.metricName($0) == column.name }
                let name = column.column ?? alike ?? column.name
                let place = try field(name, "metrics.\(column.name).column")
                metrics.append(
                    Metric(name: column.name, column: name, field: place, resolution: column.resolution, isNamed: true)
                )
            }
            self.metrics = metrics
            return
        }
        var (metrics, notes): ([Metric], [String]) = ([], [])
        for place in fields.indices where place != time && place != sensor {
            let name = Self.metricName(fields[place])
            if let problem = Self.problem(withColumn: fields[place], asMetric: name, request) {
                notes.append("the column \(fields[place].quoted) is left out: \(problem)")
            } else if metrics.contains(where: { $0.name == name }) {
                throw RecordingError(
                    "\(file):1: two columns would be the metric \(name); --value NAME=COLUMN says which are wanted"
                )
            } else {
                metrics.append(Metric(name: name, column: fields[place], field: place, resolution: nil, isNamed: false))
            }
        }
        (self.metrics, self.notes) = (metrics, notes)
    }

    /// Why a column cannot be a metric by itself; nil if it can.
    private static func problem(
        withColumn column: String,
        asMetric name: String,
        _ request: RecordingRequest
    ) -> String? {
        if column.isEmpty { return "it has no name" }
        if let problem = request.problem(withName: column) { return problem }
        guard let problem = MetricName.problem(with: name) else { return nil }
        let reason =
            name.isEmpty
            ? "its name has none of the small letters, digits and _ that a metric's has" : "\(name.quoted) \(problem)"
        return "\(reason); --value NAME=\(column) gives it another name"
    }

    /// The name of the column of times.
    var timeName: String { names[time] }

    /// The name of the column that tells sensors apart; nil for none.
    var sensorName: String? { sensor.map { names[$0] } }

    /// What a metric is called whose column has any name: `Temp (°C)` gives `temp_c`.
    private static func metricName(_ column: String) -> String {
        var name = ""
        for scalar in column.lowercased().unicodeScalars {
            let isPlain = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
            if isPlain {
                name.unicodeScalars.append(scalar)
            } else if !name.hasSuffix("_"), !name.isEmpty {
                name += "_"
            }
        }
        while name.hasSuffix("_") { name.removeLast() }
        return name
    }

    /// What may be the matter with a file of one column.
    private static func separatorHint(_ fields: [String]) -> String? {
        guard fields.count == 1 else { return nil }
        for (separator, name) in [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
        where fields[0].contains(separator) {
            return "its columns have \(name) between them, and have to have commas"
        }
        return nil
    }
}
