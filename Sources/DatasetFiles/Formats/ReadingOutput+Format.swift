package import DatasetFormats
package import DatasetGen

extension ReadingOutput {
    private var format: any DatasetFormat.Type { RegisteredFormats.format(of: parameters.format) }

    /// The file's name in the dataset folder.
    package var fileName: String { format.fileName(of: parameters) }

    /// The name of the compression in the manifest; nil for none.
    var compressionName: String? { compression?.rawValue }

    /// What writes the output of a plan.
    func makePart(of plan: GenerationPlan) -> any DatasetPart { format.makePart(self, of: plan) }

    /// The encoder of a text format's rows; nil for another one.
    package func makeEncoder(sensors: [Sensor]) -> (any RowEncoder)? { format.makeRowEncoder(self, sensors: sensors) }
}
