import DatasetFormats
public import DatasetGen

/// About how many bytes a dataset will take, from the encoding of a few of its blocks.
public struct DatasetEstimate: Sendable {
    /// A file and its estimated size.
    public struct File: Sendable {
        /// The file's name.
        public let path: String
        /// Its estimated size.
        public let bytes: Int64
        /// Its rows, those of omitted readings included, where they are not readings; else nil.
        public var rows: Int64?
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
            DatasetEncoding(sampling: plan, scale: scale),
            sensorsCSVBytes: Double(plan.sensorsCSV().count) * scale,
            readings: outline.readingCount,
            recipe: outline.recipe,
            scale: scale
        )
    }

    /// Generates and encodes a few blocks of a plan; writes nothing.
    public init(_ plan: GenerationPlan) {
        self.init(
            plan,
            DatasetEncoding(sampling: plan),
            sensorsCSVBytes: plan.sensorsCSV().count,
            readings: plan.rows.count
        )
    }

    /// The same of some readings with an encoding that there is already, and the size of `sensors.csv`.
    init(_ plan: GenerationPlan, _ encoding: DatasetEncoding, sensorsCSVBytes: Int, readings: Int64) {
        self.init(
            plan,
            encoding,
            sensorsCSVBytes: Double(sensorsCSVBytes),
            readings: readings,
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
        var basis = SizeSample(
            plan: plan,
            scale: scale,
            readings: Double(readings),
            eventBytes: ExpectedEvents.count(plan) * scale * sample.eventBytes,
            sensorBytes: sensorsCSVBytes,
            phenomenaBytes: plan.expectedPhenomena * scale * Self.phenomenonBytes,
            recipeBytes: Double(recipeBytes)
        )
        let outputs = recipe.readingOutputs
        var sortedBytes = 0.0
        var files: [File] = []
        func add(_ path: String, _ bytes: Double) { files.append(File(path: path, bytes: Self.whole(bytes))) }
        for (index, part) in encoding.parts.enumerated() {
            basis.bytesPerReading = sample.bytesPerReading[index]
            let estimate = part.estimate(basis)
            let names = part.fileNames
            for name in names { add(name, estimate.bytes / Double(names.count)) }
            if index < outputs.count, outputs[index].parameters.layout == .narrow, outputs[index].part == nil {
                files[files.count - 1].rows = recipe.valueCount
            }
            sortedBytes = max(sortedBytes, estimate.sortedBytes)
        }
        add(WholeTable.sensorsName, sensorsCSVBytes)
        if !recipe.phenomena.isEmpty { add(WholeTable.phenomenaName, basis.phenomenaBytes) }
        add(DatasetNames.recipe, Double(recipeBytes))
        if let source = recipe.recording?.source { add(source.nameInDataset, Double(source.bytes)) }
        for script in recipe.scripts() { add(script.name, Double(script.text.utf8.count)) }
        let known = files.map { PackagedDataset.File(path: $0.path, rows: readings, sha256: Self.someDigest) }
        for description in PackagedDataset(recipe, contentSHA256: Self.someDigest, files: known).descriptions {
            add(description.name, Double(description.text.utf8.count))
        }
        add(
            DatasetNames.manifest,
            Double(Self.manifestBytes + plan.fleet.profiles.count * Self.manifestProfileBytes)
        )
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
            "files": .array(
                files.map { file in
                    let json: JSONValue = ["path": .string(file.path), "estimated_bytes": .integer(file.bytes)]
                    return file.rows.map { json.adding("rows", .integer($0)) } ?? json
                }
            ),
        ]
    }

    /// A line of `phenomena.csv`, about.
    static let phenomenonBytes = 120.0
    /// As long as any.
    private static let someDigest = String(repeating: "0", count: 64)
    private static let manifestBytes = 10_000
    private static let manifestProfileBytes = 400
}
