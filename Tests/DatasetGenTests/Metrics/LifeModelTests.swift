import DatasetGen
import Testing

/// The lives that readings of `model: life` tell of.
@Suite("The model life")
struct LifeModelTests {
    private static func recipe(_ life: String, sensors: Int = 1, duration: String = "20d", more: String = "") -> String
    {
        """
        dataset: {seed: 3, duration: \(duration)}
        simulation: {interval: 1h}
        replicas: {count: \(sensors)}
        metrics:
          rul: {model: life, life: \(life)\(more)}
          wear: {model: life, of: rul, value: wear}
          age: {model: life, of: rul, value: age}
          failures: {model: life, of: rul, value: failures}
          condition: {model: life, of: rul, value: state, fault_at: 0.8}
          heat: {formula: 20 + 10 * wear ^ 2, noise: 0.5}
        anomalies: {enabled: false}
        """
    }

    /// A sensor's readings, a row each.
    private func rows(_ recipe: String, sensor: Int = 0, ticks: Range<Int64>? = nil) throws -> [[Double]] {
        let plan = try GenerationPlan(readRecipe(recipe))
        var reader = SensorReader(plan, sensor: plan.fleet.sensors[sensor])
        let window = reader.read(ticks ?? 0..<plan.rows.tickCount(ofSensor: sensor))
        return (0..<window.count)
            .map { row in plan.recipe.schema.all.map { window.value($0, row) ?? .nan } }
    }

    @Test("counts down to each failure, and stands still until the next life")
    func countdown() throws {
        for sensor in 0..<4 {
            let rows = try rows(
                Self.recipe("{mean: 3d, repair: [5h, 20h]}", sensors: 4, duration: "90d"),
                sensor: sensor
            )
            #expect(rows[0][3] == 0 && rows[rows.count - 1][3] > 15)
            for (row, next) in zip(rows, rows.dropFirst()) {
                let (left, wear, age, failures, condition) = (row[0], row[1], row[2], row[3], row[4])
                #expect((left == 0) == (wear == 1) && (left == 0) == (condition == 0))
                #expect(left == 0 || condition == (wear >= 0.8 ? 2 : 1) || abs(wear - 0.8) < 0.002)
                if left > 1 {
                    // Age and what is left make up the life.
                    #expect(abs(next[0] - (left - 1)) < 0.011 && abs(next[2] - (age + 1)) < 0.011)
                    #expect(abs(wear - age / (age + left)) < 0.002 && next[3] == failures)
                } else if left > 0 {
                    #expect(next[0] == 0 ? next[3] == failures + 1 : next[3] > failures)
                } else {
                    #expect(next[0] > 0 || (next[2] == age && next[3] == failures))
                }
            }
        }
    }

    @Test("draws lives from the Weibull distribution asked for", arguments: [(1.0, 0.02), (2.5, 0.02), (8, 0.02)])
    func distribution(shape: Double, tolerance: Double) throws {
        let recipe = Self.recipe("{mean: 100h, shape: \(shape), repair: [1h, 3h]}", sensors: 24, duration: "1500d")
        var (lives, repairs): ([Double], [Double]) = ([], [])
        for sensor in 0..<24 {
            let rows = try rows(recipe, sensor: sensor)
            var (stands, isWhole) = (0.0, false)
            for (row, next) in zip(rows, rows.dropFirst()) {
                if row[0] == 0 { stands += 1 }
                guard row[0] > 0, row[0] <= 1 || next[0] == 0 || next[0] > row[0] else { continue }
                if isWhole {
                    lives.append(row[2] + row[0])
                    repairs.append(stands)
                }
                (stands, isWhole) = (0, true)
            }
        }
        #expect(lives.count > 7_500)
        let mean = lives.reduce(0, +) / Double(lives.count)
        #expect(abs(mean - 100) < 2)
        #expect(abs(repairs.reduce(0, +) / Double(repairs.count) - 2) < 0.15)
        // Kolmogorov's distance from Weibull's distribution function.
        let scale = 100 / Self.gamma(1 + 1 / shape)
        let distance = lives.sorted().enumerated()
            .map { index, life in
                // Lives shorter than the interval may have no reading.
                life < 2
                    ? 0
                    : abs(Double(index) / Double(lives.count) - 1 + Self.exponential(-Self.power(life / scale, shape)))
            }
            .max()!
        #expect(distance < tolerance)
    }

