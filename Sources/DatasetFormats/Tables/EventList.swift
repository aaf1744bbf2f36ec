package import DatasetGen

/// All events of a dataset as rows of its event table, for stores that get them at once.
package struct EventList: Sendable {
    /// A column of the event table.
    package struct Column: Hashable, Sendable {
        /// What its values are.
        package enum Kind: Hashable, Sendable {
            case integer
            case time
            case decimal
            case text
            /// 0 or 1.
            case flag
        }

        package let name: String
        package let kind: Kind
        /// Whether it is never NULL.
        package let isRequired: Bool
    }

    /// An event.
    package struct Row: Sendable {
        /// The sensor's index in the fleet.
        package let sensor: Int
        /// By the columns.
        package let values: [TableValue]
    }

    /// The columns, as in `events.csv`.
    package static func columns(of recipe: Recipe) -> [Column] {
        [TableColumn<EventRow>].events(.utc, of: recipe)
            .map { column in
                let kind: Column.Kind =
                    switch (column.name, column.sqlType.prefix(4)) {
                    case ("start", _), ("end", _): .time
                    case (_, "INTE"): .integer
                    case (_, "REAL"): .decimal
                    case (_, "BOOL"): .flag
                    default: .text
                    }
                return Column(name: column.name, kind: kind, isRequired: !optional.contains(column.name))
            }
    }

    private static let optional: Set = [
        "magnitude", "direction", "mode", "peak_snr", "difficulty", "cause_id", "cause", "scope", "scope_name",
    ]

    /// The columns of ``rows``.
    package let columns: [Column]

    /// The events in the order of their numbers, from 1.
    package let rows: [Row]

    /// The events of a plan.
    package init(_ plan: GenerationPlan) {
        columns = Self.columns(of: plan.recipe)
        let definitions = [TableColumn<EventRow>].events(.utc, of: plan.recipe, EventTexts(plan))
        rows = plan.allEvents().enumerated()
            .map { index, event in
                let row = EventRow(event, of: plan)
                let values = definitions.map { $0.value(row) }
                return Row(sensor: event.sensor, values: [.integer(Int64(index) + 1)] + values.dropFirst())
            }
    }
}

extension TableValue {
    /// The value as it is compared: times in microseconds since 1970; nil for NULL.
    package var comparedText: String? {
        switch self {
        case .null: nil
        case .integer(let number): String(number)
        case .decimal(let number): number.double.description
        case .time(let time, _): String(time.microseconds)
        case .text(let text): text
        }
    }
}
