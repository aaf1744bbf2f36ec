import Foundation
import Testing

@Suite("Recipes learnt from readings", .timeLimit(.minutes(30)))
struct LearnTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// What is to be found again.
    private static let truth = """
        dataset: {name: truth, seed: 21, start: 2025-02-01, duration: 90d}
        simulation: {interval: 5m}
        replicas: {count: 3}
        metrics:
          heat:
            mean: 21
            std_dev: 2.5
            noise: 0.2
            cycles: [{period: 1d, share: 0.45, peak: 14h}]
            wander: {period: 8h}
          damp: {mean: 45, std_dev: 6, min: 0, max: 100, noise: 0.5, wander: {period: 4h}, follows: [{metric: heat, weight: -0.6, lag: 1h}]}
          dust: {mean: 12, std_dev: 5, min: 0, max: 300, distribution: lognormal, resolution: 0.1, wander: {period: 1d}, shared: fleet}
        anomalies: {probability: 0.03, types: {spike: {}, trend: {duration: 2h}, missing_data: {duration: 1h, modes: [null, omit]}}}
        outputs: {csv: {columns: [timestamp, sensor_id, heat, damp, dust]}}
        """

    /// The numbers behind a key of a metric, in their order.
    private static func numbers(_ key: String, of metric: String, in recipe: String) -> [Double] {
        let lines = recipe.split(separator: "\n").map(String.init)
        guard let begin = lines.firstIndex(of: "  \(metric):") else { return [] }
        let block = lines[(begin + 1)...].prefix { $0.hasPrefix("    ") || $0.hasPrefix("  #") }
        return block.compactMap { line in
            let parts = line.replacing("- ", with: "").replacing("\"", with: "").trimmingCharacters(in: .whitespaces)
                .split(separator: ": ")
            return parts.count == 2 && parts[0] == key ? Double(parts[1]) ?? seconds(String(parts[1])) : nil
        }
    }

    /// `1d12h` in seconds.
    private static func seconds(_ text: String) -> Double? {
        let units: [Character: Double] = ["d": 86_400, "h": 3_600, "m": 60, "s": 1, "w": 604_800]
        var (sum, digits) = (0.0, "")
        for letter in text {
            if letter.isNumber {
                digits.append(letter)
            } else {
                guard let unit = units[letter], let count = Double(digits) else { return nil }
                (sum, digits) = (sum + count * unit, "")
            }
        }
        return digits.isEmpty && sum > 0 ? sum : nil
    }

    @Test("have the parameters of the recipe that made them, faults aside, and make readings that pass for them")
    func knownTruth() throws {
        let recipe = try workspace.learnt(from: Self.truth)
        func expect(_ key: String, _ metric: String, _ range: ClosedRange<Double>, at place: Int = 0) {
            let found = Self.numbers(key, of: metric, in: recipe)
            #expect(found.count > place && range.contains(found[place]), "\(metric).\(key): \(found) in\n\(recipe)")
        }
        expect("mean", "heat", 20.4...21.6)
        expect("std_dev", "heat", 2.2...2.8)
        expect("noise", "heat", 0.14...0.28)
        expect("share", "heat", 0.33...0.57)
        expect("peak", "heat", 13 * 3_600...15 * 3_600)
        expect("period", "heat", 4 * 3_600...14 * 3_600, at: 1)
        expect("weight", "damp", -0.75...(-0.45))
        expect("lag", "damp", 2_400...4_800)
        expect("noise", "damp", 0.35...0.7)
        expect("mean", "dust", 10...14)
        #expect(recipe.contains("distribution: lognormal") && recipe.contains("shared: fleet"), "\(recipe)")
        #expect(recipe.contains("interval: 5m") && recipe.contains("replicas: {count: 3}"))
        #expect(recipe.contains("missing_data: {duration: "))
        // Days of the one can hardly be told from days of the other, and those of a wrong recipe can.
        try workspace.generate("learnt.yaml", to: "made", "--set", "outputs=[csv]")
        #expect(try heat(of: "made") < 0.75)
        try workspace.generate("learnt.yaml", to: "wrong", "--set", "outputs=[csv]", "--set", "metrics.heat.std_dev=5")
        #expect(try heat(of: "wrong") > 0.9)
        let again = try workspace.run("learn", "truth/readings.csv.gz")
        #expect(again.output == recipe)
    }

    /// How well days of a dataset are told from those of the truth by one metric.
    private func heat(of dataset: String) throws -> Double {
        let told = try workspace.toldApart(dataset)
        #expect(told.days > 200 && told.metrics.count == 4)
        let figure = told["heat"]
        let floor = try #require(figure?.floor_raw)
        #expect((0.35...0.65).contains(floor))
        return try #require(figure?.auc_raw)
    }

    @Test("tell of a correlation that no two leaders explain, and of none that they do")
    func untoldCorrelations() throws {
        let common = "std_dev: 5, min: 0, max: 80, wander: {period: 8h}"
        let truth = """
            dataset: {name: truth, seed: 8, start: 2025-02-01, duration: 90d}
            simulation: {interval: 1h}
            replicas: {count: 3}
            metrics:
              wind: {mean: 40, \(common)}
              load: {mean: 40, \(common)}
              haze: {mean: 40, \(common)}
              smog: {mean: 40, \(common)}
              sun: {mean: 40, \(common), follows: [{metric: haze, weight: -0.5}, {metric: smog, weight: -0.5}]}
              heat:
                mean: 40
                std_dev: 5
                min: 0
                max: 80
                wander: {period: 8h}
                follows: [{metric: wind, weight: -0.5}, {metric: load, weight: 0.6}, {metric: sun, weight: 0.4}]
              gust: {mean: 40, \(common), follows: [{metric: wind, weight: 0.9}]}
            anomalies: {enabled: false}
            outputs: {csv: {columns: [timestamp, sensor_id, wind, load, haze, smog, sun, heat, gust]}}
            """
        let recipe = try workspace.learnt(from: truth)
        #expect(Self.numbers("weight", of: "heat", in: recipe).count == 2, "\(recipe)")
        // Wind brings heat and gust together, and heat follows it.
        let told = recipe.split(separator: "\n").filter { $0.contains("not learnt: a correlation of") }
        #expect(told.count == 1 && told[0].hasSuffix(" with sun"), "\(recipe)")
    }

    @Test("of what hardly varies, or is short, are recipes all the same, and say what could not be learnt")
    func little() throws {
        var lines = ["time,still,few,rising"]
        for minute in 0..<300 { lines.append("\(1_700_000_000 + 60 * minute),7,\(minute % 2),\(minute * minute)") }
        try workspace.write(lines.joined(separator: "\n"), to: "d.csv")
        let outcome = try workspace.run("learn", "d.csv", "-o", "r.yaml")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let checked = try workspace.run("recipes", "check", "r.yaml")
        #expect(checked.status == 0, "\(checked.errors)")
        // Shorter than the shortest period of a wander.
        let fast = ["time,x"] + (0..<9).map { "2025-01-01T00:00:00.0\($0)0,\($0)" }
        try workspace.write(fast.joined(separator: "\n"), to: "fast.csv")
        let brief = try workspace.run("learn", "fast.csv", "-o", "fast.yaml")
        #expect(brief.status == 0, "\(brief.errors)")
        #expect(try workspace.run("recipes", "check", "fast.yaml").status == 0)
        // A recipe is written anew; what is none stays.
        #expect(try workspace.run("learn", "d.csv", "-o", "r.yaml").status == 0)
        let other = try workspace.run("learn", "d.csv", "-o", "d.csv")
        #expect(other.status == 73 && other.errors.contains("d.csv"), "\(other.errors)")
        #expect(try workspace.run("learn", "none.csv").status == 66)
        #expect(try workspace.run("learn", "d.csv", "--value", "x").status == 64)
        let wrong = try workspace.run("learn", "d.csv", "--value", "x=y")
        #expect(wrong.status == 65 && wrong.errors.contains("there is no column \"y\""), "\(wrong.errors)")
    }
}
