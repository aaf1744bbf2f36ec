/// More row groups than readers of Parquet take.
public struct RowGroupError: Error, Hashable, CustomStringConvertible {
    /// The row groups that there would be.
    let groupCount: Int64
    /// Readings of each.
    let rowGroup: Int

    /// Readers number row groups with 16 bits and a sign (`parquet.thrift`, "ordinal").
    static let limit = Int64(Int16.max)

    /// What is wrong with the row groups of a Parquet file of so many readings; nil if nothing.
    package init?(_ recipe: Recipe, readings: Int64) {
        guard let output = recipe.outputs.first(where: { $0.format.isColumnar }) else { return nil }
        let size = Int64(output.parquet.rowGroup)
        (groupCount, rowGroup) = (readings / size + (readings % size == 0 ? 0 : 1), output.parquet.rowGroup)
        if groupCount <= Self.limit { return nil }
    }

    /// The keys of the recipe one of which has to change.
    var keyPaths: [String] { ["outputs.parquet.row_group", "outputs.parquet", "outputs"] }

    /// One line on what is wrong and what would be right.
    public var description: String {
        let sizes = ParquetParameters.rowGroups
        let enough = (groupCount / Self.limit + 1) * Int64(rowGroup)
        let remedy =
            enough <= Int64(sizes.upperBound)
            ? "row_group: \(enough) makes few enough"
            : "not even row_group: \(sizes.upperBound) makes few enough: write it in shards, --shard I/N"
        return
            "a Parquet file would have \(groupCount.grouped) row groups, of which readers take \(Self.limit.grouped); "
            + remedy
    }
}
