import DatasetFiles
import DatasetFormats
import DatasetGen

/// A block of readings on its way from a file, or from the recipe, to those who compare it with the other files.
///
/// Unchecked because nothing else guards it: at any time one worker owns it, and the pipeline hands it on under its lock.
final class CheckedBlock: @unchecked Sendable {
    /// The readings; the events only where the recipe has given them.
    var block = GeneratedBlock()
    /// Readings that have a row.
    var rowCount = 0
    /// What is wrong with the rows of the file that was read.
    var problems = Problems()
    /// What is wrong with the rows of a SQLite file that is compared with them.
    var tableProblems = Problems()
    /// Per text file: what its rows must be.
    fileprivate(set) var texts: [ByteBuffer] = []
    /// Of the readings.
    fileprivate(set) var statistics = DatasetStatistics()
    /// Digest of the readings' canonical encoding.
    fileprivate(set) var digest: [UInt8] = []
    /// The events' lines of `events.csv`.
    let eventLines = EncodedEvents()

    /// How many rows a text file has of it.
    func rowCount(_ encoder: any RowEncoder) -> Int {
        encoder.rowCount(of: block.readings.slice)
    }

    /// What a message says of the row with an index among those that a text file has.
    func name(ofRow index: Int, _ names: ReadingNames, _ encoder: any RowEncoder) -> String {
        let readings = block.readings
        let slice = readings.slice
        var left = index
        for row in 0..<readings.count {
            let count = encoder.rowCount(ofReading: row, of: slice)
            if left < count {
                return names.reading(readings.firstNumber - 1 + Int64(row), sensor: Int(readings.sensors[row]))
            }
            left -= count
        }
        return "no reading"
    }
}

/// Makes of a block's readings what the other files are compared with; the scratch memory of one worker.
struct BlockDigester {
    private let fleet: Fleet
    private var encoders: [any RowEncoder]

    /// Prepares for blocks of a plan, and for text files of these encoders.
    init(_ plan: GenerationPlan, encoders: [any RowEncoder]) {
        fleet = plan.fleet
        self.encoders = encoders
    }

    /// Completes a block whose readings are there.
    mutating func complete(_ product: CheckedBlock) {
        if product.texts.count != encoders.count { product.texts = encoders.map { _ in ByteBuffer() } }
        for index in encoders.indices {
            product.texts[index].removeAll()
            encoders[index].encode(product.block.readings, into: &product.texts[index])
        }
        product.digest = ContentDigest.digest(of: product.block.readings)
        product.statistics.reset(fleet)
        product.statistics.add(product.block.readings, of: fleet)
    }
}
