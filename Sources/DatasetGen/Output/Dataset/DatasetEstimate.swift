/// About how many bytes a dataset will take, from the encoding of its first block.
public struct DatasetEstimate: Sendable {
    /// A file and its estimated size.
    public struct File: Sendable {
        /// The file's name.
        public let path: String
        /// Its estimated size.
        public let bytes: Int64
    }

    /// The files of readings.
    public let files: [File]
    /// Readings, omitted ones included.
    public let readings: Int64

    /// Generates and encodes one block; writes nothing.
    public init(_ plan: GenerationPlan) {
        readings = plan.rows.count
        guard plan.blockCount > 0 else {
            files = plan.recipe.outputs.map {
                File(path: ReadingOutput(parameters: $0, of: plan.recipe).fileName, bytes: 0)
            }
            return
        }
        var generator = BlockGenerator(plan)
        var block = GeneratedBlock()
        generator.generate(block: plan.blockCount / 2, into: &block)
        let scale = Double(plan.rows.count) / Double(block.readings.count)
        files = plan.recipe.outputs.map { parameters in
            let output = ReadingOutput(parameters: parameters, of: plan.recipe)
            var text = EncodedText()
            if let prepared = PreparedText(output, plan.fleet.sensors) {
                var producer = TextProducer(prepared)
                producer.produce(block.readings, into: &text)
            } else {
                // A row of SQLite is about as long as its text in CSV: numbers are shorter, the record's header is longer.
                var encoder = CSVEncoder(
                    sensors: plan.fleet.sensors,
                    timestamps: parameters.timestamps,
                    includesCleanTwin: plan.recipe.includesCleanTwin
                )
                encoder.encode(block.readings, into: &text.bytes)
            }
            return File(path: output.fileName, bytes: Int64(Double(text.bytes.count) * scale))
        }
    }

    /// The sum of the files.
    public var totalBytes: Int64 { files.reduce(0) { $0 + $1.bytes } }

    /// The estimate as JSON.
    public var json: JSONValue {
        [
            "readings": .integer(readings),
            "estimated_bytes": .integer(totalBytes),
            "files": .array(files.map { ["path": .string($0.path), "estimated_bytes": .integer($0.bytes)] }),
        ]
    }
}
