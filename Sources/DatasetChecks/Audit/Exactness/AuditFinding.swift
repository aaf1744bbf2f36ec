/// One way in which a dataset's labels are not exact, and where it was found.
public struct AuditFinding: Sendable, Hashable {
    /// What is not as it should be.
    public enum Kind: String, CaseIterable, Sendable {
        /// A file that cannot be read as what it is.
        case file
        /// Rows of which a column cannot be read, or of a sensor that the fleet does not have.
        case unreadableRow = "unreadable_row"
        /// Rows that come out of order or twice, or whose number, time and sensor do not fit.
        case misplacedRow = "misplaced_row"
        /// Readings without a row, though no event omits it.
        case missingRow = "missing_row"
        /// Rows of readings that an event omits.
        case omittedRowPresent = "omitted_row_present"
        /// Rows whose `status_code`, `anomaly_flag` and `anomaly_type` disagree.
        case contradictoryLabel = "contradictory_label"
        /// Values that do not have exactly their resolution's decimals.
        case inexactValue = "inexact_value"
        /// Stored healthy twins that are not what the healthy sensor reports.
        case wrongTwin = "wrong_twin"
        /// Unlabelled readings that are not what the healthy sensor reports.
        case unlabelledChange = "unlabelled_change"
        /// Labelled readings outside any event.
        case labelOutsideEvent = "label_outside_event"
        /// Readings of an event without its label.
        case labelMissing = "label_missing"
        /// Readings of an event with the label of another type.
        case labelOfOtherType = "label_of_other_type"
        /// Values where an event says NULL, or NULL where none does.
        case misplacedNull = "misplaced_null"
        /// Metrics that change in an event that does not list them.
        case unlistedMetric = "unlisted_metric"
        /// Events whose first reading is the healthy one.
        case firstReadingUnchanged = "first_reading_unchanged"
        /// Events whose last reading is the healthy one.
        case lastReadingUnchanged = "last_reading_unchanged"
        /// Events that overlap or touch another of their sensor.
        case touchingEvents = "touching_events"
        /// Rows of the event table that make no sense, or are not in the order of their first readings.
        case event

        /// What is counted, as a message names it.
        public var description: String {
            switch self {
            case .file: "files that cannot be read"
            case .unreadableRow: "unreadable rows"
            case .misplacedRow: "rows out of place"
            case .missingRow: "missing rows"
            case .omittedRowPresent: "rows that an event omits"
            case .contradictoryLabel: "labels that contradict themselves"
            case .inexactValue: "values with other decimals than the resolution's"
            case .wrongTwin: "healthy twins that are not what the healthy sensor reports"
            case .unlabelledChange: "unlabelled readings that differ from the healthy twin"
            case .labelOutsideEvent: "labelled readings outside any event"
            case .labelMissing: "readings of events without a label"
            case .labelOfOtherType: "readings of events with another label"
            case .misplacedNull: "NULLs where there should be values, or the reverse"
            case .unlistedMetric: "changed metrics that their event does not list"
            case .firstReadingUnchanged: "events whose first reading is the healthy one"
            case .lastReadingUnchanged: "events whose last reading is the healthy one"
            case .touchingEvents: "events that overlap or touch"
            case .event: "rows of the event table that make no sense"
            }
        }
    }

    /// What is not as it should be.
    public let kind: Kind
    /// How often.
    public internal(set) var count: Int64 = 0
    /// The first cases, in words.
    public internal(set) var examples: [String] = []

    /// One line: what, how often, the first cases.
    public var description: String {
        "\(kind.description): \(count), " + examples.joined(separator: "; ")
            + (count > Int64(examples.count) ? "; …" : "")
    }
}
