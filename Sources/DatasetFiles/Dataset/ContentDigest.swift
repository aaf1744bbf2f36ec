public import DatasetGen

/// The identity of a dataset's content, whatever its formats, compression and file system.
///
/// It is the SHA-256 of, in this order: the ASCII text `gen-dataset content 1` and a newline; the SHA-256 of the bytes
/// of `sensors.csv`; and the SHA-256 of every block of 16,384 readings in the dataset's order. A block is encoded
/// column by column, all numbers little-endian and all readings counted, omitted ones included: the sensors' indices in
/// the fleet (Int32), the times in microseconds since 1970 (Int64), the labels (UInt8: 0 normal, 1 spike, 2 trend,
/// 3 pattern, 4 missing_data, 5 noise, plus 128 if the row is omitted), and per metric the count of its sensor's 10⁻ᵈ
/// (Int32, −2³¹ for NULL), and where the dataset holds the healthy twin the same of that.
public struct ContentDigest: Sendable {
    private var hash = SHA256()

    /// Bytes of the digest of a block.
    static let blockBytes = 32

    /// - Parameter sensors: the digest of `sensors.csv`.
    package init(sensors: SHA256Digest) {
        hash.update(data: Array("gen-dataset content 1\n".utf8))
        hash.update(data: Array(sensors))
    }

    /// That of a plan's readings, to which their blocks are yet to be added.
    package init(of plan: GenerationPlan) {
        self.init(sensors: SHA256.hash(data: plan.sensorsCSV()))
    }

    /// Takes note of the next block.
    package mutating func append(_ block: [UInt8]) {
        hash.update(data: block)
    }

    /// The digest of all blocks.
    package func finalize() -> SHA256Text {
        SHA256Text(hash.finalize())
    }

    /// The digest of one block: 32 bytes.
    public static func digest(of block: borrowing ReadingBlock) -> [UInt8] { digest(of: block.slice) }

    /// The digest of the readings of one block: 32 bytes.
    public static func digest(of readings: ReadingSlice) -> [UInt8] {
        var hash = SHA256()
        update(&hash, readings.sensors, readings.places)
        update(&hash, readings.times, readings.places)
        update(&hash, readings.labels, readings.rows)
        for column in readings.metrics { update(&hash, column, readings.rows) }
        for column in readings.clean { update(&hash, column, readings.rows) }
        return Array(hash.finalize())
    }

    private static func update<Number: FixedWidthInteger & BitwiseCopyable>(
        _ hash: inout SHA256,
        _ column: [Number],
        _ rows: Range<Int>
    ) {
        if Number(1) == Number(1).littleEndian {
            unsafe column[rows].withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        } else {
            unsafe column[rows].map(\.littleEndian).withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        }
    }
}
