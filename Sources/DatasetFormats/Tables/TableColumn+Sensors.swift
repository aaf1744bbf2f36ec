package import DatasetGen

extension [TableColumn<Sensor>] {
    /// The columns of `sensors.csv` and of the table `sensors`, with the steps of what is measured in numbers.
    ///
    /// Where groups have intervals of their own, with the seconds from one reading to the next.
    package static func sensors(of recipe: Recipe) -> [TableColumn<Sensor>] {
        let grid = recipe.grid
        let interval = TableColumn<Sensor>(
            "interval_seconds",
            "REAL",
            .decimal { FixedPoint(rounding: grid.every($0.step).interval.seconds, decimals: 6) }
        )
        return identity + (recipe.hasIntervals ? [interval] : [])
            + recipe.schema.metrics.filter { $0.model != .state }
            .map { metric in
                TableColumn(
                    "\(metric.name)_resolution",
                    "REAL",
                    .decimal { sensor in
                        guard sensor.measures(Metric(rawValue: metric.index)) else { return nil }
                        let resolution = sensor.resolutions[metric.index]
                        return FixedPoint(count: Int64(resolution.step), decimals: resolution.decimals)
                    }
                )
            }
    }

    private static let identity: [TableColumn<Sensor>] =
        [
            TableColumn("sensor_id", "TEXT PRIMARY KEY", .text { $0.id }),
            TableColumn("sensor_type", "TEXT", .text { $0.type }),
            TableColumn("manufacturer", "TEXT", .text { $0.manufacturer }),
            TableColumn("model", "TEXT", .text { $0.model }),
            TableColumn("firmware_version", "TEXT", .text { $0.firmwareVersion.text }),
            TableColumn("part", "TEXT", .text { $0.part.rawValue }),
            TableColumn("supply", "TEXT", .text { $0.supply.rawValue }),
            TableColumn("serial_number", "TEXT", .text { $0.serialNumber }),
            TableColumn("manufacture_date", "TEXT", .text { $0.manufactureDate }),
            TableColumn("instance_id", "TEXT", .text { $0.instanceID }),
            TableColumn("location", "TEXT", .text { $0.place.name }),
            TableColumn("region", "TEXT", .text { $0.place.region }),
            TableColumn("country", "TEXT", .text { $0.place.country }),
            TableColumn("latitude", "REAL", .decimal { $0.place.latitude }),
            TableColumn("longitude", "REAL", .decimal { $0.place.longitude }),
            TableColumn(
                "elevation",
                "REAL",
                .decimal { $0.place.elevation.map { FixedPoint(rounding: $0, decimals: 2) } }
            ),
            TableColumn("timezone", "TEXT", .text { $0.place.timezone }),
            TableColumn("deployment_type", "TEXT", .text { $0.deploymentType }),
            TableColumn("installation_date", "TEXT", .text { $0.installationDate }),
            TableColumn("height_meters", "REAL", .decimal { $0.heightMeters }),
            TableColumn("orientation_degrees", "REAL", .decimal { $0.orientationDegrees }),
        ]
}
