import Foundation
import Testing

@Suite("Readings of one's own that are cut, moved, repeated and noisy", .timeLimit(.minutes(30)))
struct PlaybackTests {
    private let workspace: Workspace

    /// Three sensors that report about every minute from 00:00 on, with gaps, for some 25 hours.
    init() throws {
        workspace = try Workspace()
        var text = "ts,pump,T1,flow\n"
        var times = [1_736_121_600, 1_736_121_600, 1_736_121_611]
        for row in 0..<1_500 {
            for sensor in times.indices {
                let level = row * 7_919 % 613 - 150 + sensor
                let temperature = (row + sensor) % 50 == 49 ? "" : tenths(level)
                text += "\(stamp(times[sensor])),P\(sensor),\(temperature),\(4_000 + row * 31 % 97)\n"
                // The first two report at the same instants.
                times[sensor] += sensor == 2 ? 58 + row * row % 5 : 60
                if sensor == 2, row % 400 == 399 { times[sensor] += 1_800 }
            }
        }
        try workspace.write(text, to: "plant.csv")
        let recipe = """
            dataset: {name: plant, seed: 11}
            recording: {file: plant.csv, time: ts, sensor: pump}
            metrics:
              temp: {column: T1, unit: °C}
              flow: {}
            anomalies:
              probability: 0.1
              types:
                spike: {weight: 0.3}
                trend: {weight: 0.2, duration: 20m}
                pattern: {weight: 0.2, duration: 25m}
                noise: {weight: 0.1, duration: 12m}
                missing_data: {weight: 0.2, duration: 5m, modes: [null, omit, stuck, sentinel, rail]}
            outputs: {csv: {compression: none}, clean: true}
            """
        try workspace.write(recipe, to: "r.yaml")
    }

    private func tenths(_ count: Int) -> String { "\(count < 0 ? "-" : "")\(abs(count) / 10).\(abs(count) % 10)" }

