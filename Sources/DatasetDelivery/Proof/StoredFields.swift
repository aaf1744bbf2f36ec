import DatasetGen

/// Turns the fields of rows that are read back into numbers of readings.
///
/// The fields are the values of the metrics, those of the healthy twin, if labels are stored `anomaly_flag` and
/// `anomaly_type`, and if times of arrival are stored these, in this order.
struct StoredFields {
    private let schema: MetricSchema
    private let sensors: [Sensor]
    private let indices: [[UInt8]: Int]
    private let decimals: [UInt8]
    private let metricCount: Int
    let usesTwin: Bool
    let usesLabels: Bool
    let usesArrivals: Bool
    /// What stands for NULL.
    private let null: [UInt8]
    private var (lastName, lastSensor): ([UInt8], Int) = ([], -1)

    init(_ plan: GenerationPlan, usesTwin: Bool, usesLabels: Bool, usesArrivals: Bool = false, null: String = "") {
        self.null = Array(null.utf8)
        schema = plan.recipe.schema
        sensors = plan.fleet.sensors
        metricCount = schema.metrics.count
        (self.usesTwin, self.usesLabels, self.usesArrivals) = (usesTwin, usesLabels, usesArrivals)
        indices = Dictionary(uniqueKeysWithValues: sensors.map { (Array($0.id.utf8), $0.index) })
        decimals = plan.fleet.sensors.flatMap { sensor in
            plan.recipe.schema.metrics.indices.map { UInt8(plan.decimals(of: sensor, $0)) }
        }
    }

    /// The number of fields that are values.
    var valueCount: Int { metricCount * (usesTwin ? 2 : 1) }

    /// The index of a sensor in the fleet; nil if it is not in it.
    mutating func sensor(_ name: Span<UInt8>) -> Int? {
        if lastSensor >= 0, Self.equal(lastName.span, name) { return lastSensor }
        var bytes: [UInt8] = []
        for index in name.indices { bytes.append(name[index]) }
        guard let sensor = indices[bytes] else { return nil }
        (lastName, lastSensor) = (bytes, sensor)
        return sensor
    }

    private static func equal(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        for index in one.indices where one[index] != other[index] { return false }
        return true
    }

    private func isNull(_ text: Span<UInt8>) -> Bool { text.count == null.count && Self.equal(text, null.span) }

    /// Adds a row to the sums.
    func add(
        _ bytes: Span<UInt8>,
        _ fields: ArraySlice<Range<Int>>,
        of sensor: Int,
        at time: Int64,
        to points: inout StoredPoints
    ) {
        points.addRow(sensor, time)
        var next = fields.startIndex
        for column in 0..<valueCount {
            let text = bytes.extracting(fields[next])
            next += 1
            if isNull(text) { continue }
            let metric = column < metricCount ? column : column - metricCount
            let count =
                schema.metrics[metric].states.isEmpty
                ? StoredNumber.count(text, decimals: Int(decimals[sensor * metricCount + metric]))
                : schema.metrics[metric].states.firstIndex(of: StoredNumber.string(text)).map(Int32.init)
            if let count {
                points.add(count, column: column, sensor, time)
            } else {
                points.addStranger(column: column, sensor, time)
            }
        }
        if usesLabels {
            points.addLabel(label(bytes.extracting(fields[next]), bytes.extracting(fields[next + 1])), sensor, time)
            next += 2
        }
        // What is no time makes the sum another one.
        if usesArrivals { points.addArrival(StoredNumber.integer(bytes.extracting(fields[next])) ?? 1, sensor, time) }
    }

    /// The ``AnomalyType/rawValue`` that two fields say, 0 for normal; 255 where they contradict each other.
    private func label(_ flag: Span<UInt8>, _ type: Span<UInt8>) -> UInt8 {
        guard flag.count == 1 else { return 255 }
        if flag[0] == UInt8(ascii: "0"), isNull(type) { return 0 }
        let name = StoredNumber.string(type)
        guard flag[0] == UInt8(ascii: "1"), let known = AnomalyType.allCases.first(where: { $0.name == name }) else {
            return 255
        }
        return known.rawValue
    }

    /// A row as ``RowComparison`` has it.
    func row(_ bytes: Span<UInt8>, _ fields: ArraySlice<Range<Int>>, at time: Int64) -> RowComparison.Row {
        let texts = fields.map { isNull(bytes.extracting($0)) ? nil : StoredNumber.string(bytes.extracting($0)) }
        var values: [String?] = (0..<valueCount)
            .map { column in
                let text = texts[column]
                guard schema.metrics[column % metricCount].states.isEmpty, let number = text.flatMap({ Double($0) })
                else { return text }
                return number.description
            }
        if usesLabels {
            let (flag, type) = (texts[valueCount], texts[valueCount + 1])
            let isConsistent = (flag == "1") == (type != nil) && (flag == "0") == (type == nil)
            values.append(isConsistent ? type : "\(type ?? "NULL") with anomaly_flag \(flag ?? "NULL")")
        }
        if usesArrivals { values.append(texts[texts.count - 1]) }
        return RowComparison.Row(time: time, values: values)
    }
}
