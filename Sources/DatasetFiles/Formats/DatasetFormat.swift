package import DatasetFormats
package import DatasetGen

/// A format of readings: the one place that says what it is.
///
/// A type of this kind, its entry in ``RegisteredFormats/all`` and its ``OutputFormat`` are all that it takes to write a new
/// format: recipes, files, estimates and `bench` ask them, and never which one it is.
package protocol DatasetFormat: SendableMetatype {
    /// Its name, and what recipes may say of it.
    static var format: OutputFormat { get }

    /// The names that its files can have.
    static var fileNames: [String] { get }

    /// The names of further files, which no dataset has, that change what is read from its file.
    static var companionNames: [String] { get }

    /// The names that a run gives to further files in the folder while it writes.
    static var temporaryNames: [String] { get }

    /// The names of small files beside its file, which say how that is loaded.
    static var scriptNames: [String] { get }

    /// The names that small tables beside its file can have, in its own form: events, sensors and phenomena.
    static var tableNames: [String] { get }

    /// The names of those that a recipe has.
    static func tableNames(of recipe: Recipe) -> [String]

    /// What writes the small tables beside the file of an output, in the order of their names.
    static func makeTableParts(_ output: ReadingOutput, of plan: GenerationPlan) -> [any DatasetPart]

    /// The small files beside the files of an output, which have these names.
    static func scripts(_ output: ReadingOutput, of files: [String]) -> [OutputScript]

    /// Bytes of memory that are prepared for each sensor: the slope of the greatest resident size from 100,000 to 600,000
    /// sensors, and a tenth more.
    static var bytesPerSensor: Int { get }

    /// The name of the file of an output.
    static func fileName(of output: OutputParameters) -> String

    /// The names of the files of an output, in their order.
    static func fileNames(of output: ReadingOutput) -> [String]

    /// What writes an output of a plan.
    static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart

    /// What makes the rows of an output that is text, or is compared as text; nil for another one.
    static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)?

    /// Whether it can be written to a pipe, where nothing can be gone back to.
    static var isStream: Bool { get }

    /// What makes the rows of an output that is written to a pipe.
    ///
    /// - Parameters:
    ///   - output: the output.
    ///   - sensors: the fleet.
    ///   - selected: per sensor, whether there may be rows of it; nil for all.
    /// - Returns: it; nil for a format that cannot be written so.
    static func makeStream(_ output: ReadingOutput, sensors: [Sensor], selected: [Bool]?) -> (any RowEncoder)?

    /// Throws if its files could not be written in a folder.
    ///
    /// - Throws: ``FileError``.
    static func check(_ paths: DatasetPaths) throws(FileError)
}

extension DatasetFormat {
    /// Names of files, with those of the files of parts.
    static func withParts(_ names: [String]) -> [String] {
        names + (format.hasPartFiles ? SplitParameters.allParts.flatMap { part in names.map { $0.ofPart(part) } } : [])
    }

    package static var companionNames: [String] { [] }

    package static var temporaryNames: [String] { [] }

    package static var scriptNames: [String] { [] }

    package static var tableNames: [String] { [] }

    package static func tableNames(of recipe: Recipe) -> [String] { tableNames }

    package static func makeTableParts(_ output: ReadingOutput, of plan: GenerationPlan) -> [any DatasetPart] { [] }

    package static func scripts(_ output: ReadingOutput, of files: [String]) -> [OutputScript] { [] }

    package static func fileName(of output: OutputParameters) -> String { fileNames[0] }

    package static func fileNames(of output: ReadingOutput) -> [String] {
        let name = fileName(of: output.parameters)
        return [output.partName.map { name.ofPart($0) } ?? name]
    }

    package static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)? { nil }

    package static var isStream: Bool { false }

    package static func makeStream(_ output: ReadingOutput, sensors: [Sensor], selected: [Bool]?) -> (any RowEncoder)? {
        makeRowEncoder(output, sensors: sensors)
    }

    package static func check(_ paths: DatasetPaths) {}
}

extension String {
    /// The name of the file that has the readings of a part: `readings-train.csv` for `readings.csv`.
    fileprivate func ofPart(_ part: String) -> String {
        let stem = prefix { $0 != "." }
        return "\(stem)-\(part)\(dropFirst(stem.count))"
    }
}

/// What the formats of recipes are made of.
enum RegisteredFormats {
    /// One for each of ``OutputFormat/allCases``, in their order.
    static let all: [any DatasetFormat.Type] = [
        SQLiteFormat.self, CSVFormat.self, JSONLinesFormat.self, LineProtocolFormat.self, ClickHouseFormat.self,
        PostgreSQLFormat.self, OpenMetricsFormat.self, ParquetFormat.self, ArrowFormat.self,
    ]

    /// What a format of a recipe is made of.
    static func format(of format: OutputFormat) -> any DatasetFormat.Type {
        guard let found = all.first(where: { $0.format == format }) else { preconditionFailure("no such format") }
        return found
    }
}
