import DatasetFiles
import DatasetFormats
import DatasetGen
import Synchronization

/// A broker as a target of loads.
///
/// Messages are sent at least once: what was sent and not acknowledged when a connection was lost is sent again, and may be
/// there twice.
struct MessageTarget<Broker: MessageBroker>: DeliveryTarget {
    private final class Repeats: Sendable {
        let count = Atomic<Int64>(0)
    }

    private let broker: Broker
    private let plan: GenerationPlan
    private let options: TargetOptions
    private let output: ReadingOutput
    private let messageJournal: LoadJournal
    private let repeats = Repeats()

    init(url: String, plan: GenerationPlan, options: TargetOptions) throws(DeliveryError) {
        try options.check(String(url.prefix { $0 != ":" }), has: Broker.takesToken ? [.journal, .token] : [.journal])
        let labels = options.includesLabels ? "fields" : "none"
        let content = plan.recipeText + "labels: " + labels
        broker = try Broker(
            url: url,
            MessageSource(
                plan,
                identity: String(SHA256Text(of: Array(content.utf8)).text.prefix(16)),
                includesLabels: options.includesLabels,
                isHistorical: true,
                token: options.token
            )
        )
        (self.plan, self.options) = (plan, options)
        if options.ifExists == .replace {
            throw DeliveryError(
                .usage,
                "\(broker.name): --if-exists replace is not for messages, which are never removed"
            )
        }
        if !Broker.keepsMessages, options.ifExists != .fail || !options.creates {
            throw DeliveryError(.usage, "\(broker.name) hands messages on: it has no --if-exists and no --create")
        }
        output = try MessageRows.output(of: plan, includesLabels: options.includesLabels)
        let identity = LoadIdentity(target: broker.name, plan, options: ["labels": labels])
        messageJournal = LoadJournal(path: options.journal, of: identity, plan)
    }

    var name: String { broker.name }
    var canBeProven: Bool {
        broker.canBeRead && plan.recipe.delivery == nil && places.areExact && output.columns.contains(.timestamp)
    }
    var arrivals: ArrivalSupport { .each }
    var bytesPerReading: Int { 400 }
    var sendsOneByOne: Bool { true }
    /// Messages of a sensor stay in their order on one connection alone.
    var usualWorkers: Int { 1 }
    var possibleDuplicates: Int64 { repeats.count.load(ordering: .relaxed) }
    var journal: LoadJournal? { messageJournal }
    var script: String? { nil }

    func prepare() throws(DeliveryError) -> BlockSet {
        if FileSystem.exists(messageJournal.path), !options.resumes {
            throw DeliveryError(
                .occupied,
                "\(messageJournal.path) tells of an interrupted load into \(name); --resume finishes it, and without the file "
                    + "it is begun anew"
            )
        }
        let done = try messageJournal.open(options) { () throws(DeliveryError) in
            try broker.check(mayAppend: options.ifExists == .append, mayCreate: options.creates)
        }
        if broker.canBeRead, messageJournal.marks == nil, done.count == 0 {
            let marks = try broker.marks()
            if !marks.isEmpty { try messageJournal.note(marks: marks) }
        }
        return done
    }

    func find() throws(DeliveryError) { if !canBeProven { throw cannotBeAsked } }

    func makeEncoder() -> MessageEncoder {
        broker.messageEncoder ?? MessageRows.encoder(of: output, sensors: plan.fleet.sensors)
    }

    func connect() throws(DeliveryError) -> MessageDelivery<Broker.Connection> {
        MessageDelivery(connection: try broker.connect(), journal: messageJournal) { [repeats] in
            repeats.count.wrappingAdd($0, ordering: .relaxed)
        }
    }

    func finish() {}

    func prove(_ proof: Proof, workers: Int, retries: Retries) async throws -> ProofReport {
        guard canBeProven else { throw cannotBeAsked }
        let messages = MessageProof(broker, plan, makeEncoder(), places, from: messageJournal.marks ?? [])
        return try await retries.runAsync { try await messages.run(workers: workers) }
    }

    private var places: MessagePlaces { MessagePlaces(plan, output.parameters.timestamps) }

    private var cannotBeAsked: DeliveryError {
        DeliveryError(.usage, "\(name) cannot be asked what it has got; --verify none goes without a proof")
    }
}

/// One worker's connection to a broker.
struct MessageDelivery<Connection: MessageConnection>: DeliveryConnection {
    let connection: Connection
    /// Knows what an earlier run has sent.
    let journal: LoadJournal
    /// Told how many messages may have been sent twice.
    let noteRepeats: (Int64) -> Void

    func deliver(_ batch: DeliveryBatch<EncodedMessages>, isRepeated: Bool) throws(DeliveryError) {
        var first: Int64 = 0
        for index in batch.blocks.indices {
            let messages = batch.pieces[index]
            let readings = first..<first + (batch.pace == nil ? 0 : batch.readingCounts[index])
            first = readings.upperBound
            if messages.areAcknowledged { continue }
            if journal.isUncertain(batch.blocks[index]) { messages.expectRepeats() }
            if let pace = batch.pace {
                try send(messages, of: readings, pace)
            } else {
                try connection.send(messages) { false }
            }
            noteRepeats(messages.repeats)
        }
    }

    /// Sends the messages of some of a batch's readings, each when it is due.
    private func send(
        _ messages: EncodedMessages,
        of readings: Range<Int64>,
        _ pace: Pace
    ) throws(DeliveryError) {
        var sent = 0
        while sent < messages.count {
            let due = pace.due(of: messages.count, readings)
            if due > sent {
                try connection.send(messages, upTo: due) { false }
                sent = due
            } else {
                try connection.keepAlive()
            }
            if sent < messages.count { pace.pause() }
        }
        pace.note(readings)
    }
}

/// What a message says of its reading.
package enum MessageRows {
    /// Lines of JSON as a recipe has them in files.
    ///
    /// - Throws: ``DeliveryError`` where lines are not readings.
    static func output(of plan: GenerationPlan, includesLabels: Bool) throws(DeliveryError) -> ReadingOutput {
        var parameters = plan.recipe.outputs.first { $0.format == .jsonl } ?? .lines
        guard parameters.layout == .wide else {
            throw DeliveryError(.usage, "a message is a reading: outputs.jsonl.layout must be wide")
        }
        parameters.compression = .none
        parameters.joinParts()
        parameters.isOfArrivals = plan.recipe.delivery != nil
        if !includesLabels {
            parameters.columns = plan.recipe.columns(of: parameters).filter { !$0.tellsOfAnomalies }
        }
        var output = ReadingOutput(parameters: parameters, of: plan)
        if output.tellsEvents { output.events = EventDirectory(plan, for: [parameters]) }
        return output
    }

    /// What makes messages of blocks.
    static func encoder(of output: ReadingOutput, sensors: [Sensor]) -> MessageEncoder {
        guard let rows = JSONLinesFormat.makeRowEncoder(output, sensors: sensors) else {
            preconditionFailure("JSON Lines are rows of text")
        }
        return MessageEncoder(rows)
    }
}

extension Column {
    fileprivate var tellsOfAnomalies: Bool {
        switch self {
        case .statusCode, .anomalyFlag, .anomalyType, .eventID, .difficulty, .clean, .cleanValue, .split: true
        default: false
        }
    }
}
