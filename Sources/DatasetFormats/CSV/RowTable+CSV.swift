import DatasetGen

extension RowTable {
    package static func csv(_ output: ReadingOutput) -> RowTable {
        let columns = output.columns
        // A line of nothing would be taken for no row at all.
        let null = columns.count == 1 ? #""""# : ""
        @Sendable func field(_ text: String?) -> String { text.map(CSVText.field) ?? null }
        var rows: [[RowCell]] = []
        for row in output.rowsOfReading {
            var cells: [RowCell] = []
            for (index, column) in columns.enumerated() {
                if index > 0 { cells.append(.text(",")) }
                cells.append(cell(column, row) { field($0) })
            }
            rows.append(cells + [.text("\n")])
        }
        return RowTable(
            header: Array(CSVText.line(columns.map(\.name)).utf8),
            rows: rows,
            null: null,
            states: StateTexts(output.schema) { CSVText.field($0) },
            labels: [
                LabelTexts { $0 == nil ? "0" : "1" }, LabelTexts { $0 == nil ? "0" : "1" },
                LabelTexts { field($0?.name) },
            ],
            difficulties: ReadingOutput.difficulties { field($0) },
            splits: output.splitTexts { field($0) }
        )
    }

    /// A field of a row of a reading, or in the narrow layout of the metric.
    private static func cell(
        _ column: Column,
        _ metric: MetricDescription?,
        _ field: @escaping @Sendable (String?) -> String
    ) -> RowCell {
        switch column {
        case .sensorID: .sensor(column) { Array(field($0.id).utf8) }
        case .synced: .text("0")
        case .metricName: .text(field(metric?.name))
        default:
            column.value(of: metric).map { .value($0) }
                ?? .sensor(column) { Array(field($0.text(of: column)).utf8) }
        }
    }
}
