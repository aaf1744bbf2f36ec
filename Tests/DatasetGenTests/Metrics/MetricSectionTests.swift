import DatasetGen
import Testing

/// What a recipe may say in its section `metrics`.
@Suite struct MetricSectionTests {
    static let station = """
        metrics:
          temperature: {}
          co2:
            unit: ppm
            description: Carbon dioxide
            resolution: 1
            mean: 650
            std_dev: 120
            min: 400
            max: 5000
            noise: 8
            distribution: lognormal
            cycles:
              - {period: 1d, share: 0.4, peak: 14h, days: [mon, tue, wed, thu, fri]}
            wander: {period: 3h}
            shared: city
            changes: [{at: 30d, over: 1d, mean: 20, std_dev: 1.5}]
          dust: {mean: 12, std_dev: 3, min: 0, follows: [{metric: co2, weight: -0.3, lag: 10m}], levels: 1.5}
          level: {distribution: {quantiles: [1, 2, 5, 20]}}
          energy: {model: counter, unit: kWh, resolution: 0.001, rate: {mean: 0.4}, resets_at: 100000}
          door: {model: state, states: {closed: 0.96, open: 0.04}, dwell: 90s}
          fahrenheit: {unit: °F, resolution: 0.1, formula: temperature * 1.8 + 32}
          load: {mean: 40, std_dev: 15, cycles: [{period: 7d, share: 0.8, shape: [5, 5, 5, 5, 5.25, 2, 1]}]}
          wind:
            mean: 6
            std_dev: 3
            wander: {octaves: [{period: 4d, share: 0.667}, {period: 1h, share: 0.333}], volatility: {size: 0.7, period: 12h}}
            follows: [{metric: dust, weight: 1.2}, {metric: dust, weight: -0.7, lag: 1h}]
        """

