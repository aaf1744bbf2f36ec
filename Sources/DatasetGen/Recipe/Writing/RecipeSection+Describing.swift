extension RecipeSection {
    /// What a recipe would have to state so that nothing is left to defaults.
    init(describing recipe: Recipe) {
        dataset = Stated(DatasetSection(describing: recipe))
        // Of a recording it has nothing to say.
        if recipe.recording == nil { simulation = Stated(SimulationSection(describing: recipe)) }
        describeFleet(of: recipe)
        if let recorded = recipe.recording {
            recording = Stated(RecordingSection(describing: recorded))
        } else {
            climate = Stated(recipe.climate)
        }
        metrics = recipe.metrics.map { Stated(MetricsSection(describing: $0)) }
        if recipe.schema.metrics.contains(where: { $0.standard != nil }) {
            normal = Stated(NormalSection(describing: recipe.normal, of: nil, recipe.schema))
        }
        anomalies = Stated(AnomaliesSection(describing: recipe.anomalies, recipe.schema))
        if recipe.tellsRealised { anomalies?.value.tellsRealised = Stated(true) }
        if !recipe.incidents.isEmpty {
            incidents = Stated(recipe.incidents.map { Stated(IncidentSection(describing: $0, recipe.schema)) })
        }
        if !recipe.phenomena.isEmpty {
            phenomena = Stated(recipe.phenomena.map { Stated(PhenomenonSection(describing: $0, recipe.schema)) })
        }
        delivery = recipe.delivery.map { Stated(DeliverySection(describing: $0)) }
        splits = recipe.splits.map { Stated(SplitsSection(describing: $0)) }
        outputs = Stated(
            OutputsSection(
                formats: recipe.outputs.map { Stated(OutputSection(describing: $0)) },
                includesCleanTwin: Stated(recipe.includesCleanTwin)
            )
        )
        if !recipe.packages.isEmpty { packages = Stated(recipe.packages) }
        if recipe.live.database != DatabaseParameters() { database = Stated(recipe.live.database) }
        if recipe.live.logging != LoggingParameters() { logging = Stated(recipe.live.logging) }
        if recipe.live.monitoring != MonitoringParameters() { monitoring = Stated(recipe.live.monitoring) }
        if recipe.live.dynamicReloading != DynamicReloadingParameters() {
            dynamicReloading = Stated(recipe.live.dynamicReloading)
        }
        if recipe.live.pacing != PacingParameters() { pacing = Stated(recipe.live.pacing) }
    }

    /// A single group is a sensor with or without replicas; several are a fleet.
    private mutating func describeFleet(of recipe: Recipe) {
        guard recipe.groups.count == 1, let group = recipe.groups.first, !group.hasItsOwn else {
            fleet = Stated(recipe.groups.map { Stated(GroupSection(describing: $0, of: recipe)) })
            return
        }
        let described = GroupSection(describing: group, of: recipe)
        sensor = Stated(described.sensor)
        randomLocation = described.randomLocation
        if case .numbered = group.naming {
            replicas = Stated(
                ReplicasSection(count: described.count, prefix: described.prefix, startIndex: described.startIndex)
            )
        }
    }
}

extension FleetGroup {
    /// Whether only a group of a fleet can be so.
    fileprivate var hasItsOwn: Bool {
        metrics != nil || normal != nil || climate != nil || anomalies != nil || step != 1 || delivery != nil
    }
}

extension NormalSection {
    /// What is said of the standard ones among some metrics; nil for all of the schema.
    init(describing normal: [MetricParameters], of metrics: MetricSet?, _ schema: MetricSchema) {
        for description in schema.metrics where metrics?.contains(column: description.index) ?? true {
            guard let metric = description.standard else { continue }
            self[metric] = Stated(MetricSection(describing: normal[metric.rawValue]))
        }
    }
}

extension RecordingSection {
    /// The file as it lies in the dataset.
    fileprivate init(describing recording: Recording) {
        let source = recording.source
        file = Stated(source.nameInDataset)
        sha256 = Stated(source.sha256)
        time = Stated(source.time)
        sensor = source.sensor.map { Stated($0) }
        table = source.table.map { Stated($0) }
        guard let playback = recording.playback else { return }
        (from, to) = (Stated(playback.from), Stated(playback.to))
        guard playback.isRepeated else { return }
        (isRepeated, phase) = (Stated(true), Stated(playback.phase))
    }
}

extension DatasetSection {
    fileprivate init(describing recipe: Recipe) {
        isResolved = Stated(true)
        name = Stated(recipe.name)
        description = recipe.description.isEmpty ? nil : Stated(recipe.description)
        seed = Stated(recipe.seed)
        // A recording that is played as it is says that itself.
        let playback = recipe.recording?.playback
        if recipe.recording == nil || playback != nil {
            let (begin, end) = (playback?.start ?? recipe.grid.start, playback?.end ?? recipe.grid.end)
            start = Stated(begin)
            duration = Stated(end.microseconds - begin.microseconds)
        }
        order = Stated(recipe.order)
        publication = recipe.publication
    }
}

