import DatasetFormats
import DatasetGen

/// The readings as one file of text, compressed or not.
struct TextPart<Rows: RowEncoder>: DatasetPart {
    let output: ReadingOutput
    /// What is prepared for the rows of each sensor.
    let rows: Rows
    /// What is known of the rows, for whoever compresses them.
    let layout: RowLayout

    init(_ output: ReadingOutput, _ rows: Rows) {
        (self.output, self.rows) = (output, rows)
        layout = output.compressesRows ? rows.layout : RowLayout()
    }

    var fileNames: [String] { [output.fileName] }

    func makeEncoder() -> TextBlockEncoder<Rows> {
        TextBlockEncoder(
            rows,
            compressor: output.makeCompressor(rows.isMarked ? layout : nil),
            marksRows: output.compressesRows && rows.isMarked
        )
    }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> TextSink {
        let path = folder.path(of: output.fileName)
        let countsRows = rows.leavesOutReadings
        var encoder = makeEncoder()
        let trailer = encoder.encodeTrailer()
        if var state {
            return try TextSink(
                resuming: path,
                output: output,
                trailer: trailer,
                countsRows: countsRows,
                from: &state,
                in: folder.fileSystem
            )
        }
        return try TextSink(
            creating: path,
            output: output,
            header: encoder.encodeHeader(),
            trailer: trailer,
            countsRows: countsRows,
            in: folder.fileSystem
        )
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        var encoder = makeEncoder()
        return SizeEstimate(
            bytes: sample.readings * sample.bytesPerReading + Double(encoder.encodeHeader().byteCount)
        )
    }
}
