import DatasetFormats
package import DatasetGen

/// What a dataset is, for people and programs: `manifest.json`.
///
/// Nothing of the machine, the clock or the run is in it.
package struct Manifest {
    /// The version of the manifest's own layout.
    static let formatVersion = 1

    let plan: GenerationPlan
    let recipeSHA256: String
    let contentSHA256: String
    let statistics: DatasetStatistics
    /// Events per ``AnomalyType/rawValue``.
    let events: [Int64]
    /// What has happened to readings on their way.
    let delivery: DeliveryCounts
    package let files: [ManifestFile]
    /// What each part of the splits comes to; nil without splits.
    private let splits: SplitFigures?
    /// The version of the program that has made the dataset.
    let generatorVersion: String

    package init(
        plan: GenerationPlan,
        recipeSHA256: String,
        contentSHA256: String,
        statistics: DatasetStatistics,
        events: [Int64],
        delivery: DeliveryCounts,
        files: [ManifestFile],
        generatorVersion: String = Generator.version
    ) {
        self.plan = plan
        self.recipeSHA256 = recipeSHA256
        self.contentSHA256 = contentSHA256
        self.statistics = statistics
        self.events = events
        self.delivery = delivery
        self.files = files
        splits = SplitFigures(plan)
        self.generatorVersion = generatorVersion
    }

    /// The manifest as JSON.
    package var json: JSONValue {
        let recipe = plan.recipe
        let grid = recipe.grid
        let json: JSONValue = [
            "format_version": .integer(Self.formatVersion),
            "generator": ["name": .string(Generator.name), "version": .string(generatorVersion)],
            "dataset": .object(
                [
                    .init(key: "name", value: .string(recipe.name)),
                    .init(key: "description", value: .string(recipe.description)),
                ] + recipe.publication.members
            ),
            "seed": .integer(recipe.seed),
            "recipe_sha256": .string(recipeSHA256),
            "content_sha256": .string(contentSHA256),
            "time": .object(
                [
                    .init(key: "start", value: .string(grid.start.zonedText)),
                    .init(key: "end", value: .string(grid.end.zonedText)),
                    .init(key: "interval", value: .string(grid.interval.text)),
                    .init(key: "interval_seconds", value: .literal(grid.interval.seconds.description)),
                    .init(key: "ticks", value: .integer(grid.tickCount)),
                ] + intervals
            ),
            "order": .string(recipe.order.text),
            "sensors": .integer(plan.fleet.sensors.count),
            "rows": .integer(plan.rows.count - labels.omitted),
            "schema": .array(recipe.heldColumns.map(schema)),
            "labels": labelsJSON,
            "statistics": .object(
                recipe.schema.all.map { .init(key: recipe.schema[$0].name, value: statisticsJSON(of: $0)) }
            ),
            "files": .array(files.map(\.json)),
        ]
        let known = recipe.recording.map { json.adding("recording", Self.recordingJSON(of: $0)) } ?? json
        let split = splits.map { known.adding("splits", $0.json) } ?? known
        return recipe.delivery == nil ? split : split.adding("delivery", deliveryJSON)
    }

    /// Where the healthy readings come from.
    private static func recordingJSON(of recording: Recording) -> JSONValue {
        let json: JSONValue = [
            "file": .string(recording.source.nameInDataset),
            "sha256": .string(recording.source.sha256),
            "time": .string(recording.source.time),
            "sensor": .text(recording.source.sensor),
            "columns": .object(
                recording.metrics.map { .init(key: $0.name, value: .string($0.column)) }
            ),
        ]
        guard let playback = recording.playback else { return json }
        let played: JSONValue = [
            "from": .string(playback.from.zonedText), "to": .string(playback.to.zonedText),
            "repeat": .literal("\(playback.isRepeated)"),
            "phase": .string(DurationText.text(ofMicroseconds: playback.phase)),
        ]
        return json.adding("played", played)
    }

    /// What has happened to readings on their way; all else is of the readings as they were taken.
    private var deliveryJSON: JSONValue {
        [
            "sent": .integer(delivery.sent),
            "arrived": .integer(delivery.arrived),
            "lost": .integer(delivery[.lost]),
            "duplicates": .integer(delivery[.duplicate]),
            "late": .integer(delivery[.late]),
            "offline": .integer(delivery[.offline]),
            "drifting_sensors": .integer(delivery[.clockDrift]),
        ]
    }

    /// The intervals of the fleet where there are several, from the shortest on.
    private var intervals: [JSONValue.Member] {
        let rows = plan.rows
        guard rows.paceCount > 1 else { return [] }
        let intervals = plan.grids.enumerated()
            .map { pace, grid -> JSONValue in
                [
                    "interval": .string(grid.interval.text),
                    "interval_seconds": .literal(grid.interval.seconds.description),
                    "ticks": .integer(grid.tickCount), "sensors": .integer(rows.sensorCount(ofPace: pace)),
                ]
            }
        return [.init(key: "intervals", value: .array(intervals))]
    }

    /// The labels of all makes together.
    private var labels: LabelCounts {
        statistics.labels.reduce(into: LabelCounts()) { $0.merge($1) }
    }

    private func schema(_ column: Column) -> JSONValue {
        let timestamps = plan.recipe.schemaTimestamps
        return [
            "column": .string(column.name),
            "type": .string(column.sqlType(timestamps).split(separator: " ").first.map(String.init) ?? "ANY"),
            "unit": .text(column.isTime ? timestamps.unit : column.unit),
            "description": .string(column.summary),
        ]
    }

    private var labelsJSON: JSONValue {
        let asked = AskedShares(plan)
        let total = labels
        return [
            "readings": .integer(total.total),
            "anomalous": .integer(total.anomalous),
            "omitted": .integer(total.omitted),
            "rate": Self.rate(total.anomalous, of: total.total),
            "asked_rate": .rounded(asked.share(), decimals: 6),
            "types": .object(
                plan.anomalyTypes.map { type in
                    .init(
                        key: type.name,
                        value: [
                            "readings": .integer(total[type]),
                            "events": .integer(events[Int(type.rawValue)]),
                            "rate": Self.rate(total[type], of: total.total),
                            "asked_rate": .rounded(asked.share(of: type), decimals: 6),
                        ]
                    )
                }
            ),
            "manufacturers": ratesJSON("manufacturer", asked) { $0.manufacturer },
            "firmware_versions": ratesJSON("firmware_version", asked) { $0.firmwareVersion.text },
        ]
    }

    /// The rate of anomalous readings for each distinct value of a property of the devices, in order of first use.
    private func ratesJSON(
        _ name: String,
        _ asked: AskedShares,
        _ property: (AnomalyProfile) -> String
    ) -> JSONValue {
        var values: [String] = []
        var counts: [String: LabelCounts] = [:]
        let shares = asked.shares(by: property)
        for (profile, labels) in zip(plan.fleet.profiles, statistics.labels) {
            let value = property(profile)
            if counts[value] == nil { values.append(value) }
            counts[value, default: LabelCounts()].merge(labels)
        }
        return .array(
            values.map { value in
                let labels = counts[value] ?? LabelCounts()
                return [
                    name: .string(value),
                    "readings": .integer(labels.total),
                    "anomalous": .integer(labels.anomalous),
                    "rate": Self.rate(labels.anomalous, of: labels.total),
                    "asked_rate": .rounded(shares[value] ?? 0, decimals: 6),
                ]
            }
        )
    }

    private func statisticsJSON(of metric: Metric) -> JSONValue {
        // Parts differ in resolution: the finest of the fleet.
        let resolution = plan.fleet.kinds.filter { $0.metrics.contains(MetricSet(metric)) }
            .map { $0.resolutions[metric.rawValue] }
            .min { $0.value < $1.value }
        let decimals = plan.fleet.decimals(of: metric)
        let description = plan.recipe.schema[metric]
        if !description.states.isEmpty {
            return [
                "normal": Self.counts(of: description.states, statistics.normal[metric.rawValue]),
                "all": Self.counts(of: description.states, statistics.all(metric)),
            ]
        }
        return [
            "unit": .string(description.unit),
            "resolution": .literal(resolution?.text ?? "null"),
            "normal": Self.moments(of: statistics.normal[metric.rawValue], decimals),
            "all": Self.moments(of: statistics.all(metric), decimals),
        ]
    }

    private static func counts(of states: [String], _ column: ColumnStatistics) -> JSONValue {
        [
            "count": .integer(column.count),
            "nulls": .integer(column.nulls),
            "states": .object(
                zip(states, column.stateCounts).map { JSONValue.Member(key: $0, value: .integer($1)) }
            ),
        ]
    }

    private static func moments(of column: ColumnStatistics, _ decimals: Int) -> JSONValue {
        let scale = Double(Int64.powerOfTen(decimals) ?? 1)
        func value(_ count: Int64) -> JSONValue {
            column.count == 0 ? .null : .decimal(FixedPoint(count: count, decimals: decimals))
        }
        return [
            "count": .integer(column.count),
            "nulls": .integer(column.nulls),
            "min": value(column.minimum),
            "max": value(column.maximum),
            "mean": .rounded(column.mean.map { $0 / scale }, decimals: 6),
            "std_dev": .rounded(column.standardDeviation.map { $0 / scale }, decimals: 6),
        ]
    }

    private static func rate(_ part: Int64, of total: Int64) -> JSONValue {
        .rounded(total == 0 ? nil : Double(part) / Double(total), decimals: 6)
    }
}

/// How many rows the files of a dataset have.
package struct RowTotals {
    /// Readings that have a row.
    let readings: Int64
    /// Metrics of those readings, as far as their sensors measure them.
    let values: Int64

    /// Those of all readings of a dataset, as far as they arrive.
    package init(_ statistics: DatasetStatistics, _ delivery: DeliveryCounts, of recipe: Recipe) {
        guard recipe.delivery == nil else {
            (readings, values) = (delivery.arrived, delivery.arrivedValues)
            return
        }
        let labels = statistics.labels.reduce(into: LabelCounts()) { $0.merge($1) }
        readings = labels.total - labels.omitted
        values = recipe.schema.all.reduce(0) { sum, metric in
            let column = statistics.all(metric)
            return sum + column.count + column.nulls
        }
    }

    /// The rows of a file of a layout.
    package func rows(_ layout: OutputLayout) -> Int64 { layout == .wide ? readings : values }
}