    @Test func declaredMetricsAreTheSchemaInTheirOrder() throws {
        let schema = try Recipe(yaml: Self.station).schema
        #expect(
            schema.metrics.map(\.name) == [
                "temperature", "co2", "dust", "level", "energy", "door", "fahrenheit", "load", "wind",
            ]
        )
        #expect(
            schema.metrics.map(\.model) == [
                .climate, .process, .process, .process, .counter, .state, .derived, .process, .process,
            ]
        )
        #expect(schema.metrics[1].unit == "ppm")
        #expect(schema.metrics[1].limits == 0...9_600)
        #expect(schema.metrics[5].states == ["closed", "open"])
    }

    @Test func resolvedRecipeReadsBackTheSame() throws {
        let recipe = try Recipe(yaml: Self.station)
        let text = RecipeWriter.text(of: recipe)
        let again = try Recipe(yaml: text)
        #expect(again.metrics == recipe.metrics)
        #expect(again.schema == recipe.schema)
        #expect(RecipeWriter.text(of: again) == text)
    }

    @Test func recipeWithoutTheSectionDeclaresNothing() throws {
        let recipe = try Recipe(yaml: "dataset: {seed: 1}")
        #expect(recipe.metrics == nil)
        #expect(recipe.schema == .standard)
        #expect(!RecipeWriter.text(of: recipe).contains("\nmetrics:"))
    }

    @Test func optionSetsAKeyOfAMetric() throws {
        let reader = RecipeReader(overrides: [.set("metrics.co2.mean=700")])
        let recipe = try reader.read(Self.station, source: "r.yaml", defaultName: "r").recipe
        guard case .process(let parameters)? = recipe.metrics?[1].model else {
            Issue.record("co2 is no process")
            return
        }
        #expect(parameters.mean == 700)
    }

    static let mistakes: [(text: String, key: String, line: Int, message: String)] = [
        ("  co2: {mean: 5, std_dv: 1}", "metrics.co2.std_dv", 2, "did you mean std_dev?"),
        ("  co2: {mean: 5}", "metrics.co2", 2, "needs std_dev"),
        ("  Co2: {mean: 5, std_dev: 1}", "metrics.Co2", 2, "is no name of a metric"),
        ("  sensor_id: {mean: 5, std_dev: 1}", "metrics.sensor_id", 2, "reserved"),
        ("  arrival_time: {mean: 5, std_dev: 1}", "metrics.arrival_time", 2, "reserved"),
        ("  split: {mean: 5, std_dev: 1}", "metrics.split", 2, "reserved"),
        ("  co2: {mean: 5, std_dev: 1, model: proces}", "metrics.co2.model", 2, "did you mean process?"),
        ("  co2: {mean: 5, std_dev: 1, model: climate}", "metrics.co2", 2, "climate"),
        ("  co2: {mean: 5, std_dev: 1, dwell: 1h}", "metrics.co2.dwell", 2, "has no dwell"),
        ("  co2: {mean: 5, std_dev: 1, distribution: uniforme}", "metrics.co2.distribution", 2, "mean uniform?"),
        (
            "  co2: {mean: 5, std_dev: 1, follows: [{metric: x, weight: 1}]}", "metrics.co2.follows", 2,
            "x cannot be followed"
        ),
        ("  co2: {mean: 5, std_dev: 1, min: 6}", "metrics.co2", 2, ""),
        ("  co2: {mean: 5, std_dev: 1, limits: [4, 6]}", "metrics.co2.limits", 2, "do not hold min 1 and max 9"),
        ("  co2: {mean: 5, std_dev: 1, levels: 2}", "metrics.co2.levels", 2, "are more than all readings do"),
        ("  co2: {mean: 5, std_dev: 1, levels: -1}", "metrics.co2.levels", 2, "less than 0"),
        (wandering("octaves: [{period: 1d, share: 0.5}]"), "metrics.co2.wander.octaves", 2, "add up to 0.5, not to 1"),
        (wandering("octaves: []"), "metrics.co2.wander.octaves", 2, "the list is empty"),
        (wandering("octaves: [{period: 1d}]"), "metrics.co2.wander.octaves.0", 2, "share"),
        (
            wandering("period: 1d, octaves: [{period: 1d, share: 1}]"), "metrics.co2.wander.period", 2,
            "together with octaves"
        ),
        (
            wandering("octaves: [{period: 2d, share: 1}], volatility: {size: 0.5, period: 1d}"),
            "metrics.co2.wander.volatility.period", 2, "the shortest is 2d"
        ),
        (wandering("volatility: {size: 1.5, period: 1d}"), "metrics.co2.wander.volatility.size", 2, "between 0 and 1"),
        (
            "  kwh: {model: counter, rate: {mean: 1}, wander: {octaves: [{period: 1d, share: 1}]}}",
            "metrics.kwh.wander.octaves", 2, "state period"
        ),
        (
            "  kwh: {model: counter, rate: {mean: 1}, wander: {volatility: {size: 0.5, period: 1d}}}",
            "metrics.kwh.wander.volatility", 2, "has none"
        ),
        (shaped("[3, 3, 3]"), "metrics.co2.cycles.0.shape", 2, "the numbers are all alike"),
        (shaped("[1e308, -1e308]"), "metrics.co2.cycles.0.shape", 2, "too large or too near to one another"),
        (shaped("[.nan, 1]"), "metrics.co2.cycles.0.shape.0", 2, "expected a number"),
        (shaped("[3]"), "metrics.co2.cycles.0.shape", 2, "has 1 item; expected at least 2 numbers"),
        (shaped("[0, 1], peak: 2h"), "metrics.co2.cycles.0.peak", 2, "together with shape"),
        (shaped("[0, 1], days: [mon]"), "metrics.co2.cycles.0.days", 2, "together with shape"),
        (
            "  kwh: {model: counter, rate: {mean: 1, cycles: [{period: 7d, share: 0.5, shape: [0, 1]}]}}",
            "metrics.kwh.rate.cycles.0.shape", 2, "have no shape"
        ),
        ("  door: {model: state, states: {a: 0.5, b: 0.4}}", "metrics.door.states", 2, "add up to 1"),
        ("  double: {formula: co2 * 2}", "metrics.double.formula", 2, "column 1"),
        ("  co2: {mean: 52, std_dev: 0.2, max: 16}", "metrics.co2.max", 2, "min 51.2 is above max 16"),
        ("  odd: {formula: 83, resolution: 14, limits: [7.4, 9]}", "metrics.odd.limits", 2, "no multiple"),
        ("  big: {mean: 2100, std_dev: 1, resolution: 0.000001}", "metrics.big", 2, "between -2000 and 2000"),
        (
            "  wide: {mean: 0, std_dev: 9, min: -700000, max: 700000, resolution: 0.001}", "metrics.wide", 2,
            "the limits of wide, -2100000 to 2100000, are too wide"
        ),
        ("  temperature: {min: 5}", "metrics.temperature.min", 2, "normal_parameters.temperature"),
        ("  kwh: {model: counter}", "metrics.kwh", 2, "needs rate"),
        (declared + spikes("co3"), "anomalies.types.spike.metrics", 5, "did you mean co2?"),
        (declared + spikes("humidity"), "anomalies.types.spike.metrics", 5, "expected one of co2, door, ppb, found"),
        (declared + spikes("[co2, door]"), "anomalies.types.spike.metrics.1", 5, "door is a state"),
        (declared + spikes("ppb"), "anomalies.types.spike.metrics", 5, "ppb is computed"),
        ("  d: {model: state, states: {a: 0.5, b: 0.5}}" + spikes(), "anomalies.types.spike", 3, "a measured number"),
        (
            "  d: {model: state, states: {a: 0.5, b: 0.5}}\nanomalies: {types: {missing_data: {modes: [rail]}}}",
            "anomalies.types.missing_data.modes", 3, "rail needs a metric"
        ),
        (declared + "\nnormal_parameters: {humidity: {mean: 5}}", "normal_parameters.humidity", 5, "humidity: {}"),
        (
            "  humidity: {mean: 5, std_dev: 1}\nnormal_parameters: {humidity: {mean: 5}}", "normal", 3,
            "metrics.humidity"
        ),
    ]

    private static let declared = """
          co2: {mean: 5, std_dev: 1}
          door: {model: state, states: {a: 0.5, b: 0.5}}
          ppb: {formula: co2 * 1000}
        """

    private static func wandering(_ wander: String) -> String {
        "  co2: {mean: 5, std_dev: 1, wander: {\(wander)}}"
    }

    private static func shaped(_ shape: String) -> String {
        "  co2: {mean: 5, std_dev: 1, cycles: [{period: 7d, share: 0.5, shape: \(shape)}]}"
    }

    private static func spikes(_ metrics: String? = nil) -> String {
        "\nanomalies: {types: {spike: {" + (metrics.map { "metrics: " + $0 } ?? "") + "}}}"
    }

    /// As doubles, the limits are 28.000000000000004 and 28.999999999999996 steps.
    @Test func limitsThatAreNeighbouringStepsAreLimits() throws {
        let recipe = """
            metrics:
              co2: {mean: 5, std_dev: 1}
              part: {formula: 0.284, resolution: 0.01, limits: [0.28, 0.29]}
            anomalies: {enabled: false}
            """
        let table = ReadingTable(try GenerationPlan(yaml: recipe))
        #expect(table.readings.allSatisfy { $0?.metrics[1] == 28 })
    }

    @Test(arguments: mistakes.indices) func mistakeIsToldWithItsPlace(_ index: Int) throws {
        let mistake = Self.mistakes[index]
        let errors = try #require(throws: RecipeErrors.self) { try Recipe(yaml: "metrics:\n" + mistake.text) }
        let first = try #require(errors.diagnostics.first)
        #expect(first.keyPath.hasPrefix(mistake.key), "\(first)")
        #expect(first.message.contains(mistake.message), "\(first)")
        guard case .file(_, let line, _) = first.origin else {
            Issue.record("\(first)")
            return
        }
        #expect(line == mistake.line)
    }
}
