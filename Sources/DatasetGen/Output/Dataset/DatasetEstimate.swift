/// About how many bytes a dataset will take, from the encoding of a few of its blocks.
public struct DatasetEstimate: Sendable {
    /// A file and its estimated size.
    public struct File: Sendable {
        /// The file's name.
        public let path: String
        /// Its estimated size.
        public let bytes: Int64
    }

    /// The files of readings, in the order of the recipe, and then the small ones.
    public let files: [File]
    /// Readings, omitted ones included.
    public let readings: Int64
    /// Bytes that SQLite sorts in a temporary file for the largest index; 0 if it needs none.
    let sortedBytes: Int64

    /// Generates and encodes a few blocks; writes nothing, and makes no wide fleet.
    public init(_ outline: PlanOutline) {
        let (plan, scale) = (outline.sample, outline.scale)
        self.init(
            plan,
            DatasetEncoding(plan),
            sensorsCSVBytes: Double(plan.sensorsCSV().count) * scale,
            readings: outline.readingCount,
            recipe: outline.recipe,
            scale: scale
        )
    }

    /// Generates and encodes a few blocks of a plan; writes nothing.
    public init(_ plan: GenerationPlan) {
        self.init(plan, DatasetEncoding(plan), sensorsCSVBytes: plan.sensorsCSV().count)
    }

    /// The same with an encoding that there is already, and the size of `sensors.csv`.
    init(_ plan: GenerationPlan, _ encoding: DatasetEncoding, sensorsCSVBytes: Int) {
        self.init(
            plan,
            encoding,
            sensorsCSVBytes: Double(sensorsCSVBytes),
            readings: plan.rows.count,
            recipe: plan.recipe,
            scale: 1
        )
    }

    /// An estimate from a plan of the dataset or of a sample of its sensors, of which it has `scale` times as many.
    private init(
        _ plan: GenerationPlan,
        _ encoding: DatasetEncoding,
        sensorsCSVBytes: Double,
        readings: Int64,
        recipe: Recipe,
        scale: Double
    ) {
        self.readings = readings
        let sample = EncodedSample(plan, encoding)
        let recipeBytes = RecipeWriter.text(of: recipe).utf8.count
        let eventBytes = ExpectedEvents.count(plan) * scale * sample.eventBytes
        var sortedBytes = 0.0
        var files: [File] = []
        func add(_ path: String, _ bytes: Double) { files.append(File(path: path, bytes: Self.whole(bytes))) }
        for parameters in plan.recipe.outputs {
            let output = ReadingOutput(parameters: parameters, of: plan.recipe)
            let format = parameters.format
            if let index = encoding.texts.firstIndex(where: { $0.output.parameters.format == format }) {
                add(
                    output.fileName,
                    Double(readings) * sample.textBytes[index] + Double(sample.headerBytes[index])
                )
                continue
            }
            let pageSize = Double(output.pageLayout.pageSize)
            let indexes = parameters.indexes.map { IndexSize.bytes(of: $0, plan) * scale }
            sortedBytes = max(sortedBytes, indexes.max() ?? 0)
            let tables =
                Double(readings) * sample.pageBytes + eventBytes * Self.recordFactor
                + sensorsCSVBytes * Self.sensorsFactor + Double(recipeBytes)
            // Pages above the leaves have an entry of up to 14 bytes for each leaf.
            add(
                output.fileName,
                (tables + indexes.reduce(0, +)) * (1 + 14 / pageSize) + pageSize
                    * Double(Self.rootPages + indexes.count)
            )
        }
        add(
            "events.csv",
            eventBytes + Double([TableColumn<EventRow>].events(plan.recipe.eventTimestamps).csvHeader().count)
        )
        add("sensors.csv", sensorsCSVBytes)
        add("recipe.yaml", Double(recipeBytes))
        add("manifest.json", Double(Self.manifestBytes + plan.fleet.profiles.count * Self.manifestProfileBytes))
        self.files = files
        let sorted = Self.whole(sortedBytes)
        self.sortedBytes = sorted > SQLiteTemporaryFolder.memoryBytes ? sorted : 0
    }

    /// A whole number of bytes, such that the sum of all files is one too, whatever a recipe asks for.
    private static func whole(_ bytes: Double) -> Int64 { Int64(min(bytes, 1e18).rounded(.up)) }

    /// The sum of the files.
    public var totalBytes: Int64 { files.reduce(0) { $0 + $1.bytes } }

    /// The estimate as JSON.
    public var json: JSONValue {
        [
            "readings": .integer(readings),
            "estimated_bytes": .integer(totalBytes),
            "files": .array(files.map { ["path": .string($0.path), "estimated_bytes": .integer($0.bytes)] }),
        ]
    }

    /// A row of `events` in its page against its line of text.
    private static let recordFactor = 1.05
    /// The table `sensors` and the index of its key against `sensors.csv`.
    private static let sensorsFactor = 1.35
    /// Tables and indexes that begin with a page each, however small.
    private static let rootPages = 8
    private static let manifestBytes = 10_000
    private static let manifestProfileBytes = 400
}
