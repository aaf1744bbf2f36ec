package import DatasetGen

/// Turns blocks of readings into line protocol: one point per reading and line.
///
///     sensor_data,location=Oslo,sensor_id=ONE temperature=21.50,humidity=48.2,anomaly_flag=0i 1735689600
///
/// What is NULL has no field. Labels are fields, and where there are none a reading of which nothing is there has no point:
/// line protocol knows no point without a field. Blocks may be encoded in any order and by any worker.
package struct LineProtocolEncoder: UnmarkedRowEncoder {
    package let header: [UInt8]
    private let timestamps: TimestampStyle
    /// Measurement and tags of each sensor.
    private let templates: RowTemplates
    private let states: StateTexts
    private let metricCount: Int
    private let includesCleanTwin: Bool
    /// `NAME=` of each of four numbers with short names, as most datasets have; a comma before all but the first.
    private let shortKeys: (ShortText, ShortText, ShortText, ShortText)?
    /// `NAME=` of each metric, then `clean_NAME=`, and where they begin and end.
    private let (keys, keyBounds): ([UInt8], [Int])
    private let labels: LabelTexts
    private let hasLabels: Bool
    private let tellsArrival: Bool

    /// Prepares what never changes in the points of each sensor.
    package init(_ output: ReadingOutput, sensors: [Sensor]) {
        let (schema, points) = (output.schema, output.parameters.points)
        header = Self.head(points)
        timestamps = output.parameters.timestamps
        metricCount = schema.metrics.count
        includesCleanTwin = output.includesCleanTwin
        states = StateTexts(schema) { LineProtocolText.field($0) }
        let names = schema.metrics.map(\.name)
        let short = names.enumerated().compactMap { ShortText(($0.offset == 0 ? "" : ",") + $0.element + "=") }
        let isFourNumbers = names.count == 4 && schema.metrics.allSatisfy(\.states.isEmpty)
        shortKeys = isFourNumbers && short.count == 4 ? (short[0], short[1], short[2], short[3]) : nil
        let texts = (names + (includesCleanTwin ? names.map { "clean_" + $0 } : [])).map { $0 + "=" }
        keys = Array(texts.joined().utf8)
        keyBounds = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.utf8.count) }
        hasLabels = points.labels == .fields
        tellsArrival = points.tellsArrival
        labels = LabelTexts { type in
            guard points.labels == .fields else { return "" }
            return type.map { "anomaly_flag=1i,anomaly_type=\(LineProtocolText.field($0.name))" } ?? "anomaly_flag=0i"
        }
        let measurement = LineProtocolText.measurement(points.measurement)
        templates = RowTemplates(sensors, schema) { sensor in
            var text = measurement
            for column in points.tags {
                guard let value = sensor.text(ofTag: column) else { continue }
                text += ",\(column.name)=\(LineProtocolText.tag(value))"
            }
            return (text + " ", "", "")
        }
    }

    /// What `influx -import` needs before the points: the database that they go into.
    private static func head(_ points: PointParameters) -> [UInt8] {
        guard let database = points.database else { return [] }
        return Array("# DDL\nCREATE DATABASE \(database)\n# DML\n# CONTEXT-DATABASE: \(database)\n".utf8)
    }

    package var leavesOutReadings: Bool { !hasLabels && !tellsArrival }

    package func rowCount(ofReading index: Int, of readings: ReadingSlice) -> Int {
        if readings.isOmitted(index) { return 0 }
        if hasLabels || tellsArrival { return 1 }
        let row = readings.rows.lowerBound + index
        let isThere = { (column: [Int32]) in column[row] != ReadingBlock.null }
        return readings.metrics.contains(where: isThere) || readings.clean.contains(where: isThere) ? 1 : 0
    }

    /// Appends the points of some readings.
    ///
    /// - Complexity: O(readings).
    package mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer) {
        let fixed =
            keys.count + (keyBounds.count - 1) * (1 + RowTemplates.readingLimit(states)) + labels.maximumLength
            + PointTime.room + (tellsArrival ? Self.arrivalKey.count + 22 : 0)
        buffer.append(atMost: templates.byteLimit(readings, fixed: fixed)) { write(readings, to: &$0) }
    }

    private func write(_ readings: ReadingSlice, to writer: inout ByteWriter) {
        var time = PointTime(timestamps)
        let (pieces, bytes) = (templates.sensors.span, templates.bytes.span)
        let (labelBounds, labelBytes) = (labels.bounds.span, labels.bytes.span)
        let (rows, places) = (readings.rows, readings.places)
        let (sensors, times) = (readings.sensors.span.extracting(places), readings.times.span.extracting(places))
        let labels = readings.labels.span.extracting(rows)
        let decimals = templates.decimals.span
        // The columns that most datasets have are looked up once.
        let firstColumns = readings.firstColumns
        let (first, second) = (firstColumns.0.span, firstColumns.1.span)
        let (third, fourth) = (firstColumns.2.span, firstColumns.3.span)
        for index in 0..<readings.count {
            let label = Label(rawValue: labels[index])
            if label.isOmitted { continue }
            let (row, sensor) = (rows.lowerBound + index, Int(sensors[index]))
            let start = writer.count
            writer.append(bytes.extracting(pieces[sensor].beforeReadings))
            let fields = writer.count
            let digits = sensor &* metricCount
            if let shortKeys, first[row] != ReadingBlock.null, second[row] != ReadingBlock.null,
                third[row] != ReadingBlock.null, fourth[row] != ReadingBlock.null
            {
                writer.append(shortKeys.0)
                writer.append(first[row], decimals: Int(decimals[digits]))
                writer.append(shortKeys.1)
                writer.append(second[row], decimals: Int(decimals[digits &+ 1]))
                writer.append(shortKeys.2)
                writer.append(third[row], decimals: Int(decimals[digits &+ 2]))
                writer.append(shortKeys.3)
                writer.append(fourth[row], decimals: Int(decimals[digits &+ 3]))
                writer.append(",")
            } else {
                for metric in 0..<metricCount {
                    append(metric, key: metric, readings.metrics[metric][row], decimals[digits &+ metric], to: &writer)
                }
            }
            if includesCleanTwin {
                for metric in 0..<metricCount {
                    let (count, key) = (readings.clean[metric][row], metricCount &+ metric)
                    append(metric, key: key, count, decimals[digits &+ metric], to: &writer)
                }
            }
            if hasLabels {
                let text = Int(label.rawValue)
                writer.append(labelBytes.extracting(labelBounds[text]..<labelBounds[text + 1]))
                if tellsArrival { writer.append(",") }
            }
            if tellsArrival {
                let key = Self.arrivalKey
                writer.append(key.span)
                writer.append(decimal: readings.arrival(of: index))
                writer.append("i")
            } else if hasLabels {
                // Their last field has no comma behind it.
            } else if writer.count == fields {
                writer.removeLast(fields - start)
                continue
            } else {
                // The comma behind the last field.
                writer.removeLast(1)
            }
            time.append(times[index], to: &writer)
        }
    }

    private static let arrivalKey = Array("\(Column.arrivalTime.name)=".utf8)

    /// Appends the field of a reading and a comma; nothing for NULL.
    @inline(__always)
    private func append(_ metric: Int, key: Int, _ count: Int32, _ decimals: UInt8, to writer: inout ByteWriter) {
        if count == ReadingBlock.null { return }
        writer.append(keys.span.extracting(keyBounds[key]..<keyBounds[key + 1]))
        if let text = states.range(metric, count) {
            writer.append(states.bytes.span.extracting(text))
        } else {
            writer.append(count, decimals: Int(decimals))
        }
        writer.append(",")
    }
}
