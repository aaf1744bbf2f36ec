public import ArgumentParser
public import DatasetGen

extension Shard: ExpressibleByArgument {
    /// Reads `3/16`.
    public init?(argument: String) { self.init(parsing: argument) }
}
