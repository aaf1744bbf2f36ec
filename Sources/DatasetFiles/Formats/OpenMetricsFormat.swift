package import DatasetFormats
package import DatasetGen

/// OpenMetrics text for `promtool`, and a script that makes blocks of Prometheus' database of it.
package enum OpenMetricsFormat: TextFormat {
    package static let format = OutputFormat.openmetrics
    package static let baseName = "readings.om"
    package static let scriptNames = [scriptName]
    package static let bytesPerSensor = 400

    package static let fileNames: [String] = {
        let endings = [""] + CompressedFormat.allCases.map(\.suffix)
        let numbered = (1...OutputParameters.fileLimit).map { name(ofFile: $0) }
        return ([baseName] + numbered).flatMap { name in endings.map { name + $0 } }
    }()

    /// The name of one of several files, by its number from 1.
    private static func name(ofFile number: Int) -> String { "readings-\(number.padded(to: 3)).om" }

    package static func fileNames(of output: ReadingOutput) -> [String] {
        guard output.parameters.timePerFile != nil else { return [fileName(of: output.parameters)] }
        return (0...output.cuts.count).map { name(ofFile: $0 + 1) + (output.compression?.suffix ?? "") }
    }

    private static let scriptName = "openmetrics.sh"

    package static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart {
        TextPart(output, OpenMetricsEncoder(output, sensors: plan.fleet.sensors))
    }

    package static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)? {
        OpenMetricsEncoder(output, sensors: sensors)
    }

    package static func scripts(_ output: ReadingOutput, of files: [String]) -> [OutputScript] {
        let text = output.openMetricsScript(fileNames: files)
        return [OutputScript(name: scriptName, format: "sh", text: text)]
    }
}
