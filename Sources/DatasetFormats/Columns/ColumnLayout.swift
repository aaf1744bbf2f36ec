package import DatasetGen

/// What is prepared for the columns of a file that holds them one by one, once for all workers.
package struct ColumnLayout: Sendable {
    /// How the values of a column come about.
    enum Source: Sendable {
        case number
        case time
        case arrival
        case sensor(SensorCodes)
        case flag
        case zero
        case type
        case eventID
        case difficulty
        case split
        /// A state, with its texts in their order and the place of each count among them.
        case state(Int, isClean: Bool, ColumnDomain, [UInt32])
        case metric(Int, isClean: Bool, Scale)
    }

    /// Of what the counts of a metric are multiples, over all sensors.
    struct Scale: Sendable {
        /// Counts of a unit.
        let countsPerUnit: Double
        /// By sensor: what its counts are multiplied by; empty where all have the same decimals.
        let factors: [Int32]

        init(_ sensors: [Sensor], _ schema: MetricSchema, _ metric: Int) {
            let decimals = sensors.map { schema.resolutions(of: $0)[metric].decimals }
            let most = decimals.max() ?? 0
            countsPerUnit = Double(Int64.powerOfTen(most) ?? 1)
            let isUniform = decimals.allSatisfy { $0 == most }
            factors = isUniform ? [] : decimals.map { Int32(Int64.powerOfTen(most - $0) ?? 1) }
        }

        /// Appends counts of rows of these sensors, in one unit for all; false if one of them is too large for that.
        func append(_ counts: Span<Int32>, of sensors: Span<Int32>, to result: inout [Int32]) -> Bool {
            let factors = factors.span
            var isTooLarge = false
            result.append(addingCapacity: counts.count) { result in
                for row in counts.indices {
                    let count = counts[row]
                    let (value, overflow) = count.multipliedReportingOverflow(by: factors[Int(sensors[row])])
                    let isNull = count == ReadingBlock.null
                    isTooLarge = isTooLarge || !isNull && (overflow || value == ReadingBlock.null)
                    result.append(isNull ? count : value)
                }
            }
            return !isTooLarge
        }
    }

    /// The columns, in their order.
    package let columns: [Column]
    let sources: [Source]
    /// Sensors of the fleet.
    let sensorCount: Int
    let events: EventDirectory?
    let tellsEvents: Bool
    /// Whether values follow from the sensors of rows otherwise than by what is the same in all of a sensor's.
    let readsSensors: Bool
    let splits: SplitTable?
    /// The names of anomaly types in their order, and the code of each ``Label/rawValue``.
    let (types, typeCodes): (ColumnDomain, [UInt32])
    /// Likewise of difficulties, by ``EventDirectory/code(of:)``.
    let (difficulties, difficultyCodes): (ColumnDomain, [UInt32])
    /// Likewise of parts of the splits, by ``SplitTable/code(ofSensor:position:isAnomalous:)``.
    let (parts, partCodes): (ColumnDomain, [UInt32])

    /// Prepares what never changes in the rows of each sensor.
    package init(_ output: ReadingOutput, sensors: [Sensor]) {
        columns = output.columns
        sensorCount = sensors.count
        (events, tellsEvents) = (output.events, output.tellsEvents)
        sources = output.columns.map { Self.source($0, output.schema, sensors) }
        readsSensors = tellsEvents || sources.contains(where: \.readsSensors)
        let names = (0...AnomalyType.allCases.count).map { AnomalyType(rawValue: UInt8($0))?.name }
        (types, typeCodes) = Self.sorted(names)
        (difficulties, difficultyCodes) = Self.sorted(Difficulty.texts)
        splits = output.splits
        (parts, partCodes) = Self.sorted(output.splits?.texts ?? [nil])
    }

    private static func source(_ column: Column, _ schema: MetricSchema, _ sensors: [Sensor]) -> Source {
        switch column {
        case .id: .number
        case .timestamp: .time
        case .arrivalTime: .arrival
        case .metric(let metric): source(metric, isClean: false, schema, sensors)
        case .clean(let metric): source(metric, isClean: true, schema, sensors)
        case .statusCode, .anomalyFlag: .flag
        case .anomalyType: .type
        case .synced: .zero
        case .eventID: .eventID
        case .difficulty: .difficulty
        case .split: .split
        case .latitude: .sensor(SensorCodes(sensors, number: { $0.place.latitude }))
        case .longitude: .sensor(SensorCodes(sensors, number: { $0.place.longitude }))
        case .heightMeters: .sensor(SensorCodes(sensors, number: { $0.heightMeters }))
        default: .sensor(SensorCodes(sensors, text: { $0.text(ofTag: column) }))
        }
    }

    private static func source(
        _ metric: MetricDescription,
        isClean: Bool,
        _ schema: MetricSchema,
        _ sensors: [Sensor]
    ) -> Source {
        guard !metric.states.isEmpty else {
            return .metric(metric.index, isClean: isClean, Scale(sensors, schema, metric.index))
        }
        let (texts, places) = sorted(metric.states)
        return .state(metric.index, isClean: isClean, texts, places)
    }

    /// Texts in the order of their bytes, and the place of each among them; that of nil is NULL.
    private static func sorted(_ texts: [String?]) -> (ColumnDomain, [UInt32]) {
        let order = TextOrder(texts)
        return (order.domain, order.codes)
    }
}

extension ColumnLayout.Source {
    /// Whether its values depend on the sensor, and not on that alone.
    fileprivate var readsSensors: Bool {
        switch self {
        case .metric(_, _, let scale): !scale.factors.isEmpty
        case .split, .eventID, .difficulty: true
        case .number, .time, .arrival, .sensor, .flag, .zero, .type, .state: false
        }
    }
}
