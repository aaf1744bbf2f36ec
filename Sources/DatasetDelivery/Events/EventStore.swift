import DatasetFormats
import DatasetGen

/// A table of events beside that of the readings, in a store that keeps no notes of loads.
///
/// It is made with the table of readings, filled when all of these are there, and filled again by a load that was interrupted
/// meanwhile: each event is there once.
protocol EventStore {
    var plan: GenerationPlan { get }
    var options: TargetOptions { get }
    /// As messages name it.
    var name: String { get }
    /// Its columns and their types.
    var columns: [(name: String, type: String)] { get }

    /// The types of the columns that are there; nil where there is no table.
    func storedColumns() throws(DeliveryError) -> [String: String]?
    func create() throws(DeliveryError)
    func drop() throws(DeliveryError)
    /// Whether it holds events; those of this load's sensors in its time, if only these matter.
    func holdsEvents(ofLoad isOwn: Bool) throws(DeliveryError) -> Bool
    /// Stores events; those that are there stay there once.
    func store(_ events: EventList) throws(DeliveryError)
    /// The events of the load as they are stored; see ``EventComparison``.
    func stored() throws(DeliveryError) -> [[String?]]
}

extension EventStore {
    private var isWanted: Bool { options.labels == .table }

    /// The instants at which events of the load begin.
    var times: Range<Int64> {
        let grid = plan.recipe.grid
        return grid.start.microseconds..<max(grid.start.microseconds + 1, grid.end.microseconds)
    }

    private func isOwn(_ found: [String: String]) -> Bool {
        found.count == columns.count && columns.allSatisfy { found[$0.name] == $0.type }
    }

    /// Throws where a table is in the way, before anything is changed.
    func check() throws(DeliveryError) {
        guard isWanted, let found = try storedColumns() else { return }
        guard isOwn(found) else {
            throw DeliveryError(
                .occupied,
                "\(name) is there, and has not the columns of events; --table takes other names"
            )
        }
        if options.ifExists != .replace, try holdsEvents(ofLoad: options.ifExists == .append) {
            throw DeliveryError(
                .occupied,
                options.ifExists == .append
                    ? "\(name) has events of these sensors in the same time already"
                    : "\(name) holds events already; --if-exists append adds to them, --if-exists replace puts others in "
                        + "their place"
            )
        }
    }

    /// Makes the table ready, when that of the readings is; a replaced load's is dropped.
    func prepare() throws(DeliveryError) {
        var found = try storedColumns()
        if options.ifExists == .replace, found.map(isOwn) ?? false {
            try drop()
            found = nil
        }
        if isWanted, found == nil { try create() }
    }

    /// Stores all events, if they are wanted.
    func fill() throws(DeliveryError) {
        if isWanted { try store(EventList(plan)) }
    }

    /// Compares what is stored, if events are wanted.
    func prove(_ report: ProofReport) throws(DeliveryError) -> ProofReport {
        guard isWanted else { return report }
        guard try storedColumns() != nil else {
            var report = report
            report.differences.append("\(name) is not there")
            return report
        }
        return report.with(EventList(plan), stored: try stored(), in: name)
    }
}
