import DatasetGen

extension RowTable {
    package static func jsonLines(_ output: ReadingOutput) -> RowTable {
        let isText = output.parameters.timestamps.isText
        return RowTable(
            rows: output.rowsOfReading.map { metric in
                object(output.columns, metric, quotesTimes: isText)
            },
            null: "null",
            states: StateTexts(output.schema) { JSONValue.string($0).compactText },
            labels: [
                LabelTexts { $0 == nil ? "0" : "1" }, LabelTexts { $0 == nil ? "false" : "true" },
                LabelTexts { JSONValue.text($0?.name).compactText },
            ],
            difficulties: ReadingOutput.difficulties { JSONValue.text($0).compactText },
            splits: output.splitTexts { JSONValue.text($0).compactText }
        )
    }

    /// A line: the columns where the nested object has them, in their own order; in the narrow layout, which has a metric,
    /// one beside the other.
    private static func object(_ columns: [Column], _ metric: MetricDescription?, quotesTimes: Bool) -> [RowCell] {
        var groups: [(name: String?, columns: [(key: String, column: Column)])] = []
        for column in columns {
            let place: (group: String?, key: String) = metric == nil ? column.jsonPlace : (nil, column.name)
            if let group = place.group, let index = groups.firstIndex(where: { $0.name == group }) {
                groups[index].columns.append((place.key, column))
            } else {
                groups.append((place.group, [(place.key, column)]))
            }
        }
        var cells: [RowCell] = [.text("{")]
        for (index, group) in groups.enumerated() {
            if index > 0 { cells.append(.text(",")) }
            if let name = group.name { cells.append(.text("\(JSONValue.string(name).compactText):{")) }
            for (index, member) in group.columns.enumerated() {
                cells.append(.text("\(index > 0 ? "," : "")\(JSONValue.string(member.key).compactText):"))
                cells += value(member.column, metric, quotesTimes: quotesTimes)
            }
            if group.name != nil { cells.append(.text("}")) }
        }
        return cells + [.text("}\n")]
    }

    private static func value(_ column: Column, _ metric: MetricDescription?, quotesTimes: Bool) -> [RowCell] {
        switch column {
        case .timestamp where quotesTimes: [.text("\""), .value(.time), .text("\"")]
        case .arrivalTime where quotesTimes: [.text("\""), .value(.arrival), .text("\"")]
        case .sensorID: [.sensor(column) { Array(JSONValue.string($0.id).compactText.utf8) }]
        case .synced: [.text("0")]
        case .metricName: [.text(JSONValue.text(metric?.name).compactText)]
        case .anomalyFlag where metric == nil: [.value(.label(.truth))]
        case .latitude, .longitude, .heightMeters:
            // The text of an exact decimal is a number of JSON.
            [.sensor(column) { Array(($0.text(of: column) ?? "null").utf8) }]
        default:
            if let value = column.value(of: metric) {
                [.value(value)]
            } else {
                [.sensor(column) { Array(JSONValue.text($0.text(of: column)).compactText.utf8) }]
            }
        }
    }
}

extension Column {
    /// Where a line of JSON has it: the object within the line, if it is in one, and the key there.
    package var jsonPlace: (group: String?, key: String) {
        switch self {
        case .metric(let metric): ("readings", metric.name)
        case .clean(let metric): ("clean", metric.name)
        case .location: ("location", "name")
        case .latitude, .longitude, .timezone: ("location", name)
        case .anomalyFlag: ("anomaly", "detected")
        case .anomalyType: ("anomaly", "type")
        case .eventID, .difficulty: ("anomaly", name)
        case .manufacturer, .model, .serialNumber: ("device", name)
        case .firmwareVersion: ("device", "firmware")
        case .deploymentType, .installationDate, .heightMeters: ("deployment", name)
        case .id, .timestamp, .sensorID, .statusCode, .synced, .arrivalTime, .split, .metricName, .value,
            .cleanValue:
            (nil, name)
        }
    }
}
