import DatasetFormats
import DatasetGen

/// The readings as one file of text or several, compressed or not.
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

    var fileNames: [String] { output.fileNames }

    func makeEncoder() -> TextBlockEncoder<Rows> {
        TextBlockEncoder(
            rows,
            compressor: output.makeCompressor(rows.isMarked ? layout : nil),
            marksRows: output.compressesRows && rows.isMarked,
            cuts: output.cuts,
            countsRows: output.blocks != nil
        )
    }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> TextSink {
        var encoder = makeEncoder()
        let frame = TextFrame(
            output: output,
            header: encoder.encodeHeader(),
            trailer: encoder.encodeTrailer(),
            countsRows: rows.leavesOutReadings || !output.cuts.isEmpty || output.blocks != nil
        )
        if var state { return try TextSink(resuming: &state, frame, in: folder) }
        return try TextSink(creating: frame, in: folder)
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        var encoder = makeEncoder()
        return SizeEstimate(
            bytes: sample.readings * sample.bytesPerReading
                + Double(encoder.encodeHeader().byteCount * output.fileNames.count)
        )
    }
}
