import DatasetFiles
import DatasetFormats
import DatasetGen
import Synchronization

/// A folder that gets a file for each batch, for whatever takes files from there.
///
/// A file appears whole and durable, under its last name, or not at all: its name says which blocks it has, so that the folder
/// itself tells what is there.
struct FolderTarget: ReadableTarget {
    /// What files are.
    enum Format: String, CaseIterable {
        case csv
        case jsonl
    }

    let plan: GenerationPlan
    let options: TargetOptions
    let format: Format
    let files: BatchFiles
    private let output: ReadingOutput
    private let strangers = Strangers()

    /// Rows that are of no sensor of the fleet, or of no time of the dataset.
    final class Strangers: Sendable {
        let count = Atomic<Int64>(0)
    }

    init(url: String, plan: GenerationPlan, options: TargetOptions) throws(DeliveryError) {
        try options.check("dir", has: [.tags])
        let parts = url.dropFirst(4).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var format = Format.csv
        if parts.count > 1 {
            guard parts[1].hasPrefix("format="), let known = Format(rawValue: String(parts[1].dropFirst(7))) else {
                let names = Format.allCases.map(\.rawValue).joined(separator: " or ")
                throw DeliveryError(.usage, "\(url.quoted): behind the folder stands ?format=\(names), or nothing")
            }
            format = known
        }
        let path = parts[0].isEmpty ? "" : String(parts[0])
        guard !path.isEmpty, !path.contains("\0") else {
            throw DeliveryError(.usage, "\(url.quoted): a folder is named as dir:PATH")
        }
        if options.ifExists == .append {
            throw DeliveryError(.usage, "dir: has no --if-exists append: another folder holds another load")
        }
        (self.plan, self.options, self.format) = (plan, options, format)
        let tags =
            try options.tags.map { names throws(DeliveryError) in try options.tagColumns(names) }
            ?? OutputParameters.points(of: plan.recipe).points.tags
        let metrics = plan.recipe.schema.metrics
        let usesLabels = options.includesLabels
        let columns: [Column] =
            [.id, .timestamp] + tags + metrics.map { .metric($0) }
            + (usesLabels && plan.recipe.includesCleanTwin ? metrics.map { .clean($0) } : [])
            + (usesLabels ? [.anomalyFlag, .anomalyType] : [])
        output = ReadingOutput(
            parameters: .landing(format == .csv ? .csv : .jsonl, columns: columns),
            of: plan.recipe
        )
        let identity = LoadIdentity(
            target: "the folder \(path)",
            plan,
            options: [
                "format": format.rawValue, "tags": tags.map(\.name).joined(separator: ","),
                "labels": options.labels.rawValue,
            ]
        )
        files = BatchFiles(path: path, suffix: "." + format.rawValue, identity: identity)
    }

    var name: String { "the folder \(files.path)" }
    var canBeProven: Bool { true }
    var bytesPerReading: Int { 120 + 20 * plan.recipe.schema.metrics.count }
    var usesTwin: Bool { options.includesLabels && plan.recipe.includesCleanTwin }
    var usesLabels: Bool { options.includesLabels }
    var leavesOutEmptyRows: Bool { false }
    var script: String? { nil }

    func prepare() throws(DeliveryError) -> BlockSet {
        var done = BlockSet(of: plan.blockCount)
        for range in try files.prepare(options) {
            guard range.upperBound <= plan.blockCount, range.allSatisfy({ done.insert($0) }) else {
                throw DeliveryError(
                    .occupied,
                    "\(name) has the blocks \(range.lowerBound) to \(range.upperBound - 1), which are not of this load, or "
                        + "are there twice"
                )
            }
        }
        return done
    }

    func find() throws(DeliveryError) { try files.checkIdentity() }

    func makeEncoder() -> TextBlockEncoder<ShapedTextEncoder> {
        TextBlockEncoder(rows, compressor: nil, marksRows: false)
    }

    private var rows: ShapedTextEncoder {
        ShapedTextEncoder(
            output,
            format == .csv ? CSVFormat.makeTable(output) : JSONLinesFormat.makeTable(output),
            sensors: plan.fleet.sensors
        )
    }

    func connect() -> FolderDelivery { FolderDelivery(files: files, header: rows.header) }

    func finish() {}

    func addUp(_ proof: Proof, to stored: inout StoredPoints) -> [Int]? { nil }

    /// In one part, as files are of blocks, which no window of time is.
    func readCount(_ windows: ProofWindows) -> Int { 1 }

    func makeReader() -> any StoredReader { FolderReader(self, strangers: strangers) }

    func prove(_ proof: Proof, workers: Int, retries: Retries) async throws -> ProofReport {
        strangers.count.store(0, ordering: .relaxed)
        var report = try await ReadBackProof(self, proof, retries).run(workers: workers)
        let count = strangers.count.load(ordering: .relaxed)
        if count > 0 { report.differences.append("\(count.grouped(of: "row")) that were not sent") }
        return report
    }
}

/// One worker's way into the folder: consecutive blocks of a batch are a file.
struct FolderDelivery: DeliveryConnection {
    let files: BatchFiles
    /// What each file begins with.
    let header: [UInt8]

    func deliver(_ batch: DeliveryBatch<EncodedText>, isRepeated: Bool) throws(DeliveryError) {
        var first = 0
        while first < batch.blocks.count {
            var end = first + 1
            while end < batch.blocks.count, batch.blocks[end] == batch.blocks[end - 1] + 1 { end += 1 }
            try files.write(
                batch.blocks[first]..<batch.blocks[end - 1] + 1,
                [header] + (first..<end).map { batch.pieces[$0].bytes.bytes }
            )
            first = end
        }
    }
}
