/// Turns what a recipe states into what it means: defaults filled in, keys checked against one another.
struct RecipeResolver {
    let section: RecipeSection
    var decoder: RecipeDecoder
    /// The recipe's name in messages.
    let source: String
    var notes: [String] = []
    /// The keys of the recipe in whose place variables have set something else, by variable.
    var displaced: [String: String] = [:]
    /// What happens to readings on their way, as outputs must be able to tell it.
    var delivery: DeliveryParameters?
    /// The parts into which readings are split, as outputs tell them.
    var splits: SplitParameters?
    /// How to come to the recording that the recipe names; nil where files cannot be read.
    var recordingFiles: RecordingFiles?
    /// The readings that the recipe names.
    var recorded: Recording?
    /// Whether clocks of any group drift.
    var clocksDrift = false

    init(section: RecipeSection, decoder: RecipeDecoder, source: String) {
        self.section = section
        self.decoder = decoder
        self.source = source
    }

    /// The recipe, or all that is wrong with it.
    mutating func resolve(defaultName: String) throws(RecipeErrors) -> ResolvedRecipe {
        recorded = recording()
        // What is measured, by whom and when, nobody knows then.
        if section.recording != nil, recorded == nil { throw RecipeErrors(decoder.findings.all) }
        let grid = recorded?.grid ?? grid()
        let metrics = metrics(on: grid)
        let schema = schema(of: metrics)
        let groups = groups(of: schema, on: grid)
        delivery = delivery(of: groups, on: grid)
        splits = splits(on: grid)
        var recipe = Recipe(
            name: name(default: defaultName),
            description: section.dataset?.value.description?.value ?? "",
            seed: section.dataset?.value.seed?.value ?? 0,
            grid: grid,
            order: section.dataset?.value.order?.value ?? .time,
            climate: edition(of: section.climate) ?? .normalParameters,
            normal: StandardMetric.allCases.map { metricParameters(of: $0) },
            anomalies: anomalies(of: schema, on: grid),
            groups: groups,
            outputs: outputs(of: schema, on: grid),
            includesCleanTwin: section.outputs?.value.includesCleanTwin?.value ?? false,
            delivery: delivery,
            splits: splits,
            live: live()
        )
        (recipe.schema, recipe.metrics, recipe.recording) = (schema, metrics, recorded)
        recipe.incidents = incidents(of: schema, on: grid)
        recipe.phenomena = phenomena(of: recipe)
        recipe.tellsRealised = section.anomalies?.value.tellsRealised?.value ?? false
        (recipe.publication, recipe.packages) = (publication(), section.packages?.value ?? [])
        refuseGroupsWithout(recipe)
        refuseTwinWithoutColumns(recipe)
        refuseArrivalsWithoutPlace(recipe)
        checkIntervals(of: recipe)
        checkWindow(of: recipe)
        notePassedOverKeys()
        refuseNormalParameters(beyond: schema)
        noteUnusedClimate(of: schema)
        noteDoubtfulUnits()
        noteUnusedNormalParameters(of: recipe)
        noteVariables(shaping: recipe)
        checkSize(of: recipe)
        checkSplitFiles(of: recipe)
        checkPackages(of: recipe)
        guard decoder.findings.isEmpty else { throw RecipeErrors(decoder.findings.all) }
        return ResolvedRecipe(
            recipe: recipe,
            notes: notes,
            uses: decoder.uses,
            origins: decoder.origins,
            source: source
        )
    }

    /// Where findings about what no key states point to.
    var start: RecipeOrigin { .file(name: source, line: 1, column: 1) }

    /// The climate that is stated, by its edition.
    func edition(of climate: Stated<Climate>?) -> Climate? {
        climate?.value.edition(inResolvedRecipe: section.dataset?.value.isResolved?.value == true)
    }

    private mutating func name(default defaultName: String) -> String {
        if let name = section.dataset?.value.name { return name.value }
        let node = DocumentNode(content: .scalar(text: defaultName, isPlain: false), origin: start)
        var attempt = RecipeDecoder()
        if ValueType.folderName.decode(node, "dataset.name", &attempt) == nil, decoder.isSound("dataset.name") {
            decoder.report(
                "the file's name \"\(defaultName)\" cannot name a dataset; give dataset.name",
                at: start,
                path: "dataset.name"
            )
        }
        return defaultName
    }

    private mutating func checkSize(of recipe: Recipe) {
        guard decoder.isSound("replicas"), decoder.isSound("fleet") else { return }
        let sensors = recipe.sensorCount
        if sensors > GroupSection.maximumCount {
            decoder.report(
                "the groups have \(sensors.grouped) sensors together; at most \(GroupSection.maximumCount.grouped) are possible",
                at: section.fleet?.origin,
                path: "fleet"
            )
            return
        }
        let (count, overflow) = Int64(sensors).multipliedReportingOverflow(by: recipe.grid.tickCount)
        if overflow || count > 1 << 53 {
            decoder.report(
                "\(sensors.grouped(of: "sensor")) with \(recipe.grid.tickCount.grouped(of: "reading")) each are more than "
                    + "2^53 readings",
                at: section.dataset?.origin ?? section.simulation?.origin ?? start,
                path: "dataset"
            )
        }
    }

    /// Tells of the reference's keys that mean nothing here, in one line however many there are.
    private mutating func notePassedOverKeys() {
        let keys = decoder.passedOverKeys
        guard !keys.isEmpty else { return }
        notes.append(
            "the reference's \(keys.count == 1 ? "key" : "keys") \(keys.joined(separator: ", ")) "
                + "\(keys.count == 1 ? "means" : "mean") nothing here and \(keys.count == 1 ? "is" : "are") passed over"
        )
    }

    private func live() -> LiveParameters {
        var live = LiveParameters()
        live.database = section.database?.value ?? DatabaseParameters()
        live.logging = section.logging?.value ?? LoggingParameters()
        live.monitoring = section.monitoring?.value ?? MonitoringParameters()
        live.dynamicReloading = section.dynamicReloading?.value ?? DynamicReloadingParameters()
        live.pacing = section.pacing?.value ?? PacingParameters()
        live.startDelaySeconds = section.simulation?.value.startDelaySeconds?.value
        live.batchSize = section.simulation?.value.batchSize?.value
        return live
    }
}
