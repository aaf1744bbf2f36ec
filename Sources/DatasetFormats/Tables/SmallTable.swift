package import DatasetGen

/// A small table of a dataset, its events or its phenomena, whole, for stores that get it at once.
package struct SmallTable: Sendable {
    /// What its rows tell.
    package enum Kind: String, CaseIterable, Sendable {
        /// The events, one a row.
        case events
        /// What looks like a fault and is none, each time that it comes.
        case phenomena

        /// What stands behind the name of the table of readings in that of this one.
        package var suffix: String { "_" + rawValue }

        /// What a row is called.
        package var rowName: String { self == .events ? "event" : "phenomenon" }

        /// The column that tells a row from others.
        package var key: String { rowName + "_id" }

        /// The columns that are tags of points, and with their time tell them apart: what stands in them recurs.
        package var tags: [String] { self == .events ? ["sensor_id"] : ["phenomenon", "location", "sensor_id"] }

        /// Whether a recipe has such a table.
        package func isOf(_ recipe: Recipe) -> Bool { self == .events || !recipe.phenomena.isEmpty }

        /// The instants at which rows of a plan can begin, in microseconds since 1970.
        package func times(_ recipe: Recipe) -> Range<Int64> {
            let (start, end) = (recipe.grid.start.microseconds, recipe.grid.end.microseconds)
            // What is felt at the start has begun before.
            let longest = recipe.phenomena.map { $0.duration.upperBound + $0.recovery + 1_000_000 }.max() ?? 0
            return start - (self == .events ? 0 : longest)..<max(start + 1, end)
        }
    }

    /// A column of the table.
    package struct Column: Hashable, Sendable {
        /// What its values are.
        package enum Kind: Hashable, Sendable {
            /// A whole number.
            case integer
            /// An instant.
            case time
            /// A number with digits behind the point.
            case decimal
            /// A name or a word.
            case text
            /// 0 or 1.
            case flag
        }

        /// As in the header of the file of CSV.
        package let name: String
        /// What its values are.
        package let kind: Kind
        /// Whether it is never NULL.
        package let isRequired: Bool
    }

    /// An event or a phenomenon.
    package struct Row: Sendable {
        /// The sensor's index in the fleet; nil where it is all of a city.
        package let sensor: Int?
        /// By the columns.
        package let values: [TableValue]
    }

    /// The columns, as in the file of CSV.
    package static func columns(of kind: Kind, _ recipe: Recipe) -> [Column] {
        switch kind {
        case .events: columns([TableColumn<EventRow>].events(.utc, of: recipe), optional: optionalOfEvents)
        case .phenomena: columns([TableColumn<Phenomenon>].phenomena(.utc, of: recipe), optional: ["sensor_id"])
        }
    }

    private static func columns<Item>(_ columns: [TableColumn<Item>], optional: Set<String>) -> [Column] {
        columns.map { column in
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

    private static let optionalOfEvents: Set = [
        "magnitude", "direction", "mode", "peak_snr", "difficulty", "cause_id", "cause", "scope", "scope_name",
        "realised_magnitude", "realised_peak_snr",
    ]

    /// Which of the tables it is.
    package let kind: Kind

    /// The columns of ``rows``; the first one is ``Kind/key``.
    package let columns: [Column]

    /// Events in the order of their numbers, from 1; phenomena as in `phenomena.csv`.
    package let rows: [Row]

    /// That of a plan.
    package init(_ kind: Kind, of plan: GenerationPlan) {
        self.kind = kind
        columns = Self.columns(of: kind, plan.recipe)
        switch kind {
        case .events:
            let definitions = [TableColumn<EventRow>].events(.utc, of: plan.recipe, EventTexts(plan))
            rows = plan.allEvents().enumerated()
                .map { index, event in
                    let row = EventRow(event, of: plan)
                    let values = definitions.map { $0.value(row) }
                    return Row(sensor: event.sensor, values: [.integer(Int64(index) + 1)] + values.dropFirst())
                }
        case .phenomena:
            let definitions = [TableColumn<Phenomenon>].phenomena(.utc, of: plan.recipe, plan.fleet.sensors)
            rows = plan.phenomena.map { phenomenon in
                Row(
                    sensor: phenomenon.isOfCity ? nil : phenomenon.sensor,
                    values: definitions.map { $0.value(phenomenon) }
                )
            }
        }
    }

    /// One with some of the rows.
    private init(_ table: SmallTable, rows: [Row]) {
        (kind, columns, self.rows) = (table.kind, table.columns, rows)
    }

    /// The same with those rows alone that meet a condition.
    package func filter(_ isIncluded: (Row) -> Bool) -> SmallTable {
        SmallTable(self, rows: rows.filter(isIncluded))
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
