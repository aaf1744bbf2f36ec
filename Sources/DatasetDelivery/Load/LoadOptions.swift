/// How a load is done; none of it shapes what is stored.
package struct LoadOptions: Sendable {
    /// Connections, each with a thread that generates and one that sends.
    package var workerCount = 2
    /// How much becomes durable together at most; nil for about eight megabytes.
    package var batch: BatchLimit?
    /// How long a batch should take, in about nineteen cases of twenty; nil for any time.
    package var batchDuration: Duration?
    /// Blocks that may be refused for good before the load ends.
    package var refusalLimit = 0
    /// Readings a second; nil for as many as there can be.
    package var rate: Double?
    /// When a batch is tried again; its `isCancelled` is asked for every batch, and ends the load when what is on its way is
    /// durable.
    package var retries = Retries()
    /// Told after every batch, on changing threads.
    package var onProgress: @Sendable (LoadProgress) -> Void = { _ in }
    /// Told of every batch that has become durable, on changing threads.
    package var onBatch: @Sendable (LoadBatch) -> Void = { _ in }
    /// Told of every block that is refused for good, on changing threads.
    package var onRefusal: @Sendable (RefusedBlock) -> Void = { _ in }

    package init() {}
}

/// How far a load is.
package struct LoadProgress: Sendable {
    /// Readings that are durable, those of earlier runs included.
    package let readingsDone: Int64
    /// Readings of the dataset.
    package let readingsTotal: Int64
    /// Bytes sent by this run.
    package let bytesSent: Int64
}

/// A batch that has become durable.
package struct LoadBatch: Sendable {
    /// Readings in it, omitted ones included.
    package let readings: Int64
    /// Seconds from the begin of the load until it was durable.
    package let end: Double
    /// Seconds that it took to send it, attempts that failed included.
    package let seconds: Double
}

/// What a load has done.
package struct LoadSummary: Sendable {
    /// Readings of the dataset, omitted ones included.
    package var readings: Int64 = 0
    /// Readings that this run has delivered.
    package var delivered: Int64 = 0
    /// Rows that this run has sent: of a recipe with the section `delivery` those that arrive.
    package var rows: Int64 = 0
    /// Readings that were there before.
    package var earlier: Int64 = 0
    /// Bytes sent.
    package var bytes: Int64 = 0
    /// Readings of a batch at the end.
    package var batchReadings: Int64 = 0
    /// How often a connection was lost.
    package var retries = 0
    /// Readings that may be there twice: their target keeps what comes again, and had not acknowledged them.
    package var possibleDuplicates: Int64 = 0
    /// How late readings were at most; nil without a rate.
    package var lateness: Duration?
    /// Seconds from the first connection to the last commit.
    package var seconds = 0.0
    /// Seconds that senders have waited for readings, of all workers.
    package var waitedForReadings = 0.0
    /// Seconds that readings have waited until they could be sent, of all workers.
    package var waitedForTarget = 0.0
}

/// The load was asked to stop; what it has delivered is durable.
package struct LoadCancelled: Error {
    /// Readings that are durable.
    package let readingsDone: Int64
}
