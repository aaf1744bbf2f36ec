package import DatasetFormats
package import DatasetGen

/// Where readings go: a database, a broker, or nowhere.
///
/// A target is a folder of this library and a line in ``RegisteredTargets``. What it needs to know of the readings it is
/// given when it is made; the loader then prepares it, gives each worker a connection of its own, finishes it, and has what
/// has arrived proven.
package protocol DeliveryTarget: Sendable {
    /// Turns blocks into what a connection sends.
    associatedtype Encoder: BlockEncoder
    /// Sends what the encoder makes.
    associatedtype Connection: DeliveryConnection where Connection.Piece == Encoder.Piece

    /// The target as messages name it: never with a password.
    var name: String { get }

    /// Whether what it is given can be asked for again.
    var canBeProven: Bool { get }

    /// Where acknowledged blocks are noted; nil where the target itself knows, or nothing is kept.
    var journal: LoadJournal? { get }

    /// What it makes of readings that arrive late, twice or never, as the section `delivery` of a recipe asks for.
    var arrivals: ArrivalSupport { get }

    /// Whether a reading that is sent again is there twice.
    var keepsRepeats: Bool { get }

    /// The same readings in the order in which they are sent; nil for that of the recipe.
    var orderedPlan: GenerationPlan? { get }

    /// Whether the readings of a batch leave one after the other, and not all at once: a rate then holds within a batch.
    var sendsOneByOne: Bool { get }

    /// Connections that may be used at a time; nil for any number.
    var connectionLimit: Int? { get }

    /// Bytes that a reading takes on its way, about.
    var bytesPerReading: Int { get }

    /// Connections, unless so many are asked for.
    var usualWorkers: Int { get }

    /// Readings that may have arrived twice, of a target that counts them itself.
    var possibleDuplicates: Int64 { get }

    /// Creates or checks what the readings are stored in, or finds the load that is to be finished.
    ///
    /// - Returns: the blocks that are there already.
    /// - Throws: ``DeliveryError``; nothing of this load is there then.
    func prepare() throws(DeliveryError) -> BlockSet

    /// Finds the complete load of these readings, to prove it.
    ///
    /// - Throws: ``DeliveryError`` when there is none.
    func find() throws(DeliveryError)

    /// The statements that create what the readings are stored in; nil where there is nothing of the kind.
    var script: String? { get }

    /// What each worker encodes with; after ``prepare()``.
    func makeEncoder() throws(DeliveryError) -> Encoder

    /// A connection of its own for a worker.
    func connect() throws(DeliveryError) -> Connection

    /// Does what is left when all blocks are there; after a failure it may be done again.
    func finish() throws(DeliveryError)

    /// Compares what is stored with the readings.
    ///
    /// - Parameters:
    ///   - proof: how closely.
    ///   - workers: connections, and threads that compute the readings again.
    ///   - retries: when what the target did not answer is asked for again.
    /// - Returns: what was found.
    /// - Throws: ``DeliveryError`` where the target cannot be asked.
    func prove(_ proof: Proof, workers: Int, retries: Retries) async throws -> ProofReport

    /// Brings what is stored nearer to what was sent, when a proof has found that it is not: a server can lose what it had
    /// acknowledged. After a failure it may be done again.
    ///
    /// - Returns: whether another proof may find more.
    /// - Throws: ``DeliveryError``.
    func mend() throws(DeliveryError) -> Bool
}

/// What a target makes of readings that do not arrive as they were taken.
package enum ArrivalSupport: Hashable, Sendable {
    /// It cannot have them: what it goes without, and why.
    case refused(String)
    /// A reading that arrives twice replaces itself.
    case once
    /// Whatever arrives is kept.
    case each
}

extension DeliveryTarget {
    package var arrivals: ArrivalSupport {
        .refused("the section delivery: it holds each reading once, as it was taken")
    }
    package var journal: LoadJournal? { nil }
    package var connectionLimit: Int? { nil }
    package var orderedPlan: GenerationPlan? { nil }
    package var keepsRepeats: Bool { false }
    package var sendsOneByOne: Bool { false }

    /// Nothing: what such a target has acknowledged it does not lose.
    package func mend() -> Bool { false }

    /// Two: a server takes from one what the other has made while it was at work.
    package var usualWorkers: Int { 2 }

    /// None: the loader counts the batches of targets that keep repeats.
    package var possibleDuplicates: Int64 { 0 }
}

/// One worker's way to a target.
package protocol DeliveryConnection {
    /// What is sent.
    associatedtype Piece: EncodedPiece

    /// Delivers a batch; when it returns, the batch is durable.
    ///
    /// - Parameters:
    ///   - batch: the pieces.
    ///   - isRepeated: whether it may be there already, wholly or in part: an earlier attempt has failed.
    /// - Throws: ``DeliveryError``; one that is transient leaves the connection unusable.
    func deliver(_ batch: DeliveryBatch<Piece>, isRepeated: Bool) throws(DeliveryError)
}

/// Some blocks on their way: they become durable together.
///
/// Unchecked because nothing else guards it: the worker that encodes it hands it to the one that sends it.
package final class DeliveryBatch<Piece: EncodedPiece>: @unchecked Sendable {
    /// The numbers of the blocks.
    package internal(set) var blocks: [Int64] = []
    /// Of each block in ``blocks``; there may be more, from an earlier use.
    package internal(set) var pieces: [Piece] = []
    /// Rows of each block: its readings without those that are omitted.
    package internal(set) var rowCounts: [Int] = []
    /// Readings of each block, omitted ones included.
    var readingCounts: [Int64] = []
    /// Readings in the blocks, omitted ones included.
    package internal(set) var readings: Int64 = 0
    /// When its readings are due, where they leave one after the other; nil for at once.
    var pace: Pace?
    /// Bytes of all pieces.
    var byteCount: Int { zip(blocks, pieces).reduce(0) { $0 + $1.1.byteCount } }

    init() {}

    /// One of the blocks, as a batch of its own.
    func block(at index: Int) -> DeliveryBatch {
        let batch = DeliveryBatch()
        (batch.blocks, batch.pieces, batch.rowCounts) = ([blocks[index]], [pieces[index]], [rowCounts[index]])
        batch.readings = readingCounts[index]
        return batch
    }
}
