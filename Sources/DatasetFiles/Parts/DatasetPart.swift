package import DatasetFormats
package import DatasetGen

/// A part of a dataset that is written block by block: readings in one format, or the table of events.
///
/// It holds what is prepared once for each sensor and shared by all workers. What a worker needs besides is its encoder;
/// what the one who commits needs is its sink.
package protocol DatasetPart: Sendable {
    /// Turns blocks into pieces.
    associatedtype Encoder: BlockEncoder
    /// Turns pieces into files.
    associatedtype Sink: PieceSink where Sink.Piece == Encoder.Piece

    /// The names of its files; the first one names its section of the journal, too.
    var fileNames: [String] { get }

    /// An encoder of one worker.
    func makeEncoder() -> Encoder

    /// Creates the files, or goes on with those of the interrupted run that has stored this state.
    ///
    /// - Throws: ``FileError`` when a file cannot be made, or is not as the interrupted run has left it.
    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> Sink

    /// About how large its files will be.
    func estimate(_ sample: SizeSample) -> SizeEstimate
}

extension DatasetPart {
    /// As ``makeSink(in:resuming:)``, whatever its type.
    func makeErasedSink(
        in folder: DatasetFolder,
        resuming state: StateReader?
    ) throws(FileError) -> any PieceSink {
        try makeSink(in: folder, resuming: state)
    }
}

/// What the size of a part is estimated from.
package struct SizeSample {
    /// The plan of the dataset, or of a sample of its sensors.
    let plan: GenerationPlan
    /// Sensors of the dataset for each one of the plan.
    let scale: Double
    /// Readings of the dataset, omitted ones included.
    let readings: Double
    /// Bytes of the lines of all events.
    let eventBytes: Double
    /// Bytes of `sensors.csv`.
    let sensorBytes: Double
    /// Bytes of `phenomena.csv`; 0 where there is none.
    let phenomenaBytes: Double
    /// Bytes of `recipe.yaml`.
    let recipeBytes: Double
    /// Bytes of the part's pieces per reading.
    var bytesPerReading = 0.0
}

/// About how large a part will be.
package struct SizeEstimate {
    /// Bytes of its files.
    let bytes: Double
    /// Bytes that are sorted in a temporary file for it.
    var sortedBytes = 0.0
}
