import Testing

@Suite("Recipes learnt from readings of many periods", .timeLimit(.minutes(30)))
struct LearnSpectrumTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// What no single period has; and what follows two metrics.
    private static let truth = """
        dataset: {name: truth, seed: 4, start: 2025-02-01, duration: 120d}
        simulation: {interval: 30m}
        replicas: {count: 3}
        metrics:
          wind:
            mean: 8
            std_dev: 3
            min: -20
            max: 40
            wander:
              octaves: [{period: 4d, share: 0.7}, {period: 5h, share: 0.2}, {period: 1h, share: 0.1}]
              volatility: {size: 0.7, period: 12h}
          load: {mean: 40, std_dev: 15, min: -60, max: 140, wander: {period: 1d}}
          heat:
            mean: 60
            std_dev: 10
            min: 0
            max: 120
            noise: 0.5
            wander: {period: 6h}
            follows: [{metric: wind, weight: -0.5, lag: 2h}, {metric: load, weight: 0.7}]
        anomalies: {probability: 0.02, types: {spike: {}, trend: {duration: 4h}}}
        outputs: {csv: {columns: [timestamp, sensor_id, wind, load, heat]}}
        """

    @Test("have octaves, calm and lively times and both leaders, and make readings that pass for them")
    func knownTruth() throws {
        let recipe = try workspace.learnt(from: Self.truth)
        let (wind, load) = (Workspace.block("wind", of: recipe), Workspace.block("load", of: recipe))
        let heat = Workspace.block("heat", of: recipe)
        #expect(wind.contains("octaves:"), "\(recipe)")
        let size = try #require(Workspace.number("size", in: wind), "\(recipe)")
        #expect((0.5...0.9).contains(size), "\(recipe)")
        // One period is enough for what has one.
        #expect(!load.contains("octaves:") && !load.contains("volatility:"), "\(recipe)")
        func weight(_ leader: String) -> Double? {
            heat.firstIndex(of: "- metric: \(leader)").flatMap { Workspace.number("weight", in: heat[($0 + 1)...]) }
        }
        #expect((0.55...0.85).contains(weight("load") ?? 0), "\(recipe)")
        #expect((-0.65...(-0.35)).contains(weight("wind") ?? 0), "\(recipe)")
        #expect(heat.contains("lag: \"2h\""), "\(recipe)")
        try workspace.generate("learnt.yaml", to: "made", "--set", "outputs=[csv]")
        try workspace.generate("truth.yaml", to: "other", "--seed", "5")
        let made = try told("made")
        #expect(made.wind < 0.7 && made.all < 0.75, "\(made)")
        // The usual octaves of the longest period are told.
        try workspace.generate(
            "learnt.yaml",
            to: "wrong",
            "--set",
            "outputs=[csv]",
            "--set",
            "metrics.wind.wander={period: 4d}"
        )
        #expect(try told("wrong").wind > 0.85)
    }

    /// How well days of a dataset are told from those of the same truth by another seed.
    private func told(_ dataset: String) throws -> (wind: Double, all: Double) {
        let told = try workspace.toldApart(dataset, from: "other/readings.csv.gz")
        return (try #require(told["wind"]?.auc_raw), try #require(told[nil]?.auc_raw))
    }
}
