import DatasetChecks
import DatasetGen

/// Stored readings and events: a letter for the format, then the readings; behind a record separator, the events.
///
/// Whatever is in the files, an audit has findings, not accidents.
struct ReadingsTarget: FuzzTarget {
    static let name = "readings"
    private let scratch = Scratch()
    private static let formats: [(letter: Unicode.Scalar, name: String, format: OutputFormat)] = [
        ("c", "readings.csv", .csv), ("j", "readings.jsonl", .jsonl), ("g", "readings.csv.gz", .csv),
        ("z", "readings.jsonl.zst", .jsonl), ("s", "readings.sqlite", .sqlite),
        ("p", "readings.parquet", .parquet), ("a", "readings.arrow", .arrow),
    ]

    private let plan: GenerationPlan? = {
        let recipe = """
            dataset: {duration: 20s, seed: 3}
            replicas: {count: 2, prefix: "é,\\"S"}
            anomalies: {probability: 0.2, types: {spike: {}, missing_data: {duration: 3s, max_duration: 3s}}}
            """
        let resolved = try? RecipeReader().read(recipe, source: "recipe.yaml", defaultName: "recipe")
        return (resolved?.recipe).flatMap { try? GenerationPlan($0) }
    }()

    func run(_ input: [UInt8]) {
        guard let letter = input.first, let plan,
            let file = Self.formats.first(where: { UInt8(ascii: $0.letter) == letter })
        else { return }
        // Compressed bytes may be any: there the events are those that there are.
        let isText = "cj".unicodeScalars.contains(file.letter)
        let parts = isText ? parts(of: Array(input.dropFirst())) : [Array(input.dropFirst())]
        for other in Self.formats where other.name != file.name { scratch.remove(other.name) }
        scratch.write(parts[0], to: file.name)
        scratch.write(parts.count > 1 ? parts[1] : Self.events, to: "events.csv")
        do {
            let report = try DatasetAuditor(folder: scratch.folder, plan: plan, format: file.format).audit()
            for finding in report.findings { requireOneLine(finding.description.onOneLine) }
            _ = report.json.compactText
        } catch {
            requireOneLine(error.description.onOneLine)
        }
    }

    private static let events = Array(
        """
        event_id,sensor_id,anomaly_type,metrics,start,end,first_reading,last_reading,readings,truncated

        """
        .utf8
    )
}
