/// Compresses blocks of text so that their outputs, one behind the other, are one run of deflate data.
///
/// Equal text and level give equal bytes, whatever was compressed before, as no block refers to an earlier one. The
/// state of some hundred KiB belongs to one worker and is reused.
///
/// | level | by | MB/s | ratio | MB/s | ratio |
/// | --- | --- | --- | --- | --- | --- |
/// | 1 | ISA-L 1 | 1,000 | 6.3 | 1,500 | 11.2 |
/// | 2 | ISA-L 2 | 950 | 6.2 | 1,500 | 11.3 |
/// | 3 | ISA-L 3 | 320 | 6.1 | 410 | 11.4 |
/// | 4 | zlib 4 | 95 | 6.8 | 125 | 11.7 |
/// | 6 | zlib 6 | 50 | 7.3 | | |
/// | 9 | zlib 9 | 28 | 7.5 | | |
///
/// Measured on one core with CSV of 1,000 sensors, first in the order of time, then in the order of sensors.
package final class DeflateCompressor {
    private enum Method {
        case rows(RowDeflater)
        case zlib(ZlibDeflater)
    }

    private let method: Method

    /// - Parameters:
    ///   - level: 1, the fastest, to 9, the smallest.
    ///   - layout: what is known of the rows that will be compressed.
    package init(level: Int, layout: RowLayout = RowLayout()) {
        precondition((1...9).contains(level), "no such level of compression")
        method =
            switch level {
            case 1: .rows(RowDeflater(layout, effort: .fast))
            case 2...3: .rows(RowDeflater(layout, effort: .thorough))
            // zlib's lower levels may give more bytes than what is known of rows does, in ten times the time.
            default: .zlib(ZlibDeflater(level: max(level, 7)))
            }
    }

    /// Whether layout and marks of the rows serve for anything at a level.
    package static func usesRows(level: Int) -> Bool { level <= 3 }

    /// Appends the compressed text, ended at a byte boundary and without reference to what came before.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - rows: the marks of its rows; none if it has no rows.
    ///   - output: where the compressed text goes.
    package func compress(
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
