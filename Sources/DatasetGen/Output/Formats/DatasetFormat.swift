/// A format of readings: the one place that says what it is.
///
/// A type of this kind and its entry in ``DatasetFormats/all`` are all that it takes to write a new format: recipes, files,
/// estimates and `bench` ask it, or its ``OutputFormat``, and never which one it is. What reads it is a ``StoredFormat``.
protocol DatasetFormat: SendableMetatype {
    /// Its name, and what recipes may say of it.
    static var format: OutputFormat { get }

    /// The names that its files can have.
    static var fileNames: [String] { get }

    /// The names of further files, which no dataset has, that change what is read from its file.
    static var companionNames: [String] { get }

    /// The names that a run gives to further files in the folder while it writes.
    static var temporaryNames: [String] { get }

    /// Bytes of memory that are prepared for each sensor: the slope of the greatest resident size from 100,000 to 600,000
    /// sensors, and a tenth more.
    static var bytesPerSensor: Int { get }

    /// The name of the file of an output.
    static func fileName(of output: OutputParameters) -> String

    /// What writes an output of a plan.
    static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart

    /// What makes the rows of an output that is text; nil for another one.
    static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)?

    /// Throws if its files could not be written in a folder.
    ///
    /// - Throws: ``FileError``.
    static func check(_ paths: DatasetPaths) throws(FileError)
}

extension DatasetFormat {
    static var companionNames: [String] { [] }

    static var temporaryNames: [String] { [] }

    static func fileName(of output: OutputParameters) -> String { fileNames[0] }

    static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)? { nil }

    static func check(_ paths: DatasetPaths) {}
}

/// The formats that there are.
enum DatasetFormats {
    /// By the order in which datasets list their files.
    static let all: [any DatasetFormat.Type] = [SQLiteFormat.self, CSVFormat.self, JSONLinesFormat.self]

    /// What a format of a recipe is made of.
    static func format(of format: OutputFormat) -> any DatasetFormat.Type {
        guard let found = all.first(where: { $0.format == format }) else { preconditionFailure("no such format") }
        return found
    }
}

extension OutputFormat {
    /// The formats that there are, by the order in which datasets list their files.
    public static let allCases: [OutputFormat] = DatasetFormats.all.map { $0.format }
}
