import DatasetFormats
import DatasetGen

/// A table of events or of phenomena beside that of the readings, in a store that keeps no notes of loads.
///
/// It is made with the table of readings, filled when all of these are there, and filled again by a load that was interrupted
/// meanwhile: each row is there once.
protocol SmallTableStore {
    var kind: SmallTable.Kind { get }
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
    /// Whether it holds rows; those of this load's sensors in its time, if only these matter.
    func holdsRows(ofLoad isOwn: Bool) throws(DeliveryError) -> Bool
    /// Stores rows; those that are there stay there once.
    func store(_ table: SmallTable) throws(DeliveryError)
    /// The rows of the load, and phenomena of its cities, as they are stored; see ``SmallTableComparison``.
    func stored() throws(DeliveryError) -> [[String?]]
}

extension SmallTableStore {
    private var isWanted: Bool { options.smallTables(of: plan.recipe).contains(kind) }

    /// The instants at which rows of the load begin.
    var times: Range<Int64> { kind.times(plan.recipe) }

    private func isOwn(_ found: [String: String]) -> Bool {
        found.count == columns.count && columns.allSatisfy { found[$0.name] == $0.type }
    }

    /// Throws where a table is in the way, before anything is changed.
    func check() throws(DeliveryError) {
        guard isWanted, let found = try storedColumns() else { return }
        guard isOwn(found) else {
            throw DeliveryError(
                .occupied,
                "\(name) is there, and has not the columns of \(kind.rawValue); --table takes other names"
            )
        }
        if options.ifExists != .replace, try holdsRows(ofLoad: options.ifExists == .append) {
            throw DeliveryError(
                .occupied,
                options.ifExists == .append
                    ? "\(name) has \(kind.rawValue) of these sensors in the same time already"
                    : "\(name) holds \(kind.rawValue) already; --if-exists append adds to them, --if-exists replace puts "
                        + "others in their place"
            )
        }
    }

    /// Makes the table ready, when that of the readings is; a replaced load's is dropped.
    func prepare() throws(DeliveryError) {
        guard isWanted || options.ifExists == .replace else { return }
        var found = try storedColumns()
        if options.ifExists == .replace, found.map(isOwn) ?? false {
            try drop()
            found = nil
        }
        if isWanted, found == nil { try create() }
    }

    /// Stores all rows, if they are wanted.
    func fill() throws(DeliveryError) {
        if isWanted { try store(SmallTable(kind, of: plan)) }
    }

    /// Compares what is stored, if it is wanted.
    func prove(_ report: ProofReport) throws(DeliveryError) -> ProofReport {
        guard isWanted else { return report }
        guard try storedColumns() != nil else {
            var report = report
            report.differences.append("\(name) is not there")
            return report
        }
        return report.with(SmallTable(kind, of: plan), stored: try stored(), isAlone: false, in: name)
    }
}

extension TargetOptions {
    /// The small tables that a load fills.
    func smallTables(of recipe: Recipe) -> [SmallTable.Kind] {
        labels == .table ? SmallTable.Kind.allCases.filter { $0.isOf(recipe) } : []
    }
}

extension GenerationPlan {
    /// The names of the places where sensors are, each once.
    var placeNames: Set<String> { Set(fleet.sensors.map(\.place.name)) }
}