    private func stamp(_ seconds: Int) -> String {
        String(Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).dropLast())
    }

    /// A way of playing: options, and what the reader of the tests is told of it.
    struct Way: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var options: [String]
        var expected: [String]
    }

    static let ways = [
        Way(
            testDescription: "a part",
            options: ["recording.from=2025-01-06T03:00:00Z", "recording.to=2025-01-06T21:10:07Z"],
            expected: ["2025-01-06T03:00:00", "2025-01-06T21:10:07", "0", "2025-01-06T03:00:00", "2025-01-06T21:10:07"]
        ),
        Way(
            testDescription: "all, at another time, up to an end",
            options: ["dataset.start=2027-02-03T04:05:06Z", "dataset.duration=11h", "dataset.order=sensor"],
            expected: ["2025-01-06T00:00:00", "2025-01-08T00:00:00", "0", "2027-02-03T04:05:06", "2027-02-03T15:05:06"]
        ),
        Way(
            testDescription: "a day again and again, from noon on",
            options: [
                "recording.from=2025-01-06", "recording.to=2025-01-07", "recording.repeat=true", "recording.phase=12h",
                "dataset.start=2026-03-01T12:00:00Z", "dataset.end=2026-03-06T00:00:30Z",
            ],
            expected: [
                "2025-01-06T00:00:00", "2025-01-07T00:00:00", "43200", "2026-03-01T12:00:00", "2026-03-06T00:00:30",
            ]
        ),
        Way(
            testDescription: "a part again and again, sensor by sensor, with noise",
            options: [
                "recording.from=2025-01-06T03:00:00Z", "recording.to=2025-01-06T21:10:07Z", "recording.repeat=true",
                "dataset.duration=3d", "dataset.order=sensor", "metrics.temp.noise=0.5",
            ],
            expected: [
                "2025-01-06T03:00:00", "2025-01-06T21:10:07", "0", "2025-01-06T03:00:00", "2025-01-09T03:00:00", "0.5",
            ]
        ),
    ]

    @Test("are what the file has at these times", arguments: ways)
    func readings(way: Way) throws {
        let settings = (way.options + ["anomalies.enabled=false"]).flatMap { ["--set", $0] }
        let outcome = try workspace.run(["recipe", "r.yaml", "-o", "set"] + settings)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let noise = way.expected.count > 5 ? [] : ["0"]
        let findings: Findings = try workspace.read(
            with: "playback",
            [workspace.path("set"), workspace.path("plant.csv")] + way.expected + noise
        )
        #expect(findings.problems == [])
        #expect(findings["rows"] > 1_900 && findings["gaps"] > 20)
    }

    @Test(
        "keep what holds of any dataset: threads, shorter runs, single blocks, exact labels, its own recipe",
        arguments: ["time", "sensor"]
    )
    func properties(order: String) throws {
        // Of more than one block, and with an end in the middle of events.
        let options = [
            "recording.from=2025-01-06T01:00:00Z", "recording.to=2025-01-06T23:30:10Z", "recording.repeat=true",
            "recording.phase=5h", "metrics.temp.noise=0.3", "dataset.start=2026-03-01", "dataset.order=\(order)",
        ]
        .flatMap { ["--set", $0] }
        func play(_ output: String, _ more: String...) throws {
            let outcome = try workspace.run(["recipe", "r.yaml", "-o", output] + options + more)
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
        try play("long", "--duration", "6d", "--threads", "3")
        try play("one", "--duration", "6d", "--threads", "1")
        #expect(try workspace.differences("long", "one") == [])
        try workspace.generate("long/recipe.yaml", to: "again")
        #expect(try workspace.differences("long", "again") == [])
        for check in [["verify", "long", "--regenerate"], ["audit", "long"]] {
            let outcome = try workspace.run(check)
            #expect(outcome.status == 0, "\(check): \(outcome.errors)\(outcome.output)")
        }
        let rows = try rows(of: "long")
        #expect(rows.count > 20_000)
        // The longest prefix that every order has is each sensor's own.
        for hours in [31, 60, 61] {
            try play("short", "--overwrite", "--duration", "\(hours)h")
            let short = try self.rows(of: "short")
            for sensor in ["P0", "P1", "P2"] {
                let (of, all) = (
                    short.filter { $0.contains(",\(sensor),") }, rows.filter { $0.contains(",\(sensor),") }
                )
                #expect(of.count > 1_000 && Array(all.prefix(of.count)) == of, "\(hours) h of \(sensor)")
            }
        }
        let part = ["--from", "2026-03-03T05:00:00Z", "--to", "2026-03-03T09:00:00Z", "--format", "csv"]
        let stream = try workspace.run(["recipe", "long/recipe.yaml", "-o", "-", "--quiet"] + part)
        let streamed = stream.output.split(separator: "\n").dropFirst().map(Self.withoutNumber)
        let within = rows.filter { row in
            let time = row.split(separator: ",")[0]
            return time >= "2026-03-03T05:00:00.000000" && time < "2026-03-03T09:00:00.000000"
        }
        #expect(within.count > 600 && streamed == within, "\(stream.errors)")
    }

    private func rows(of dataset: String) throws -> [String] {
        try workspace.text("\(dataset)/readings.csv").split(separator: "\n").dropFirst().map(Self.withoutNumber)
    }

    /// A row without its number, which depends on the length of the run in the order of sensors.
    private static func withoutNumber(_ row: Substring) -> String {
        String(row.drop { $0 != "," }.dropFirst())
    }

    @Test("have the noise in their twin, and anomalies sized by it")
    func noise() throws {
        func sizes(_ noise: String) throws -> [Double] {
            let settings = ["metrics.temp.noise=\(noise)", "metrics.temp.resolution=0.1", "anomalies.probability=0.02"]
            let types = "anomalies.types={spike: {magnitude: [10, 10], metrics: [temp]}}"
            // Readings that hardly vary of themselves.
            let calm = try workspace.text("plant.csv").split(separator: "\n")
                .map { line in
                    line.split(separator: ",", omittingEmptySubsequences: false).enumerated()
                        .map { $0 == 2 && !$1.isEmpty && $1 != "T1" ? "20.0" : String($1) }.joined(separator: ",")
                }
            try workspace.write(calm.joined(separator: "\n"), to: "calm.csv")
            let options = (settings + [types, "recording.file=calm.csv"]).flatMap { ["--set", $0] }
            let outcome = try workspace.run(["recipe", "r.yaml", "-o", "noise-\(noise)"] + options)
            try #require(outcome.status == 0, "\(outcome.errors)")
            let events = try workspace.text("noise-\(noise)/events.csv").split(separator: "\n")
                .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            let column = try #require(events[0].firstIndex(of: "magnitude"))
            return events.dropFirst().compactMap { Double($0[column]) }
        }
        let (small, large) = (try sizes("0.5"), try sizes("5"))
        #expect(small.count > 10 && small.allSatisfy { abs($0 - 5) < 0.1 }, "\(small)")
        #expect(large.count > 10 && large.allSatisfy { abs($0 - 50) < 0.5 }, "\(large)")
        let lines = try workspace.text("noise-5/readings.csv").split(separator: "\n")
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let (value, twin) = (lines[0].firstIndex(of: "temp"), lines[0].firstIndex(of: "clean_temp"))
        let (reading, healthy) = (try #require(value), try #require(twin))
        let flag = try #require(lines[0].firstIndex(of: "anomaly_flag"))
        let normal = lines.dropFirst().filter { $0[flag] == "0" }
        #expect(normal.count > 4_000 && normal.allSatisfy { $0[reading] == $0[healthy] })
        #expect(normal.contains { ($0[healthy].isEmpty ? 20 : Double($0[healthy]) ?? 20) > 30 })
    }

    @Test("stay within the limits that the recipe has")
    func limits() throws {
        try workspace.generate(
            "r.yaml",
            to: "set",
            "--set",
            "metrics.flow={limits: [4000, 4096], noise: 30}",
            "--set",
            "anomalies.enabled=false"
        )
        let rows = try workspace.text("set/readings.csv").split(separator: "\n").map { $0.split(separator: ",") }
        let column = try #require(rows[0].firstIndex(of: "flow"))
        let flows = rows.dropFirst().filter { $0.count > column + 10 }.compactMap { Int($0[column]) }
        #expect(flows.count > 4_000 && flows.min() == 4_000 && flows.max() == 4_096)
    }

    @Test(
        "reach decimal limits, by noise and by faults, and stay within them",
        arguments: [110...113, 28...29, 1_000_000_002...1_000_000_003]
    )
    func decimalLimits(hundredths: ClosedRange<Int>) throws {
        func decimal(_ count: Int) -> String { "\(count / 100).\(count % 100 / 10)\(count % 10)" }
        let lines = (0..<2_000)
            .map { minute in
                let reading = hundredths.lowerBound + minute % hundredths.count
                return "\(1_736_121_600 + 60 * minute),\(decimal(reading))"
            }
        try workspace.write((["ts,level"] + lines).joined(separator: "\n"), to: "level.csv")
        let limits = "[\(decimal(hundredths.lowerBound)), \(decimal(hundredths.upperBound))]"
        let recipe = """
            dataset: {name: level, seed: 7}
            recording: {file: level.csv, time: ts}
            metrics: {level: {limits: \(limits), noise: 0.02}}
            anomalies: {probability: 0.1, types: {missing_data: {duration: 5m, modes: [rail]}}}
            outputs: {csv: {compression: none}}
            """
        try workspace.write(recipe, to: "level.yaml")
        try workspace.generate("level.yaml", to: "level")
        let rows = try workspace.text("level/readings.csv").split(separator: "\n")
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let (level, flag) = (rows[0].firstIndex(of: "level"), rows[0].firstIndex(of: "anomaly_flag"))
        let (column, label) = (try #require(level), try #require(flag))
        let bounds = [hundredths.lowerBound, hundredths.upperBound].map { Double(decimal($0)) }
        for kind in ["0", "1"] {
            let readings = rows.dropFirst().filter { $0[label] == kind }.compactMap { Double($0[column]) }
            #expect(readings.count > 50 && [readings.min(), readings.max()] == bounds, "\(kind): \(readings.count)")
        }
    }

    @Test(
        "are refused where they cannot be had, by the key that has to change",
        arguments: [
            (["recording.repeat=true"], "recording.repeat: what is repeated never ends"),
            (["recording.phase=1h"], "recording.phase: needs repeat: true"),
            (
                ["recording.repeat=true", "recording.phase=9d", "dataset.duration=3d"],
                "recording.phase: a round is only 1d2h30m long"
            ),
            (["dataset.duration=9d"], "dataset.duration: the recording is only 1d2h30m long; recording.repeat: true"),
            (
                ["recording.from=2026-01-01"],
                "recording.from: the recording is from 2025-01-06T00:00:00Z to 2025-01-07T02:"
            ),
            (["recording.to=2025-01-06"], "recording.to: the recording is from 2025-01-06T00:00:00Z"),
            (
                ["recording.from=2025-01-07", "recording.to=2025-01-06T12:00:00Z"],
                "recording.to: 2025-01-06T12:00:00Z is not after 2025-01-07T00:00:00Z"
            ),
            (["recording.from=2024-01-01", "recording.to=2024-02-01"], "recording.to: no reading is from 2024-01-01"),
            (
                ["recording.repeat=true", "recording.phase=1s", "dataset.duration=5s"],
                "dataset.duration: no reading of \"P0\" is played from"
            ),
            (["dataset.end=2024-01-01"], "dataset.end: 2024-01-01T00:00:00Z is not after the start"),
            (
                ["recording.repeat=true", "dataset.start=2199-12-01", "dataset.duration=90d"],
                "goes beyond the year 2199"
            ),
            (["metrics.temp.noise=-1"], "metrics.temp.noise: -1 is less than 0"),
            (["simulation.interval=5s"], "simulation.interval: the recording says when readings are taken"),
        ]
    )
    func refusals(settings: [String], hint: String) throws {
        let outcome = try workspace.run(["recipe", "r.yaml", "-o", "out"] + settings.flatMap { ["--set", $0] })
        #expect(outcome.status == 65 && outcome.errors.contains(hint), "\(outcome.errors)")
        #expect(!workspace.exists("out"))
    }

    @Test("are those of as many sensors as are asked for, each with noise and anomalies of its own")
    func replicas() throws {
        let text = try workspace.text("plant.csv").split(separator: "\n")
            .filter { !$0.contains(",P1,") && !$0.contains(",P2,") }
            .map { line in line.replacing(",P0,", with: ",").replacing(",pump,", with: ",") }
        try workspace.write(text.joined(separator: "\n"), to: "room.csv")
        let recipe = """
            dataset: {name: rooms, seed: 4, duration: 3d}
            recording: {file: room.csv, time: ts, repeat: true}
            replicas: {count: 4, prefix: ROOM}
            metrics: {temp: {column: T1, noise: 0.5}, flow: {}}
            anomalies: {probability: 0.1}
            outputs: {csv: {compression: none}, clean: true}
            """
        try workspace.write(recipe, to: "rooms.yaml")
        try workspace.generate("rooms.yaml", to: "four")
        try workspace.generate("rooms.yaml", to: "six", "--sensors", "6", "--threads", "3")
        let (four, six) = (try rows(of: "four"), try rows(of: "six"))
        #expect(six.filter { !$0.contains("ROOM_000005") && !$0.contains("ROOM_000006") } == four)
        for check in [["verify", "four", "--regenerate"], ["audit", "six"]] {
            let outcome = try workspace.run(check)
            #expect(outcome.status == 0, "\(check): \(outcome.errors)\(outcome.output)")
        }
        try workspace.generate("four/recipe.yaml", to: "again")
        #expect(try workspace.differences("four", "again") == [])
        // The recorded column is the same for all, the one with noise is not.
        let fields = four.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let twins = Dictionary(grouping: fields) { $0[0] }.values
            .map { rows in rows.map { ($0[$0.count - 2], $0[$0.count - 1]) } }
        let whole = twins.filter { $0.count == 4 }
        #expect(whole.count > 3_500 && whole.allSatisfy { Set($0.map(\.1)).count == 1 })
        #expect(whole.count { Set($0.map(\.0)).count > 1 } > whole.count * 9 / 10)
        let many = try workspace.run("recipe", "rooms.yaml", "-o", "many", "--sensors", "100001")
        #expect(many.status == 65 && many.errors.contains("at most 100,000 sensors"), "\(many.errors)")
        let sized = try workspace.text("four/events.csv").split(separator: "\n").dropFirst()
        let more = try workspace.text("six/events.csv").split(separator: "\n").dropFirst()
        func sizes(_ events: ArraySlice<Substring>) -> [[Substring]] {
            events.map { $0.split(separator: ",", omittingEmptySubsequences: false) }.filter { $0[1] == "ROOM_000002" }
                .map { [$0[4], $0[9]] }
        }
        #expect(sizes(sized).count > 20 && sizes(sized) == sizes(more))
    }

    @Test("tell which sensors a part has no reading of")
    func absentSensors() throws {
        let text = try workspace.text("plant.csv").split(separator: "\n")
        let late = text.filter { !$0.contains(",P1,") || $0 >= "2025-01-06T12" }.joined(separator: "\n")
        try workspace.write(late, to: "plant.csv")
        let outcome = try workspace.run("recipe", "r.yaml", "-o", "set", "--set", "recording.to=2025-01-06T06:00:00Z")
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("1 sensor without a reading from 2025-01-06T00:00:00Z to 2025-01-06T06:00:00Z"))
        #expect(outcome.errors.contains("left out: P1"))
        #expect(try workspace.text("set/manifest.json").contains("\"sensors\": 2"))
    }
}
