import DatasetFormats
import DatasetGen

/// The table of sensors as `sensors.parquet`, which is written before all blocks.
struct ParquetSensorsPart: DatasetPart {
    /// Its name.
    static let fileName = "sensors.parquet"

    /// Nothing of a block is in it.
    struct Encoder: BlockEncoder {
        func makePiece() -> SensorsSink.Piece { SensorsSink.Piece() }

        func encode(_ block: borrowing EncodableBlock, into piece: SensorsSink.Piece) {}
    }

    private let content: RowGroupFile.Content
    private let plan: GenerationPlan

    init(_ output: ReadingOutput, _ plan: GenerationPlan) {
        self.plan = plan
        content = RowGroupFile.Content(
            name: Self.fileName,
            columns: Self.columns(of: plan.recipe).map { ParquetColumn($0, output.parameters.timestamps) },
            parameters: output.parameters
        )
    }

    private static func columns(of recipe: Recipe) -> [TableColumn<Sensor>] { .sensors(of: recipe) }

    var fileNames: [String] { [Self.fileName] }

    func makeEncoder() -> Encoder { Encoder() }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> ParquetSensorsSink {
        let count = plan.fleet.sensors.count
        if var state {
            var file = try RowGroupFile(resuming: &state, content, in: folder)
            try file.takeGroups(&state)
            return ParquetSensorsSink(content, file, count: count)
        }
        var file = try RowGroupFile(creating: content, in: folder)
        var encoder = ParquetTableEncoder(Self.columns(of: plan.recipe), content.parameters)
        let rowsPerGroup = ParquetTableEncoder<Sensor>.rowsPerGroup
        for begin in stride(from: 0, to: count, by: rowsPerGroup) {
            try file.append(encoder.encode(plan.fleet.sensors[begin..<min(begin + rowsPerGroup, count)]))
        }
        return ParquetSensorsSink(content, file, count: count)
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        SizeEstimate(bytes: sample.sensorBytes / Self.gain + Self.footerBytes)
    }

    /// How much smaller it is than `sensors.csv`, about; and the footer of a file of one row group.
    private static let (gain, footerBytes) = (3.0, 6_000.0)
}

/// `sensors.parquet` in the making: all of it is there but for the footer.
struct ParquetSensorsSink: PieceSink {
    private let content: RowGroupFile.Content
    private var file: RowGroupFile
    private let count: Int

    init(_ content: RowGroupFile.Content, _ file: RowGroupFile, count: Int) {
        (self.content, self.file, self.count) = (content, file, count)
    }

    mutating func storeGrowth(in state: inout StateWriter) { file.storeGrowth(in: &state) }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    func append(_ piece: SensorsSink.Piece) {}

    func store(in state: inout StateWriter) { file.store(in: &state) }

    func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        let digest = try file.finish(dataset.entries)
        let entry = ManifestFile.parquetSensors(content.parameters, rows: Int64(count), bytes: file.size)
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
