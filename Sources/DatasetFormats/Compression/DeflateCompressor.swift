/// Compresses blocks of text so that their outputs, one behind the other, are one run of deflate data.
///
/// Equal text and level give equal bytes, whatever was compressed before, as no block refers to an earlier one, and
/// whatever the CPU. The state of some hundred KiB belongs to one worker and is reused.
///
/// | level | by | MB/s | ratio | MB/s | ratio | MB/s | ratio | MB/s | ratio |
/// | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
/// | 1 | rows, fast | 1,900 | 5.1 | 2,400 | 15.5 | 2,600 | 10.4 | 5,200 | 34 |
/// | 2, 3 | rows, thorough | 1,450 | 5.1 | 1,900 | 15.6 | 1,850 | 11.2 | 4,100 | 34 |
/// | 4…7 | zlib 7 | 56 | 5.6 | 160 | 20 | 130 | 14.9 | 310 | 53 |
/// | 8 | zlib 8 | 48 | 5.6 | 65 | 21 | 75 | 15.2 | 200 | 60 |
/// | 9 | zlib 9 | 47 | 5.6 | 50 | 21 | 63 | 15.2 | 170 | 60 |
///
/// Measured on one core with a reading a second: CSV of 1,000 sensors in the order of time, CSV of 100 in the order of
/// sensors, and JSON Lines of the same. Level 1 is the default: what the others save is written faster than they find it.
public final class DeflateCompressor {
    private enum Method {
        case rows(RowDeflater)
        case zlib(ZlibDeflater)
    }

    private let method: Method

    /// A compressor of one worker.
    ///
    /// - Parameters:
    ///   - level: 1, the fastest, to 9, the smallest.
    ///   - layout: what is known of the rows that will be compressed; nil where nothing is, and what repeats is searched for.
    public init(level: Int, layout: RowLayout? = RowLayout()) {
        precondition((1...9).contains(level), "no such level of compression")
        guard let layout else {
            method = .zlib(ZlibDeflater(level: level))
            return
        }
        method =
            switch level {
            case 1: .rows(RowDeflater(layout, effort: .fast))
            case 2...3: .rows(RowDeflater(layout, effort: .thorough))
            // zlib's lower levels may give more bytes than what is known of rows does, in ten times the time.
            default: .zlib(ZlibDeflater(level: max(level, 7)))
            }
    }

    /// Whether layout and marks of the rows serve for anything at a level.
    public static func usesRows(level: Int) -> Bool { level <= 3 }

    /// Appends the compressed text, ended at a byte boundary and without reference to what came before.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - rows: the marks of its rows; none if it has no rows.
    ///   - output: where the compressed text goes.
    public func compress(
        _ text: borrowing ByteBuffer,
        _ rows: borrowing RowMarks = RowMarks(),
        into output: inout ByteBuffer
    ) {
        switch method {
        case .rows(let deflater): deflater.deflate(text, rows, into: &output)
        case .zlib(let deflater): deflater.deflate(text.bytes.span, into: &output)
        }
    }
}
