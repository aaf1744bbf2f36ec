import DatasetFormats
import DatasetGen

/// The readings as a file of Arrow's IPC format.
struct ArrowPart: DatasetPart {
    private let output: ReadingOutput
    private let rows: ArrowEncoder

    init(_ output: ReadingOutput, _ plan: GenerationPlan) {
        self.output = output
        rows = ArrowEncoder(output, sensors: plan.fleet.sensors)
    }

    var fileNames: [String] { [output.fileName] }

    func makeEncoder() -> TextBlockEncoder<ArrowEncoder> {
        TextBlockEncoder(rows, compressor: nil, marksRows: false, countsRows: true)
    }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> ArrowSink {
        guard var state else { return try ArrowSink(creating: output, rows, in: folder) }
        return try ArrowSink(resuming: &state, output, rows, in: folder)
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        let blocks = sample.readings / Double(GenerationPlan.rowsPerBlock) + 1
        let frame = Double(rows.header.count) + blocks * Self.bytesPerPlace
        return SizeEstimate(bytes: sample.readings * sample.bytesPerReading + frame)
    }

    /// Of a record batch in the footer.
    private static let bytesPerPlace = 24.0
}
