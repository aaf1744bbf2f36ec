package import DatasetFormats
package import DatasetGen

/// Points in the line protocol of InfluxDB and its kin.
package enum LineProtocolFormat: TextFormat {
    package static let format = OutputFormat.influx
    package static let baseName = "readings.lp"
    package static let bytesPerSensor = 200

    package static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart {
        TextPart(output, LineProtocolEncoder(output, sensors: plan.fleet.sensors))
    }

    package static func makeRowEncoder(_ output: ReadingOutput, sensors: [Sensor]) -> (any RowEncoder)? {
        LineProtocolEncoder(output, sensors: sensors)
    }
}