    @Test("begins lives at all ages: in a fleet as many are young as old, and no two machines are alike")
    func stationarity() throws {
        let recipe = Self.recipe("{mean: 10d, shape: 3}", sensors: 1_500, duration: "1h")
        let wear = try (0..<1_500).map { try rows(recipe, sensor: $0)[0][1] }
        for tenth in 0..<10 {
            let share = wear.count { Int($0 * 10) == tenth }
            #expect((90...210).contains(share))
        }
    }

    @Test("has one machine for all that share it")
    func sharing() throws {
        let recipe = Self.recipe("{mean: 3d}", sensors: 2, more: ", shared: group")
        #expect(try rows(recipe, sensor: 0).map { $0[0..<5] } == rows(recipe, sensor: 1).map { $0[0..<5] })
        let own = Self.recipe("{mean: 3d}", sensors: 2)
        #expect(try rows(own, sensor: 0).map { $0[0] } != rows(own, sensor: 1).map { $0[0] })
    }

    @Test("is the same wherever reading begins, and as the run grows")
    func randomAccess() throws {
        let long = Self.recipe("{mean: 2d, repair: 3h}", sensors: 3, duration: "300d")
        let all = try rows(long, sensor: 2)
        #expect(
            try rows(Self.recipe("{mean: 2d, repair: 3h}", sensors: 7, duration: "9d"), sensor: 2) == Array(all[..<216])
        )
        for first in [1, 700, 5_003, 7_100] as [Int64] {
            #expect(try rows(long, sensor: 2, ticks: first..<first + 40) == Array(all[Int(first)..<Int(first) + 40]))
        }
    }

    @Test("gives formulas what grows towards a failure, with noise of its own")
    func precursors() throws {
        let rows = try rows(Self.recipe("{mean: 20d}", duration: "400d"))
        let noise = rows.map { $0[5] - 20 - 10 * $0[1] * $0[1] }
        let mean = noise.reduce(0, +) / Double(noise.count)
        let deviation = (noise.reduce(0) { $0 + $1 * $1 } / Double(noise.count)).squareRoot()
        #expect(abs(mean) < 0.02 && abs(deviation - 0.5) < 0.02)
        let neighbours = zip(noise, noise.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / Double(noise.count) / 0.25
        #expect(abs(neighbours) < 0.05)
    }

    @Test(
        "refuses lives that make no sense",
        arguments: [
            ("rul: {model: life}", "metrics.rul.life: how long lives are is missing, or the metric, of, that says it"),
            ("rul: {model: life, life: {shape: 2}}", "metrics.rul.life: the key mean is missing"),
            (
                "rul: {model: life, of: heat}",
                "metrics.rul.of: \"heat\" is no metric of the model life that says how long lives are"
            ),
            ("rul: {model: life, life: {mean: 1d, repair: 2d}}", "metrics.rul.life.repair: longer than a life"),
            (
                "rul: {model: life, life: {mean: 1s}}",
                "metrics.rul.life.mean: a life is at least as long as the time between two readings"
            ),
            (
                "rul: {model: life, life: {mean: 1d}, fault_at: 0.5}",
                "metrics.rul.fault_at: means nothing of remaining; it is for value: state"
            ),
            (
                "rul: {model: life, life: {mean: 9000d}, resolution: 0.000001}",
                "metrics.rul.resolution: 0.000001 is too fine: readings are at most 2000 then"
            ),
            (
                "rul: {model: life, life: {mean: 1d}, noise: 1}",
                "metrics.rul.noise: a metric of the model life has no noise; it has model, unit, description, resolution, life, of, "
                    + "value, fault_at, shared"
            ),
        ]
    )
    func refusals(metric: String, message: String) {
        let found = complaints("simulation: {interval: 1m}\nmetrics:\n  heat: {mean: 1, std_dev: 1}\n  \(metric)\n")
        #expect(found.count == 1 && found[0].hasSuffix(message), "\(found)")
    }

    // MARK: - Functions that Swift has without Foundation only by series

    /// Γ between 1 and 3, by Stirling's series of a larger argument.
    private static func gamma(_ x: Double) -> Double {
        var (y, product) = (x, 1.0)
        while y < 12 {
            product *= y
            y += 1
        }
        let series = 1 / (12 * y) - 1 / (360 * y * y * y) + 1 / (1_260 * y * y * y * y * y)
        return exponential((y - 0.5) * logarithm(y) - y + 0.918_938_533_204_672_7 + series) / product
    }

    private static func exponential(_ x: Double) -> Double { Elementary.exponential(max(-700, x)) }
    private static func logarithm(_ x: Double) -> Double { Elementary.logarithm(x) }
    private static func power(_ x: Double, _ exponent: Double) -> Double { exponential(exponent * logarithm(x)) }
}