extension SimulationSection {
    fileprivate init(describing recipe: Recipe) {
        interval = Stated(recipe.grid.interval)
        startDelaySeconds = recipe.live.startDelaySeconds.map { Stated($0) }
        batchSize = recipe.live.batchSize.map { Stated($0) }
    }
}

extension MetricSection {
    fileprivate init(describing parameters: MetricParameters) {
        mean = Stated(parameters.mean)
        standardDeviation = Stated(parameters.standardDeviation)
        minimum = Stated(parameters.minimum)
        maximum = Stated(parameters.maximum)
        resolution = parameters.resolution.map { Stated($0) }
    }
}

extension AnomaliesSection {
    /// Those of a group, whose section is merged over the recipe's.
    init(describing parameters: AnomalyParameters, besides common: AnomalyParameters, _ schema: MetricSchema) {
        self.init(describing: parameters, schema)
        for type in common.types where !parameters.types.contains(where: { $0.type == type.type }) {
            types?.value[type.type] = Stated(AnomalyTypeSection(isEnabled: Stated(false)))
        }
        // What the group does not measure cannot be stated there; what it has from the recipe need not be.
        for type in parameters.types {
            let inherited = common.types.first { $0.type == type.type }?.metrics ?? schema.candidates(for: type.type)
            if type.metrics == inherited { types?.value[type.type]?.value.metrics = nil }
        }
    }

    fileprivate init(describing parameters: AnomalyParameters, _ schema: MetricSchema) {
        isEnabled = Stated(parameters.isEnabled)
        probability = Stated(parameters.probability)
        if !parameters.phases.isEmpty {
            phases = Stated(
                parameters.phases.map { phase in
                    Stated(PhaseSection(offset: Stated(phase.offset), probability: Stated(phase.probability)))
                }
            )
        }
        var types = AnomalyTypesSection()
        for type in parameters.types {
            types[type.type] = Stated(AnomalyTypeSection(describing: type, schema))
        }
        self.types = Stated(types)
    }
}

extension AnomalyTypeSection {
    /// The definition of the type leaves out what does not concern it, so that all can be set here.
    init(describing parameters: AnomalyTypeParameters, _ schema: MetricSchema) {
        weight = Stated(parameters.weight)
        duration = parameters.duration.map { Stated($0) }
        maximumDuration = parameters.maximumDuration.map { Stated($0) }
        // What states the size outright leaves no room for a difficulty.
        let statesSize =
            parameters.magnitude != nil || parameters.rateChange != nil || parameters.noiseMultiplier != nil
        if !statesSize { difficulty = Stated(parameters.difficulty) }
        magnitude = parameters.magnitude.map { Stated($0) }
        metrics = Stated(parameters.metrics.map { schema[$0].name })
        shapes = Stated(parameters.shapes)
        severityFactor = Stated(parameters.severityFactor)
        rateChange = parameters.rateChange.map { Stated($0) }
        frequency = parameters.frequency.map { Stated($0) }
        noiseMultiplier = parameters.noiseMultiplier.map { Stated($0) }
        modes = Stated(parameters.missingModes)
    }
}

extension OutputSection {
    fileprivate init(describing parameters: OutputParameters) {
        format = parameters.format
        switch parameters.compression {
        case .none:
            compression = Stated(.none)
        case .gzip(let level):
            compression = Stated(.gzip)
            self.level = Stated(level)
        case .zstd(let level):
            compression = Stated(.zstd)
            self.level = Stated(level)
        case .snappy:
            compression = Stated(.snappy)
        }
        timestamps = Stated(parameters.timestamps)
        pageSize = Stated(parameters.pageSize)
        if !parameters.indexes.isEmpty { indexes = Stated(parameters.indexes.map(\.name)) }
        columns = parameters.columns.map { Stated($0.map(\.name)) }
        if parameters.layout != .wide { layout = Stated(parameters.layout) }
        time = ClickHouseTime.allCases.first { $0.style == parameters.timestamps }.map { Stated($0) }
        timePerFile = parameters.timePerFile.map { Stated($0) }
        if parameters.format.isColumnar {
            rowGroup = Stated(parameters.parquet.rowGroup)
            compatibility = Stated(parameters.parquet.compatibility)
        }
        guard parameters.format.isPoints else { return }
        measurement = Stated(parameters.points.measurement)
        tags = Stated(parameters.points.tags.map(\.name))
        labels = Stated(parameters.points.labels)
        guard parameters.format.isLineProtocol else { return }
        precision = PointPrecision(parameters.timestamps).map { Stated($0) }
        database = parameters.points.database.map { Stated($0) }
    }
}
