import DatasetFormats
import DatasetGen

/// Which rows of a table are compared with the readings of a load.
struct PGStoredRows: Sendable {
    let target: PGTarget
    let windows: ProofWindows
    let load: PGTarget.Load
    /// The condition in SQL that a row is of the load.
    let condition: String

    init(_ target: PGTarget, _ windows: ProofWindows, _ load: PGTarget.Load, condition: String) {
        (self.target, self.windows, self.load, self.condition) = (target, windows, load, condition)
    }

    /// What there is of no rows.
    var nothing: PGFound {
        let columns = target.table.schema.metrics.count * (target.table.includesTwin ? 2 : 1)
        return PGFound(sums: GroupSums(groups: windows.sensorCount * windows.count, columns: columns))
    }
}

/// What a table holds.
struct PGFound: Sendable {
    /// By sensor and window.
    var sums: GroupSums
    /// Rows of sensors that are not in the fleet, by what stands in their place.
    var strangers: [String: Int64] = [:]
}
