import Foundation
import Testing

/// What a recording tells of a fleet and of a week.
@Suite("Levels of sensors and days of the week, learnt", .timeLimit(.minutes(10)))
struct LearnFleetTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// An office's hours from Monday on: work from eight to five, half of it on Saturday mornings, nothing on Sunday.
    private static let office = (0..<168)
        .map { hour in
            let (day, time) = (hour / 24, hour % 24)
            return day < 5 && (8..<17).contains(time) ? 1.0 : day == 5 && (8..<12).contains(time) ? 0.5 : 0
        }

    /// The distribution of seven tenths of that and three of normal wander, for a mean of 40 and a deviation of 15: 33 quantiles.
    private static let quantiles = [
        7.0, 18.0, 20.9, 22.8, 24.4, 25.7, 26.9, 28.0, 29.0, 29.9, 30.9,
        31.8, 32.7, 33.6, 34.5, 35.5, 36.5, 37.6, 38.7, 40.0, 41.5, 43.1,
        45.1, 47.7, 50.6, 53.6, 56.3, 58.7, 61.1, 63.7, 66.5, 70.4, 85.9,
    ]

    private static let truth = """
        dataset: {name: truth, seed: 5, start: 2025-03-05, duration: 56d}
        simulation: {interval: 1h}
        replicas: {count: 40}
        metrics:
          heat: {mean: 60, std_dev: 5.5, levels: 5, noise: 0.2, cycles: [{period: 1d, share: 0.05, peak: 15h}], wander: {period: 8h}}
          flow: {mean: 100, std_dev: 60, min: 0, max: 5000, levels: 45, distribution: lognormal, wander: {period: 6h}}
          power: {distribution: {quantiles: \(quantiles)}, cycles: [{period: 7d, share: 0.7, shape: \(office)}], wander: {period: 6h}}
        anomalies: {probability: 0.003, types: {spike: {}}}
        outputs: {csv: {columns: [timestamp, sensor_id, heat, flow, power]}}
        """

    /// Standard deviation of levels and its error by a comment.
    private static func levels(in block: [String]) -> (value: Double, error: Double)? {
        block.firstNonNil { line in
            guard let match = line.firstMatch(of: /levels of 40 sensors: standard deviation ([0-9.]+) ± ([0-9.]+)/),
                let value = Double(match.1), let error = Double(match.2)
            else { return nil }
            return (value, error)
        }
    }

    /// The numbers of a shape.
    private static func shape(in block: [String]) -> [Double] {
        guard let begin = block.firstIndex(where: { $0.hasSuffix("shape: [") }) else { return [] }
        return block[(begin + 1)...].prefix { !$0.hasSuffix("]") }
            .flatMap { line in
                line.prefix { $0 != "#" }.split(separator: ",")
                    .compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
            }
    }

    private static func correlation(_ one: [Double], _ other: [Double]) -> Double {
        let count = Double(one.count)
        let means = (one.reduce(0, +) / count, other.reduce(0, +) / count)
        var (both, first, second) = (0.0, 0.0, 0.0)
        for (a, b) in zip(one, other) {
            both += (a - means.0) * (b - means.1)
            first += (a - means.0) * (a - means.0)
            second += (b - means.1) * (b - means.1)
        }
        return both / (first * second).squareRoot()
    }

    @Test("are those of the recipe that made the readings, within the errors that are told")
    func knownTruth() throws {
        let recipe = try workspace.learnt(from: Self.truth)
        for (metric, truth) in [("heat", 5.0), ("flow", 45)] {
            let block = Workspace.block(metric, of: recipe)
            let (value, error) = try #require(Self.levels(in: block), "\(recipe)")
            #expect(Workspace.number("levels", in: block) == value)
            #expect(abs(value - truth) < 3 * error && error < 0.3 * truth, "\(metric): \(value) ± \(error)")
            #expect(Self.shape(in: block).isEmpty)
        }
        let heat = try #require(Workspace.number("std_dev", in: Workspace.block("heat", of: recipe)))
        #expect((4.4...6.6).contains(heat))
        #expect(Workspace.block("flow", of: recipe).contains("distribution: lognormal"))
        let power = Workspace.block("power", of: recipe)
        #expect(Workspace.number("levels", in: power) == nil)
        let shape = Self.shape(in: power)
        try #require(shape.count == 168, "\(recipe)")
        #expect(Self.correlation(shape, Self.office) > 0.97)
        let share = try #require(Workspace.number("share", in: power))
        #expect((0.6...0.8).contains(share), "\(share)")
        // Days of the one are hardly told from days of the other, and without what was learnt they are.
        try workspace.generate("learnt.yaml", to: "made", "--set", "outputs=[csv]")
        let made = try told("made")
        #expect(made["heat"]! < 0.75 && made["flow"]! < 0.75 && made["power"]! < 0.75, "\(made)")
        let (none, own) = ("metrics.heat.levels=0", "metrics.heat.std_dev=2.3")
        try workspace.generate("learnt.yaml", to: "plain", "--set", "outputs=[csv]", "--set", none, "--set", own)
        let alike = try told("plain")
        #expect(alike["heat"]! > made["heat"]! + 0.1, "\(made) \(alike)")
    }

    /// How well days of a dataset are told from those of the truth, by metric.
    private func told(_ dataset: String) throws -> [String: Double] {
        let told = try workspace.toldApart(dataset)
        return Dictionary(
            uniqueKeysWithValues: told.metrics.compactMap { figure in
                figure.metric.flatMap { name in figure.auc_raw.map { (name, $0) } }
            }
        )
    }

    @Test("of a day a reading, a week has seven numbers")
    func days() throws {
        // Work from Monday to Friday, and what else there is.
        let lines = (0..<70)
            .map { day in
                // 2025-01-03 was a Friday.
                let visits = ((day + 4) % 7 < 5 ? 50 : 20) + day * 7_919 % 13
                return "\(1_735_862_400 + 86_400 * day),\(visits)"
            }
        try workspace.write((["time,visits"] + lines).joined(separator: "\n"), to: "d.csv")
        let outcome = try workspace.run("learn", "d.csv")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let shape = Self.shape(in: Workspace.block("visits", of: outcome.output))
        try #require(shape.count == 7, "\(outcome.output)")
        #expect(shape[..<5].min()! > shape[5...].max()! + 1, "\(shape)")
    }

    @Test("are not learnt from a few sensors, from a few days, and from chance; and that is told")
    func little() throws {
        func learnt(_ count: Int, _ days: Int, seed: Int) throws -> String {
            let recipe = """
                dataset: {seed: \(seed), start: 2025-03-05, duration: \(days)d}
                simulation: {interval: 30m}
                replicas: {count: \(count)}
                metrics: {heat: {mean: 60, std_dev: 5, wander: {period: 8h}}}
                anomalies: {enabled: false}
                outputs: {csv: {columns: [timestamp, sensor_id, heat]}}
                """
            try workspace.write(recipe, to: "little.yaml")
            try workspace.generate("little.yaml", to: "little", "--overwrite")
            let outcome = try workspace.run("learn", "little/readings.csv.gz")
            try #require(outcome.status == 0, "\(outcome.errors)")
            return outcome.output
        }
        for seed in 1...4 {
            // Sensors and days that are alike but for chance.
            let recipe = try learnt(20, 21, seed: seed)
            #expect(!recipe.contains("levels:") && !recipe.contains("shape:"), "\(recipe)")
            #expect(!recipe.contains("from so little"), "\(recipe)")
        }
        let few = try learnt(4, 13, seed: 1)
        let missing = "levels of sensors (from 5 sensors on), days of the week (from 14 days on)"
        #expect(few.contains("  # not learnt from so little: \(missing)\n"), "\(few)")
    }
}

extension Sequence {
    /// The first that something is made of.
    fileprivate func firstNonNil<Value>(_ make: (Element) throws -> Value?) rethrows -> Value? {
        for element in self { if let value = try make(element) { return value } }
        return nil
    }
}
