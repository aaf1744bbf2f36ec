import ArgumentParser
import DatasetDelivery
import DatasetFiles
import DatasetGen

/// `gen-dataset plan FILE --shards N`: what each shard of a dataset has.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Print which readings each shard of a dataset has, and about how many bytes.",
        discussion: """
            Nothing is generated but a few blocks to estimate sizes from.

              gen-dataset plan ml-training.yaml --target-size 512MB
            """
    )

    @OptionGroup var recipe: RecipeOptions

    @Option(help: ArgumentHelp("How many shards.", valueName: "n"))
    var shards: Int?

    @Option(help: ArgumentHelp("As many shards as are about so large each: 512MB, 2GiB.", valueName: "size"))
    var targetSize: String?

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    func validate() throws {
        guard (shards == nil) != (targetSize == nil) else {
            throw ValidationError("either --shards N or --target-size SIZE says how many shards there are")
        }
        if let shards, !(1...Shard.greatestCount).contains(shards) {
            throw ValidationError("--shards \(shards): between 1 and \(Shard.greatestCount)")
        }
        if let targetSize, Self.bytes(targetSize) == nil {
            throw ValidationError("--target-size \(targetSize): bytes with a unit, such as 512MB or 2GiB")
        }
    }

    private static func bytes(_ text: String) -> Int64? {
        guard case .bytes(let count)? = BatchLimit(argument: text) else { return nil }
        return count
    }

    func run() throws {
        let loaded = try recipe.loader(adding: []).load()
        let outline = try loaded.outline(shardCount: shards ?? Shard.greatestCount)
        let plan = try outline.plan()
        let total = DatasetEstimate(outline).totalBytes
        let wanted = targetSize.flatMap(Self.bytes).map { Int(clamping: (total + $0 - 1) / $0) }
        let count = max(1, shards ?? wanted ?? 1)
        guard count <= Shard.greatestCount else {
            throw Failure(
                "--target-size \(targetSize ?? ""): that would be \(count.grouped(of: "shard")), and there are "
                    + "\(Shard.greatestCount.grouped) at most",
                status: .wrongUsage
            )
        }
        let scopes = (0..<count).compactMap { Shard($0, of: count).map { RunScope(plan, shard: $0) } }
        let bytesPerReading = Double(total) / Double(max(1, plan.rows.count))
        func bytes(_ scope: RunScope) -> Int64 { Int64(Double(scope.positions.count) * bytesPerReading) }
        if json {
            let entries = scopes.map { scope -> JSONValue in
                [
                    "shard": .text(scope.shard?.text), "first_reading": .integer(scope.positions.lowerBound + 1),
                    "readings": .integer(scope.positions.count), "bytes": .integer(bytes(scope)),
                ]
            }
            return Console.json([
                "readings": .integer(plan.rows.count), "bytes": .integer(total), "count": .integer(count),
                "shards": .array(entries),
            ])
        }
        var table = TextTable(["shard", "first reading", "readings", "about"])
        for scope in scopes {
            table.add([
                scope.shard?.text ?? "", Readable.count(scope.positions.lowerBound + 1),
                Readable.count(Int64(scope.positions.count)),
                Readable.bytes(Double(bytes(scope))),
            ])
        }
        Console.result(table.text)
    }
}
