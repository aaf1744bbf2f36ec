import DatasetGen

/// Encodes blocks as rows of text, and compresses them.
package struct TextBlockEncoder<Rows: RowEncoder>: BlockEncoder {
    private var rows: Rows
    private let compressor: BlockCompressor?
    /// Whether the compressor makes use of where the rows' parts lie.
    private let marksRows: Bool
    /// The positions of the first readings of files, but for the first.
    private let cuts: [Int64]
    /// Whether rows are counted.
    private let countsRows: Bool
    private var text = ByteBuffer()
    private var marks = RowMarks()

    /// - Parameters:
    ///   - rows: what makes the rows.
    ///   - compressor: what compresses them; nil for text as it is.
    ///   - marksRows: whether the compressor makes use of where the rows' parts lie.
    ///   - cuts: the positions of the first readings of files, but for the first.
    ///   - countsRows: whether rows are counted where files have those of all readings, too.
    package init(
        _ rows: Rows,
        compressor: BlockCompressor?,
        marksRows: Bool,
        cuts: [Int64] = [],
        countsRows: Bool = false
    ) {
        (self.rows, self.compressor, self.marksRows, self.cuts) = (rows, compressor, marksRows, cuts)
        self.countsRows = countsRows || rows.leavesOutReadings || !cuts.isEmpty
    }

    package func makePiece() -> EncodedText { EncodedText() }

    package mutating func encode(_ block: borrowing EncodableBlock, into piece: EncodedText) {
        piece.following.removeAll()
        guard !cuts.isEmpty else { return encode(block.readings, into: piece) }
        for (index, part) in block.readings.parts(cutAt: cuts).enumerated() {
            if index > 0 { piece.following.append(EncodedText()) }
            encode(part, into: piece.following.last ?? piece)
        }
    }

    private mutating func encode(_ readings: ReadingSlice, into piece: EncodedText) {
        text.removeAll()
        if countsRows { piece.rowCount = rows.rowCount(of: readings) }
        if marksRows {
            rows.encode(readings, into: &text, marking: &marks)
        } else {
            rows.encode(readings, into: &text)
        }
        finish(piece)
    }

    /// The file's header, as if it were a block.
    package mutating func encodeHeader() -> EncodedText { encode(rows.header) }

    /// What the file ends with, as if it were a block.
    package mutating func encodeTrailer() -> EncodedText { encode(rows.trailer) }

    private mutating func encode(_ bytes: [UInt8]) -> EncodedText {
        let piece = EncodedText()
        text.removeAll()
        text.append(bytes)
        marks = RowMarks()
        finish(piece)
        return piece
    }

    private mutating func finish(_ piece: EncodedText) {
        piece.bytes.removeAll()
        if let compressor {
            compressor.compress(text, marks, into: piece)
        } else {
            piece.checksum = TextChecksum()
            piece.checksum.length = text.count
            swap(&piece.bytes, &text)
        }
    }
}

/// A block's rows in one text format.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
package final class EncodedText: EncodedPiece, @unchecked Sendable {
    /// What goes into the file: compressed if the output is.
    package var bytes = ByteBuffer()
    /// Of the text before compression.
    package var checksum = TextChecksum()
    /// Rows, where they have to be counted.
    package var rowCount = 0
    /// What belongs into the files behind the one that the text before it is in, one file each.
    package var following: [EncodedText] = []

    package init() {}

    package var byteCount: Int { following.reduce(bytes.count) { $0 + $1.byteCount } }
}
