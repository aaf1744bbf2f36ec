import Crypto

/// A generated block with its bytes in every text format, ready to be appended to the files.
///
/// Unchecked because nothing else guards it: at any time one worker owns it, and the pipeline hands it on under its lock.
final class EncodedBlock: @unchecked Sendable {
    var generated = GeneratedBlock()
    /// Per text output.
    var texts: [EncodedText]
    /// Digest of the readings' canonical encoding.
    var digest: [UInt8] = []

    init(textCount: Int) {
        texts = (0..<textCount).map { _ in EncodedText() }
    }
}

/// A block's rows in one text format.
struct EncodedText: Sendable {
    /// What goes into the file: compressed if the output is.
    var bytes = ByteBuffer()
    /// Of the text before compression.
    var checksum = TextChecksum()
}

/// Generates and encodes blocks; the scratch memory of one worker.
struct BlockProducer: PipelineWorker {
    private var generator: BlockGenerator
    private var encoders: [TextProducer]

    init(_ plan: GenerationPlan, rowsPerChunk: Int64) {
        generator = BlockGenerator(plan, rowsPerChunk: rowsPerChunk)
        encoders = plan.recipe.outputs.compactMap { TextProducer(ReadingOutput(parameters: $0), plan.fleet.sensors) }
    }

    mutating func produce(_ unit: Int64, recycled: EncodedBlock?) -> EncodedBlock {
        let block = recycled ?? EncodedBlock(textCount: encoders.count)
        generator.generate(block: unit, into: &block.generated)
        block.digest = ContentDigest.digest(of: block.generated.readings)
        for index in encoders.indices {
            encoders[index].produce(block.generated.readings, into: &block.texts[index])
        }
        return block
    }
}

/// Encodes and compresses blocks for one text output.
struct TextProducer {
    private var encoder: any BlockEncoder
    private let compressor: DeflateCompressor?
    private var text = ByteBuffer()

    /// Nil if the output is not a text.
    init?(_ output: ReadingOutput, _ sensors: [Sensor]) {
        guard let encoder = output.makeEncoder(sensors: sensors) else { return nil }
        self.encoder = encoder
        compressor = output.makeCompressor()
    }

    /// The file's header, as if it were a block.
    mutating func produceHeader() -> EncodedText {
        var result = EncodedText()
        text.removeAll()
        text.append(encoder.header)
        finish(&result)
        return result
    }

    /// The rows of a block.
    mutating func produce(_ block: borrowing ReadingBlock, into result: inout EncodedText) {
        text.removeAll()
        encoder.encode(block, into: &text)
        finish(&result)
    }

    private mutating func finish(_ result: inout EncodedText) {
        result.bytes.removeAll()
        if let compressor {
            result.checksum = TextChecksum(text)
            compressor.compress(text, into: &result.bytes)
        } else {
            result.checksum = TextChecksum()
            result.checksum.length = text.count
            swap(&result.bytes, &text)
        }
    }
}
