import Foundation
import Testing

/// Readings that are not like those of most sensors.
@Suite("Recipes learnt from readings of other kinds", .timeLimit(.minutes(30)))
struct LearnOddTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// Even numbers between 0 and 1, the same ones each time.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = state
            bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            return bits ^ (bits >> 31)
        }

        mutating func even() -> Double { Double.random(in: 0..<1, using: &self) }

        mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + even() } }
    }

    /// A reading each ten minutes of one sensor.
    private func write(_ readings: [String], called name: String = "x", pauseAfter pause: Int? = nil) throws {
        let lines = readings.enumerated()
            .map { index, reading in
                let later = pause.map { index >= $0 ? 30 * 86_400 : 0 } ?? 0
                return "\(1_735_689_600 + 600 * index + later),\(reading)"
            }
        try workspace.write((["time,\(name)"] + lines).joined(separator: "\n"), to: "d.csv")
    }

    /// The recipe of what was written, which is one.
    private func learnt(_ options: String...) throws -> String {
        let outcome = try workspace.run(["learn", "d.csv", "-o", "learnt.yaml"] + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let recipe = try workspace.text("learnt.yaml")
        let checked = try workspace.run("recipes", "check", "learnt.yaml")
        #expect(checked.status == 0, "\(checked.errors)\(recipe)")
        return recipe
    }

    /// What the learnt recipe makes of a metric.
    private func made(_ metric: String = "x") throws -> [Double] {
        let columns = "outputs={csv: {columns: [timestamp, \(metric)], compression: none}}"
        try workspace.generate("learnt.yaml", to: "made", "--overwrite", "--set", columns)
        return try workspace.text("made/readings.csv").split(separator: "\n").dropFirst()
            .compactMap { $0.split(separator: ",").last.flatMap { Double($0) } }
    }

    private static func deviation(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }

    private static func correlation(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) } / square
    }

    private static func text(_ value: Double, _ decimals: Int = 2) -> String {
        String(format: "%.\(decimals)f", value)
    }

    @Test("change as slowly as they do, though what they follow a little changes from one reading to the next")
    func quickLeader() throws {
        var dice = Dice(state: 5)
        var (shared, own) = (0.0, 0.0)
        let (kept, added) = (0.993, (1 - 0.993 * 0.993).squareRoot())
        var readings: [(wind: Double, pressure: Double)] = []
        for _ in 0..<9_000 {
            shared = kept * shared + added * dice.normal()
            own = kept * own + added * dice.normal()
            // Never below 0, so that there is no room for noise.
            let wind = max(0, 3.5 + 2.2 * (0.75 * shared + 0.66 * dice.normal()))
            readings.append((wind, 1_000 - 3.6 * shared + 7.2 * own))
        }
        try write(readings.map { "\(Self.text($0.wind, 1)),\(Self.text($0.pressure))" }, called: "wind,pressure")
        _ = try learnt()
        func change(_ values: [Double]) -> Double {
            let squares = zip(values, values.dropFirst()).map { ($1 - $0) * ($1 - $0) }
            return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
        }
        let (found, data) = (change(try made("pressure")), change(readings.map(\.pressure)))
        #expect(found < 1.3 * data, "\(found), \(data)")
    }

    @Test("of white noise have it all, with bounds that leave it room")
    func whiteNoise() throws {
        var dice = Dice(state: 1)
        try write((0..<2_000).map { _ in Self.text(20 + 3 * dice.normal()) })
        let recipe = try learnt()
        #expect(recipe.contains("    noise: 2.") && !recipe.contains("not learnt: the form"), "\(recipe)")
        let values = try made()
        #expect(abs(Self.deviation(values) - 3) < 0.3)
        #expect(abs(Self.correlation(values)) < 0.1)
    }

    @Test("of sensors that differ by nearly all there is keep how readings change, and tell what they have less of")
    func levels() throws {
        // Sensors far apart, of which each hardly moves.
        var dice = Dice(state: 2)
        var lines = ["time,sensor,x"]
        for sensor in 0..<8 {
            var wander = 0.0
            for tick in 0..<2_000 {
                wander = 0.98 * wander + 0.2 * dice.normal()
                let level = [0.0, 31, 45, 58, 62, 66, 74, 81][sensor]
                let reading = 900 + level + 3 * exp(0.8 * wander)
                lines.append("\(1_735_689_600 + 600 * tick),s\(sensor),\(Self.text(reading))")
            }
        }
        try workspace.write(lines.joined(separator: "\n"), to: "d.csv")
        let recipe = try learnt()
        #expect(recipe.contains("    levels: "), "\(recipe)")
        let change = try #require(recipe.firstMatch(of: /typical change in 10m ([0-9.]+)\/([0-9.]+)/), "\(recipe)")
        let (made, data) = (Double(change.1) ?? 0, Double(change.2) ?? 0)
        #expect((0.6...1.4).contains(made / data), "\(recipe)")
    }

    @Test("have the distribution of the readings with their noise, and none beyond their ends")
    func noiseInQuantiles() throws {
        var dice = Dice(state: 3)
        // White and never below 0.
        try write((0..<4_000).map { _ in Self.text(-log(1 - dice.even())) })
        let recipe = try learnt()
        let values = try made()
        #expect(values.allSatisfy { $0 >= 0 })
        #expect(abs(Self.deviation(values) - 1) < 0.1, "\(recipe)")
        #expect(abs(Self.correlation(values)) < 0.1, "\(recipe)")
        let told = try #require(recipe.firstMatch(of: /distribution: within ([0-9.]+) % of the readings/), "\(recipe)")
        #expect((Double(told.1) ?? 100) < 1.5, "\(recipe)")
        // Two humps far apart, with noise upon each.
        var slow = 0.0
        let humps = (0..<8_000)
            .map { _ -> String in
                slow = 0.99 * slow + 0.14 * dice.normal()
                return Self.text((slow > 0 ? 60 : 40) + 3 * slow + 2 * dice.normal())
            }
        try write(humps)
        let other = try learnt()
        let data = humps.compactMap { Double($0) }
        #expect(other.contains("quantiles:"), "\(other)")
        #expect(abs(Self.deviation(try made()) / Self.deviation(data) - 1) < 0.12, "\(other)")
    }

    @Test("of few whole numbers in no order have no order")
    func fewValues() throws {
        var dice = Dice(state: 4)
        try write((0..<4_000).map { _ in "\(Int(4 * dice.even()))" })
        let recipe = try learnt()
        let values = try made()
        #expect(abs(Self.correlation(values)) < 0.1, "\(recipe)")
        for value in 0..<4 {
            let share = Double(values.count { $0 == Double(value) }) / Double(values.count)
            #expect((0.2...0.3).contains(share), "\(value): \(share)\n\(recipe)")
        }
        #expect(values.allSatisfy { (0...3).contains($0) })
        #expect(recipe.contains("not learnt: whether the 4 different readings are states"), "\(recipe)")
    }

    @Test("keep a metric close to another that it follows")
    func closeCoupling() throws {
        var dice = Dice(state: 5)
        var lines = ["time,sensor,temp,hum"]
        for sensor in 0..<3 {
            var (wander, temps) = (0.0, [Double]())
            for tick in 0..<4_000 {
                wander = 0.99 * wander + 0.14 * dice.normal()
                let day = 3 * cos(2 * Double.pi * Double(tick) / 144)
                temps.append(20 + day + wander + 0.2 * dice.normal())
                let hum = 100 - 2 * temps[max(0, tick - 6)] + 0.5 * dice.normal()
                let readings = "\(Self.text(temps[tick])),\(Self.text(hum, 1))"
                lines.append("\(1_735_689_600 + 600 * tick),s\(sensor),\(readings)")
            }
        }
        try workspace.write(lines.joined(separator: "\n"), to: "d.csv")
        let recipe = try learnt()
        let weight = try #require(recipe.firstMatch(of: /weight: (-?[0-9.]+)/), "\(recipe)")
        #expect(abs(Double(weight.1) ?? 0) > 0.97, "\(recipe)")
        for change in recipe.matches(of: /typical change in 10m ([0-9.]+)\/([0-9.]+)/) {
            #expect((0.8...1.25).contains((Double(change.1) ?? 0) / (Double(change.2) ?? 1)), "\(recipe)")
        }
    }

    @Test("tell of a long pause, and have none")
    func pause() throws {
        var dice = Dice(state: 6)
        try write((0..<2_000).map { _ in Self.text(dice.normal()) }, pauseAfter: 1_000)
        let recipe = try learnt()
        #expect(recipe.contains("# Not learnt: a pause of 30d in which 1 sensor did not report"), "\(recipe)")
        #expect(recipe.contains("anomalies: {enabled: false}"), "\(recipe)")
        #expect(recipe.contains("duration: 13d21h20m"), "\(recipe)")
        // Three readings, two of which a century apart.
        try workspace.write("time,x\n2025-01-01,1\n2025-01-02,2\n2125-01-02,3\n", to: "d.csv")
        #expect(try learnt().contains("# Not learnt: a pause of "))
    }

    @Test("of two values are states, and a count that only rises is told of")
    func statesAndCounters() throws {
        var dice = Dice(state: 7)
        var (isOn, count) = (false, 0.0)
        var lines = ["time,on,kwh,level"]
        for tick in 0..<4_000 {
            isOn = isOn ? dice.even() > 0.1 : dice.even() < 0.05
            count -= 0.3 * log(1 - dice.even())
            lines.append("\(1_735_689_600 + 600 * tick),\(isOn ? 1 : 0),\(Self.text(count)),\(tick == 99 ? 8 : 7)")
        }
        try workspace.write(lines.joined(separator: "\n"), to: "d.csv")
        let recipe = try learnt()
        #expect(recipe.contains("    model: state\n"), "\(recipe)")
        let values = try made("on")
        let share = values.reduce(0, +) / Double(values.count)
        #expect((0.25...0.42).contains(share), "\(share)\n\(recipe)")
        let turns = zip(values, values.dropFirst()).count { $0 != $1 }
        let data = 2 * 4_000 * 0.1 * share
        #expect((0.7...1.4).contains(Double(turns) / data), "\(turns) \(data)\n\(recipe)")
        #expect(recipe.contains("not learnt: that readings only rise") && !recipe.contains("shape:"), "\(recipe)")
        #expect(recipe.contains("not learnt: readings from 7 to 8"), "\(recipe)")
    }

    @Test("state limits where the usual ones are more than readings hold")
    func limits() throws {
        var dice = Dice(state: 8)
        try write((0..<2_000).map { _ in Self.text(200 * dice.normal(), 6) })
        #expect(try learnt().contains("    limits: [-2000, 2000]\n"))
    }

    @Test("say only what is there")
    func comments() throws {
        try workspace.write("time,null\n2025-01-01T00:00:00Z,1.5\n2025-01-01T00:00:10Z,1.7\n", to: "null.csv")
        let outcome = try workspace.run("learn", "null.csv", "--value", "x=null", "-o", "null.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let recipe = try workspace.text("null.yaml")
        #expect(
            recipe.contains("{name: \"null\", ") && !recipe.contains("typical change") && !recipe.contains("faults:")
        )
        #expect(try workspace.run("recipes", "check", "null.yaml").status == 0)
    }

    @Test("stay as people have edited them")
    func edited() throws {
        var dice = Dice(state: 9)
        try write((0..<500).map { _ in Self.text(dice.normal()) })
        let learn = ["learn", "d.csv", "-o", "r.yaml"]
        #expect(try workspace.run(learn).status == 0)
        let text = try workspace.text("r.yaml")
        // Written anew as long as nobody has changed it.
        #expect(try workspace.run(learn).status == 0)
        try workspace.write(text.replacing("resolution: 0.01", with: "resolution: 0.02"), to: "r.yaml")
        let refused = try workspace.run(learn)
        #expect(refused.status == 73 && refused.errors.contains("--overwrite"), "\(refused.errors)")
        #expect(try workspace.text("r.yaml").contains("resolution: 0.02"))
        #expect(try workspace.run(learn + ["--overwrite"]).status == 0)
        #expect(try workspace.text("r.yaml") == text)
    }

    @Test("are of metrics whose names are told to be reserved, none, or there twice")
    func names() throws {
        try write(["1", "2", "3"])
        func refusal(_ values: String...) throws -> String {
            let outcome = try workspace.run(["learn", "d.csv"] + values.flatMap { ["--value", $0] })
            #expect(outcome.status == 64)
            return outcome.errors
        }
        #expect(try refusal("timestamp=x").contains("reserved"))
        #expect(try refusal("1x=x").contains("small letter"))
        #expect(try refusal("y=x", "y=x").contains("twice"))
        #expect(try refusal("y").contains("NAME=COLUMN"))
    }
}
