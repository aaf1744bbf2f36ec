public import DatasetGen

/// Why a live run cannot begin or go on.
public enum LiveError: Error, Hashable, CustomStringConvertible {
    /// The recipe's interval ends before it begins.
    case endsBeforeStart(start: SimulatedTime, end: SimulatedTime)
    /// The run would begin before the calendar does, or end after it.
    case outsideCalendar(start: SimulatedTime, end: SimulatedTime)
    /// The recipe says what happens to readings on their way, and there is no feed that tells it.
    case delivery
    /// The plan of the recipe cannot be had.
    case plan(PlanError)
    /// The database cannot be opened or made.
    case database(path: String, reason: String)
    /// A broker cannot have the readings.
    case feed(reason: String)
    /// The file of JSON Lines cannot be opened or made.
    case jsonLines(path: String, reason: String)

    /// One line on what is wrong and what would be right.
    public var description: String {
        switch self {
        case .endsBeforeStart(let start, let end):
            "dataset.end: \(end.zonedText) is not after the start, \(start.zonedText); give dataset.duration, or no end"
        case .outsideCalendar(let start, let end):
            "the run would go from \(start.zonedText) to \(end.zonedText), and readings have times from 1900 to 2199; "
                + "give a shorter --backfill or dataset.duration"
        case .delivery:
            "delivery: a live run stores each reading once, as it is taken; what arrives is what feeds send: name one in live.feeds, "
                + "or leave the section out"
        case .plan(let error): "\(error.keyPath): \(error.description)"
        case .database(let path, let reason): "\(path): \(reason); database.path names another place"
        case .feed(let reason): "live.feeds: \(reason)"
        case .jsonLines(let path, let reason): "\(path): \(reason); database.json_lines names another place"
        }
    }
}
