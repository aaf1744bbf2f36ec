public import DatasetGen

/// What a live run does besides what its recipe says.
public struct LiveOptions: Sendable {
    /// Simulated seconds in one second.
    public var speed = 1.0
    /// How much of the past, in microseconds, is written before the first reading that is due now.
    public var backfill: Int64 = 0
    /// Takes lines of JSON, after the readings that they hold have been committed; nil for none.
    ///
    /// False says that nobody reads them any more, which ends the run.
    public var consumer: (@Sendable ([UInt8]) -> Bool)?
    /// Is told the settings of the live mode, at the beginning and whenever they change.
    public var onParameters: @Sendable (LiveParameters) -> Void = { _ in }
    /// Whether the run is to end.
    public var isStopRequested: @Sendable () -> Bool = { false }
    /// Whether the recipe is to be read again, whatever its file looks like; asking takes the request away.
    public var takeReloadRequest: @Sendable () -> Bool = { false }

    /// A run at the speed of the clock, without backfill.
    public init() {}
}

/// Where the recipe of a live run comes from, and comes from again when it changes.
public struct LiveRecipeSource: Sendable {
    /// The file to watch; nil if the recipe is no file.
    public var path: String?
    /// Reads the recipe, under environment and options.
    public var read: @Sendable () throws -> ResolvedRecipe

    /// A source.
    public init(path: String?, read: @escaping @Sendable () throws -> ResolvedRecipe) {
        (self.path, self.read) = (path, read)
    }
}

/// How a live run ended.
public enum LiveOutcome: Hashable, Sendable {
    /// The recipe's time is over.
    case finished
    /// Somebody asked for it.
    case stopped
    /// The database has the size at which the recipe wants writing to stop.
    case sizeReached
    /// Nobody reads the lines of JSON any more.
    case consumerGone
}
