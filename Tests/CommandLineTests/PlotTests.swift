import Foundation
import Testing

@Suite("describe --plot", .timeLimit(.minutes(30)))
struct PlotTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.days, to: "days.yaml")
        try workspace.generate("days.yaml", to: "out", "--format", "sqlite")
    }

    /// Draws a picture that must succeed, and reads it.
    private func plot(_ dataset: String, _ options: String...) throws -> PlottedDay {
        let outcome = try workspace.run(["describe", dataset, "--plot", "day.svg"] + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors == "")
        return try workspace.read(with: "plot", "day.svg")
    }

    private struct Extremes: Decodable {
        var low: Double
        var high: Double
    }

    /// Whether a panel's line reaches the extremes of a sensor's readings.
    private func expectExtremes(of metric: String, _ panel: PlottedDay.Panel, _ dataset: String, where clause: String)
        throws
    {
        let rows: [Extremes] = try workspace.query(
            "SELECT min(\(metric)) AS low, max(\(metric)) AS high FROM sensor_data WHERE \(clause)",
            of: "\(dataset)/readings.sqlite"
        )
        let extremes = try #require(rows.first)
        #expect(abs(panel.low - extremes.low) < panel.tolerance, "\(metric): \(panel.low), \(extremes.low)")
        #expect(abs(panel.high - extremes.high) < panel.tolerance, "\(metric): \(panel.high), \(extremes.high)")
    }

    @Test("draws a panel per metric and a band per event of the day", arguments: [1, 2, 3])
    func bands(day: Int) throws {
        let picture = try plot("out", "--sensor", "DAY_000002", "--day", "\(day)")
        let begin = (day - 1) * 86_400
        let events = try workspace.events(of: "DAY_000002", in: "out", seconds: begin..<begin + 86_400)
        #expect(Set(events.map(\.anomaly_type)).count == 5)
        #expect(Set(picture.panels.keys) == ["temperature", "humidity", "pressure", "voltage"])
        for (metric, panel) in picture.panels {
            let counts = Dictionary(grouping: events.filter { $0.changes(metric) }, by: \.anomaly_type)
            #expect(panel.bands.mapValues(\.count) == counts.mapValues(\.count), "\(metric)")
            #expect(panel.heading.hasPrefix(metric + " ("))
            #expect(panel.twinPoints > 0)
            // Missing data leave gaps.
            #expect(panel.lines > 1)
            #expect((3...9).contains(panel.ticks.count), "\(panel.ticks)")
            try expectExtremes(
                of: metric,
                panel,
                "out",
                where: "sensor_id = 'DAY_000002' AND date(timestamp) = '2025-01-0\(day)'"
            )
        }
        for (type, events) in Dictionary(grouping: events, by: \.anomaly_type) {
            #expect(picture.texts.contains("\(type) (\(events.count))"))
            #expect(picture.description.contains("\(events.count) \(type) event"))
        }
    }

    @Test("draws what a sensor measures alone, and states by their names")
    func groups() throws {
        try workspace.write(Samples.mixed, to: "mixed.yaml")
        try workspace.generate("mixed.yaml", to: "mixed", "--format", "csv")
        let all = try plot("mixed")
        #expect(Set(all.panels.keys) == ["temperature", "co2", "door"])
        let door = try #require(all.panels["door"])
        #expect(door.heading == "door" && door.ticks == ["closed \"rea…", "ajar", "1"])
        #expect(abs(door.low) < 0.01 && abs(door.high - 2) < 0.01)
        let some = try plot("mixed", "--sensor", "C\\D{}[]|.*_000001")
        #expect(Set(some.panels.keys) == ["temperature", "door"])
        #expect(some.description.contains("temperature (°C), door, over time"))
    }

    @Test("draws the picture that README shows")
    func picture() throws {
        try workspace.generate("cold-chain.yaml", to: "cold", "--format", "csv")
        let outcome = try workspace.run("describe", "cold", "--sensor", "FRIDGE_000005", "--plot", "-")
        let shown = Locations.package.appending(path: "docs/pictures/cold-chain.svg")
        #expect(try outcome.output == String(contentsOf: shown, encoding: .utf8))
    }

    @Test("stands alone, and says what it shows")
    func document() throws {
        let picture = try plot("out", "--day", "3")
        #expect(picture.outside == [])
        #expect(picture.undrawn == [])
        #expect(picture.title == "days – sensor DAY_000001, Oslo, 2025-01-03 00:00 to 12:00 UTC, day 3 of 3")
        for text in ["days – sensor DAY_000001", "temperature (°C)", "00:00", "12:00", "time of day (UTC)"] {
            #expect(picture.texts.contains(text), "\(text)")
        }
        #expect(try workspace.text("day.svg").contains("prefers-color-scheme:dark"))
    }

    @Test("is PNG under a name that says so, where there is the program that draws it")
    func png() throws {
        let drawn = try workspace.run("describe", "out", "--plot", "day.png")
        #expect(drawn.status == 0 && drawn.errors == "", "\(drawn.errors)")
        let bytes = try workspace.bytes("day.png")
        #expect(bytes.starts(with: [0x89] + Array("PNG\r\n".utf8)))
        // The header chunk has width and height, most significant bytes first.
        #expect(Array(bytes[16..<20]) == [0, 0, 0x09, 0x60])
        let read = try workspace.shell("rsvg-convert --version && pngcheck -q day.png 2>/dev/null || test $? = 127")
        #expect(read.status == 0, "\(read)")
        #expect(try workspace.run("describe", "out", "--plot", "day.png", "--day", "2").status == 0)
        #expect(try workspace.bytes("day.png") != bytes)
        // Somebody's own picture has no word of this program.
        let own = bytes[..<33] + bytes.dropFirst(33 + 12 + 29)
        try workspace.write(Data(own), to: "own.png")
        let kept = try workspace.run("describe", "out", "--plot", "own.png")
        #expect(kept.status == 73 && kept.errorLines.count == 1, "\(kept.errors)")
        #expect(try workspace.bytes("own.png") == Data(own))
        let without = try workspace.run("describe", "out", "--plot", "new.png", environment: ["PATH": "/nowhere"])
        #expect(without.status == 73 && without.errors.contains("apt-get install librsvg2-bin"), "\(without.errors)")
        #expect(!workspace.exists("new.png"))
    }

    @Test("escapes what XML would stumble over")
    func names() throws {
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.generate("nasty.yaml", to: "<out> & co", "--format", "sqlite", "--set", "fleet.0.prefix=<&>")
        let picture = try plot("<out> & co", "--sensor", "<&>_000001")
        let place = "O'Brien \"Lab\", é ☃"
        #expect(picture.title == "nasty – sensor <&>_000001, \(place), 2025-01-05 00:00 to 04:00 UTC, day 1 of 1")
    }

    @Test("stays small and loses no spike when there are more readings than pixels")
    func dense() throws {
        try workspace.generate(
            "days.yaml",
            to: "dense",
            "--format",
            "sqlite",
            "--duration",
            "6h",
            "--set",
            "simulation.interval=500ms"
        )
        let picture = try plot("dense")
        #expect(try workspace.bytes("day.svg").count < 1_000_000)
        let events = try workspace.events(of: "DAY_000001", in: "dense", seconds: 0..<21_600)
        for (metric, panel) in picture.panels {
            #expect(panel.points > 1_000 && panel.points < 2_400, "\(panel.points)")
            try expectExtremes(of: metric, panel, "dense", where: "sensor_id = 'DAY_000001'")
            // Bands that lie too close to tell apart are one, which says how many it is.
            for (type, captions) in panel.bands {
                let counts = captions.map { $0.contains(" × ") ? Int($0.prefix { $0.isNumber }) ?? 0 : 1 }
                let expected = events.filter { $0.anomaly_type == type && $0.changes(metric) }.count
                #expect(counts.reduce(0, +) == expected, "\(metric), \(type)")
            }
        }
        #expect(picture.panels["temperature"]?.bands["spike"]?.contains { $0.contains(" × ") } == true)
    }

    @Test("leaves the healthy twin out where all is healthy, and draws a single reading")
    func plain() throws {
        try workspace.generate("days.yaml", to: "healthy", "--format", "sqlite", "--set", "anomalies.enabled=false")
        let picture = try plot("healthy")
        #expect(picture.panels.values.allSatisfy { $0.twinPoints == 0 && $0.bands.isEmpty && $0.lines == 1 })
        #expect(picture.texts.contains("no anomalies"))
        try workspace.generate("days.yaml", to: "one", "--duration", "1m", "--set", "anomalies.enabled=false")
        #expect(try plot("one").panels.values.allSatisfy { $0.points == 1 })
    }

    @Test("writes to standard output for -, instead of the text, and over an older picture")
    func output() throws {
        _ = try plot("out", "--day", "2")
        let older = try workspace.text("day.svg")
        try workspace.write(older + String(repeating: " ", count: 1_000_000), to: "day.svg")
        _ = try plot("out")
        let outcome = try workspace.run("describe", "out", "--plot", "-")
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        #expect(try workspace.text("day.svg") == outcome.output)
        let piped = try workspace.shell("\"$TOOL\" describe out --plot /dev/stdout | head -n 1")
        #expect(piped.output.hasPrefix("<svg "))
        // A file goes with either form of the summary.
        let json = try workspace.run("describe", "out", "--json", "--plot", "json.svg")
        #expect(json.output.hasPrefix("{") && json.output.split(separator: "\n").count == 1)
        #expect(try workspace.text("json.svg") == outcome.output)
    }

    @Test("replaces an older picture or an empty file, through links too")
    func replaced() throws {
        #expect(try workspace.shell(": >empty.svg && ln -s day.svg link.svg").status == 0)
        #expect(try workspace.run("describe", "out", "--plot", "empty.svg").status == 0)
        _ = try plot("out", "--day", "2")
        #expect(try workspace.run("describe", "out", "--plot", "link.svg").status == 0)
        #expect(try workspace.bytes("day.svg") == workspace.bytes("empty.svg"))
        #expect(try workspace.shell("readlink link.svg").output == "day.svg\n")
    }

    /// A slip of the hand costs nobody a file.
    @Test(
        "leaves every other file as it is",
        arguments: [
            "out/recipe.yaml", "out/readings.sqlite", "out/manifest.json", "out/events.csv", "out/SHA256SUMS",
            "days.yaml",
            "drawing.svg", "page.html", "link.yaml",
        ]
    )
    func kept(name: String) throws {
        let foreign = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"><circle r=\"4\"/></svg>\n"
        for name in ["drawing.svg", "page.html"] { try workspace.write(foreign, to: name) }
        #expect(try workspace.shell("ln -s days.yaml link.yaml").status == 0)
        let before = try workspace.bytes(name)
        let outcome = try workspace.run("describe", "out", "--plot", name)
        #expect(outcome.status == 73, "\(outcome)")
        #expect(outcome.output == "")
        #expect(outcome.errorLines.count == 1 && outcome.errors.contains("cannot create \(name)"), "\(outcome.errors)")
        #expect(try workspace.bytes(name) == before)
        #expect(try workspace.run("verify", "out").status == 0)
    }

    @Test("does not lie in the folder of a dataset, where verify would find it", arguments: ["--plot", "--html"])
    func inside(option: String) throws {
        #expect(try workspace.shell("ln -s out/day.svg link.svg; ln -s out link").status == 0)
        for name in ["out/day.svg", "link/day.svg"] {
            let outcome = try workspace.run("describe", "out", option, name)
            #expect(outcome.status == 73 && outcome.output == "", "\(outcome)")
            #expect(outcome.errorLines.count == 1, "\(outcome)")
            #expect(outcome.errors.contains("is the folder of a dataset"), "\(outcome)")
        }
        #expect(try workspace.run("describe", "out", option, "link.svg").status == 73)
        #expect(try workspace.run("verify", "out").status == 0)
    }

    @Test("does not take the place of a dataset's file that is missing")
    func missing() throws {
        try workspace.remove("out/events.csv")
        let outcome = try workspace.run("describe", "out", "--plot", "./out//events.csv")
        #expect(outcome.status == 73 && outcome.errors.contains("a file of the dataset"), "\(outcome)")
        #expect(!workspace.exists("out/events.csv"))
    }

    @Test(
        "says that a day has no reading where a recording has a gap as long",
        arguments: [[], ["--plot", "x.svg"]] as [[String]]
    )
    func gap(options: [String]) throws {
        var text = "ts,pump,temp\n"
        for (day, hour) in [1, 3].flatMap({ day in (0..<24).map { (day, $0) } }) {
            for minute in ["00", "20", "40"] {
                let time = "2025-01-0\(day)T\(hour < 10 ? "0" : "")\(hour):\(minute):00Z"
                text += "\(time),P1,\(day + hour).\(minute.prefix(1))\n"
            }
        }
        try workspace.write(text, to: "gap.csv")
        let recipe = """
            recording: {file: gap.csv, time: ts, sensor: pump}
            metrics: {temp: {}}
            anomalies: {enabled: false}
            """
        try workspace.write(recipe, to: "gap.yaml")
        try workspace.generate("gap.yaml", to: "gap")
        let outcome = try workspace.run(["describe", "gap", "--day", "2"] + options)
        #expect(outcome.status == 66 && outcome.output == "", "\(outcome)")
        #expect(outcome.errorLines == ["error: sensor P1 has no reading on day 2"], "\(outcome.errors)")
        #expect(!workspace.exists("x.svg"))
        for day in ["1", "3"] {
            let other = try workspace.run(["describe", "gap", "--day", day] + options)
            #expect(other.status == 0, "\(other.errors)")
        }
    }

    @Test("says in one line what is wrong, and prints nothing else", arguments: failures)
    func failure(wrong: UsageTests.Case) throws {
        let outcome = try workspace.run(wrong.arguments)
        #expect(outcome.status == wrong.status)
        #expect(outcome.output == "")
        #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(outcome.errors.contains(wrong.hint), "\(outcome.errors)")
        #expect(!workspace.exists("x.svg"))
    }

    static let failures = [
        UsageTests.Case(66, "describe", "out", "--sensor", "NOBODY", "--plot", "x.svg", hint: "no sensor NOBODY"),
        UsageTests.Case(
            66,
            "describe",
            "out",
            "--day",
            "4",
            "--plot",
            "x.svg",
            hint: "no day 4: the dataset has 3 days"
        ),
        UsageTests.Case(66, "describe", "out", "--day", "9223372036854775807", hint: "the dataset has 3 days"),
        UsageTests.Case(73, "describe", "out", "--plot", "no/such/x.svg", hint: "cannot create no/such/x.svg: No such"),
        UsageTests.Case(73, "describe", "out", "--plot", "x.jpg", hint: "cannot create x.jpg: a picture is .svg"),
        UsageTests.Case(64, "describe", "out", "--plot", "x.svg", "--html", "x.svg", hint: "both write x.svg"),
        UsageTests.Case(73, "describe", "out", "--plot", "out", hint: "cannot create out: Is a directory"),
        UsageTests.Case(74, "describe", "out", "--plot", "/dev/full", hint: "cannot write /dev/full: No space left"),
    ]
}
