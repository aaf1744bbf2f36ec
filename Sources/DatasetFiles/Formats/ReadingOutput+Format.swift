package import DatasetFormats
package import DatasetGen

extension ReadingOutput {
    private var format: any DatasetFormat.Type { RegisteredFormats.format(of: parameters.format) }

    /// The names of its files in the dataset folder, in their order.
    package var fileNames: [String] {
        let names = format.fileNames(of: self)
        guard let shardCount else { return names }
        return names.flatMap { name in ShardNames.all(of: shardCount).map { $0.path(of: name) } }
    }

    /// The file's name in the dataset folder; of several files, what they are called together: `readings-001.om to readings-009.om`.
    package var fileName: String {
        let names = fileNames
        return names.count == 1 ? names[0] : "\(names[0]) to \(names[names.count - 1])"
    }

    /// The name of the compression in the manifest; nil for none.
    var compressionName: String? { parameters.compression.name }

    /// The names of the small tables beside its file of a recipe.
    package func tableNames(of recipe: Recipe) -> [String] { format.tableNames(of: recipe) }

    /// What writes the small tables beside the output of a plan.
    func makeTableParts(of plan: GenerationPlan) -> [any DatasetPart] { format.makeTableParts(self, of: plan) }

    /// What writes the output of a plan.
    func makePart(of plan: GenerationPlan) -> any DatasetPart { format.makePart(self, of: plan) }

    /// The encoder of a text format's rows, those of all its files one behind the other; nil for another one.
    package func makeEncoder(sensors: [Sensor]) -> (any RowEncoder)? {
        let rows = format.makeRowEncoder(self, sensors: sensors)
        return cuts.isEmpty ? rows : rows.map { CutRowEncoder($0, cuts: cuts) }
    }
}
