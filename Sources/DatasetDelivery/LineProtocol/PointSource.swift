import DatasetFormats
import DatasetGen

/// Readings as points in line protocol, on their way into a database.
struct PointSource: Sendable {
    /// Measurement, tags, and the unit of times.
    let output: ReadingOutput
    private let sensors: [Sensor]
    private let labels: TargetOptions.Labels

    /// - Parameters:
    ///   - plan: the readings.
    ///   - options: what the load asks for; what it says nothing of is as in the recipe's file of points.
    ///   - isCompressed: whether points travel as gzip.
    /// - Throws: ``DeliveryError`` where a name or a tag cannot be written, naming the sensor.
    init(_ plan: GenerationPlan, _ options: TargetOptions, isCompressed: Bool) throws(DeliveryError) {
        (sensors, labels) = (plan.fleet.sensors, options.labels)
        var parameters = OutputParameters.points(of: plan.recipe)
        if isCompressed { parameters.compression = .gzip(level: 1) }
        if let name = options.table {
            if let problem = PointText.problem(ofName: name) {
                throw DeliveryError(.usage, "--table \(name.quoted): \(problem)")
            }
            parameters.points.measurement = name
        }
        if let names = options.tags { parameters.points.tags = try options.tagColumns(names) }
        parameters.points.labels = options.includesLabels ? .fields : .none
        parameters.points.database = nil
        parameters.points.tellsArrival = plan.recipe.delivery != nil
        if plan.recipe.schema["time"] != nil {
            throw DeliveryError(
                .unstorable,
                "a metric is called time, which databases of points keep for the time; call it otherwise"
            )
        }
        var output = ReadingOutput(parameters: parameters, of: plan.recipe)
        // The healthy twin tells what is anomalous, too.
        if !options.includesLabels { output.includesCleanTwin = false }
        self.output = output
        try check(parameters.points)
    }

    private func check(_ points: PointParameters) throws(DeliveryError) {
        for sensor in sensors {
            for column in points.tags {
                guard let text = sensor.text(ofTag: column), let problem = PointText.problem(ofName: text) else {
                    continue
                }
                let remedy =
                    column == .sensorID
                    ? "name the sensor otherwise" : "change it, or leave it out of --tags"
                throw DeliveryError(
                    .unstorable,
                    "\(column.name) of sensor \(sensor.id.quoted): \(problem); \(remedy)"
                )
            }
        }
    }

    var measurement: String { output.parameters.points.measurement }
    var tags: [Column] { output.parameters.points.tags }
    var isCompressed: Bool { output.compression != nil }

    /// Bytes of a point, about: its tags, its fields, and its time.
    var bytesPerReading: Int { 60 + 16 * tags.count + 18 * output.schema.metrics.count }

    /// What turns readings into points.
    func makeRowEncoder() -> LineProtocolEncoder { LineProtocolEncoder(output, sensors: sensors) }

    /// What turns blocks into points.
    func makeEncoder() -> TextBlockEncoder<LineProtocolEncoder> {
        TextBlockEncoder(
            makeRowEncoder(),
            compressor: output.makeCompressor(nil),
            marksRows: false
        )
    }

    /// What decides how points look, for a journal.
    var identity: KeyValuePairs<String, String> {
        [
            "measurement": measurement, "tags": tags.map(\.name).joined(separator: ","),
            "labels": labels.rawValue,
        ]
    }
}
