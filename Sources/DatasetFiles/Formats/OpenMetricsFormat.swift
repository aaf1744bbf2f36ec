package import DatasetFormats
package import DatasetGen

/// OpenMetrics text for `promtool`, and a script that makes blocks of Prometheus' database of it.
package enum OpenMetricsFormat: TextFormat {
    package static let format = OutputFormat.openmetrics
    package static let baseName = "readings.om"
    package static let scriptNames = [scriptName]
    package static let bytesPerSensor = 400

    private static let scriptName = "openmetrics.sh"

    package static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart {
        TextPart(output, OpenMetricsEncoder(output, sensors: plan.fleet.sensors))
    }

    package static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)? {
        OpenMetricsEncoder(output, sensors: sensors)
    }

    package static func scripts(_ output: ReadingOutput) -> [OutputScript] {
        let text = output.openMetricsScript(fileName: fileName(of: output.parameters))
        return [OutputScript(name: scriptName, format: "sh", text: text)]
    }
}
