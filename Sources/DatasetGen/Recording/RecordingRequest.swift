/// Which file of readings a recipe names, and what of it.
package struct RecordingRequest: Sendable {
    /// A metric and where it is.
    package struct Column: Hashable, Sendable {
        /// What the dataset calls it.
        package var name: String
        /// What the file calls it; nil for the same.
        package var column: String?
        /// To what readings are rounded; nil for what they are multiples of.
        package var resolution: Resolution?

        /// A metric.
        package init(name: String, column: String?, resolution: Resolution?) {
            (self.name, self.column, self.resolution) = (name, column, resolution)
        }
    }

    /// Where the file is.
    package var path: String
    /// How messages name it.
    package var name: String
    /// The column of times; nil for the one whose name says so.
    package var time: String?
    /// The column that tells sensors apart; nil for the one whose name says so, if there is one.
    package var sensor: String?
    /// The table of a database; nil for the only one, or the one whose name says so.
    package var table: String?
    /// The metrics; nil for all columns of numbers.
    package var columns: [Column]?
    /// Whether it is a dataset's own, whose columns are all named: none is looked for by its name.
    package var isResolved: Bool
    /// Whether names of columns and tables go into a recipe, which cannot hold any text.
    package var isKept: Bool

    /// A request.
    package init(
        path: String,
        name: String,
        time: String?,
        sensor: String?,
        table: String?,
        columns: [Column]?,
        isResolved: Bool = false,
        isKept: Bool = true
    ) {
        (self.path, self.name, self.time, self.sensor, self.table) = (path, name, time, sensor, table)
        (self.columns, self.isResolved, self.isKept) = (columns, isResolved, isKept)
    }

    /// Why a recipe cannot hold the name of a column or a table; nil if it can, or has not to.
    package func problem(withName name: String) -> String? {
        guard isKept, let problem = ValueType.textProblem(of: name) else { return nil }
        return "a recipe cannot hold its name: \(problem)"
    }
}
