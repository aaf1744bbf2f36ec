import Foundation
import Testing

@Suite("Readings to standard output", .timeLimit(.minutes(30)))
struct StandardOutputTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Self.recipe, to: "r.yaml")
    }

    /// Several blocks, groups with intervals of their own, states, rows that are missing.
    private static let recipe = """
        \(Samples.groups(duration: "4h"))
        outputs: {csv: {compression: none}}
        """

    private func lines(_ arguments: [String]) throws -> [String] {
        let outcome = try workspace.run(["recipe", "r.yaml", "-o", "-", "--quiet"] + arguments)
        try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
        #expect(outcome.errors == "")
        return outcome.output.split(separator: "\n").map(String.init)
    }

    @Test(
        "are the rows of the file, in every format, on any number of threads",
        arguments: ["csv", "jsonl", "influx", "clickhouse", "pgcopy", "openmetrics"],
        ["order: time", "order: sensor", "order: window=50m"]
    )
    func file(format: String, order: String) throws {
        if format == "openmetrics", order != "order: time" { return }
        let text = Self.recipe.replacingOccurrences(of: "duration: 4h", with: "duration: 4h, " + order)
            .replacingOccurrences(of: "csv: {compression: none}", with: "\(format): {compression: none}")
        try workspace.write(text, to: "f.yaml")
        try workspace.generate("f.yaml", to: "out")
        let name = try #require(try workspace.names(in: "out").first { $0.hasPrefix("readings") })
        let command = "$TOOL recipe f.yaml -o - --format \(format) --threads"
        let outcome = try workspace.shell("\(command) 1 | cmp - out/\(name) && \(command) 3 | cmp - out/\(name)")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(try workspace.bytes("out/\(name)").count > 500_000)
    }

    @Test("are those of a time and of some sensors, with their numbers", arguments: ["time", "sensor", "window=50m"])
    func parts(order: String) throws {
        let order = ["--set", "dataset.order=\(order)"]
        let all = try lines(order)
        func expected(_ isWanted: (_ time: String, _ sensor: String) -> Bool) -> [String] {
            all.enumerated()
                .filter { index, line in
                    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                    return index == 0 || isWanted(fields[1], fields[2])
                }
                .map(\.element)
        }
        let times = ["--from", "2025-01-05T01:00:05Z", "--to", "2025-01-05T03:00:00"]
        func isIn(_ time: String) -> Bool { time > "2025-01-05T01:00:05" && time < "2025-01-05T03:00:00" }
        let hour = try lines(order + times)
        #expect(hour == expected { time, _ in isIn(time) })
        #expect(hour.count > 10_000)
        let begin = try lines(order + ["--to", "2025-01-05T00:00:10Z"])
        #expect(begin == expected { time, _ in time < "2025-01-05T00:00:10" })
        let sensors = ["--only-sensors", "COLD_000003, ROOM_?0000*"]
        let chosen = try lines(order + sensors)
        #expect(chosen == expected { _, sensor in sensor == "COLD_000003" || sensor.hasPrefix("ROOM_00000") })
        let both = try lines(order + times + ["--only-sensors", "*_000011"])
        #expect(both == expected { time, sensor in isIn(time) && sensor.hasSuffix("_000011") })
        #expect(both.count > 1_000)
        let columns = try lines(order + ["--only-sensors", "ROOM_000001", "--columns", "sensor_id,event_id,door,id"])
        #expect(columns[0] == "sensor_id,event_id,door,id")
        #expect(columns.count == expected { _, sensor in sensor == "ROOM_000001" }.count)
        let whole = try lines(order + ["--columns", "sensor_id,event_id,door,id"])
        #expect(columns == whole.filter { $0.hasPrefix("sensor_id") || $0.hasPrefix("ROOM_000001,") })
    }

    @Test(
        "are in so many parts, one behind the other, all that are selected",
        arguments: ["time", "sensor", "window=50m"]
    )
    func shards(order: String) throws {
        let selections = [
            [], ["--from", "2025-01-05T00:30", "--to", "2025-01-05T03:00"], ["--only-sensors", "ROOM*"],
        ]
        for selection in selections {
            let options = ["--set", "dataset.order=\(order)"] + selection
            let all = try lines(options)
            for count in [1, 2, 7] {
                let parts = try (0..<count).map { try lines(options + ["--shard", "\($0)/\(count)"]) }
                #expect(parts.allSatisfy { $0.first == all[0] })
                #expect(parts.flatMap { $0.dropFirst() } == Array(all.dropFirst()), "\(count) of \(selection)")
                if count == 2, selection.isEmpty { #expect(parts.allSatisfy { $0.count > all.count / 3 }) }
            }
        }
        for wrong in ["2/2", "-1/2", "0/0", "1", "0/100001", "+0/2", "0/2/2"] {
            let outcome = try workspace.run("recipe", "r.yaml", "-o", "-", "--shard", wrong)
            #expect(outcome.status == 64 && outcome.errors.contains("--shard"), "\(wrong): \(outcome.errors)")
        }
        let last = try workspace.run("recipe", "r.yaml", "-o", "-", "--shard", "2/2")
        #expect(last.errors.contains("parts are numbered from 0: of 2 the last is 1/2"), "\(last.errors)")
    }

    @Test("are in parts the bytes of all, where an output has neither heading nor end")
    func bytesOfParts() throws {
        for format in ["jsonl", "influx", "clickhouse"] {
            let command = "$TOOL recipe quickstart.yaml --duration 12h --quiet -o - --format \(format)"
            let parts = "for part in 0 1 2; do \(command) --shard $part/3 || exit 1; done"
            let outcome = try workspace.shell("\(command) > whole && (\(parts)) | cmp - whole")
            #expect(outcome.status == 0, "\(format): \(outcome.output)\(outcome.errors)")
        }
    }

    @Test("are those that arrive, in their order")
    func arrivals() throws {
        let delivery = "{jitter: 2s, late: {share: 0.1, delay: [1m, 5m]}, duplicates: {share: 0.05}, loss: 0.02}"
        try workspace.write("\(Self.recipe)\ndelivery: \(delivery)\n", to: "d.yaml")
        for order in ["time", "arrival"] {
            try workspace.generate("d.yaml", to: order, "--set", "delivery.order=\(order)")
            let line = "$TOOL recipe d.yaml -o - --set delivery.order=\(order) | cmp - \(order)/readings.csv"
            let outcome = try workspace.shell(line)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        }
        _ = try workspace.shell("grep -e ,COLD_000002, -e ^id, time/readings.csv > expected")
        let part = "$TOOL recipe d.yaml -o - --set delivery.order=time --only-sensors COLD_000002 | cmp - expected"
        #expect(try workspace.shell(part).status == 0)
        let refused = try workspace.run(
            "recipe",
            "d.yaml",
            "-o",
            "-",
            "--set",
            "delivery.order=arrival",
            "--from",
            "2025-01-05T01:00"
        )
        #expect(refused.status == 64 && refused.errors.contains("delivery.order"), "\(refused.errors)")
        let shard = try workspace.run(
            "recipe",
            "d.yaml",
            "-o",
            "-",
            "--set",
            "delivery.order=arrival",
            "--shard",
            "0/2"
        )
        #expect(shard.status == 64 && shard.errors.contains("--shard do not go"), "\(shard.errors)")
    }

    @Test("leave the twin out with its columns, and have it with them")
    func twin() throws {
        let clean = ["--set", "outputs.clean=true", "--columns"]
        #expect(try lines(clean + ["id"]).prefix(2) == ["id", "1"])
        #expect(try lines(clean + ["clean_temperature,id"])[1].hasSuffix(",1"))
    }

    @Test("end as any filter does when the reader goes away, and with 74 where they cannot be written")
    func ends() throws {
        let long = "--set dataset.duration=300d"
        let head = try workspace.shell(
            "{ $TOOL recipe r.yaml -o - \(long); echo $? > status; } | head -n 2; cat status"
        )
        #expect(head.output.hasSuffix("141\n"), "\(head.output)")
        #expect(!head.errors.contains("error"), "\(head.errors)")
        let full = try workspace.shell("$TOOL recipe r.yaml -o - > /dev/full")
        #expect(full.status == 74)
        #expect(full.errorLines.last?.hasPrefix("error: cannot write standard output: ") == true, "\(full.errors)")
        // A reader that takes nothing stops the generation, and a signal ends it nevertheless.
        let still = try workspace.shell(
            "{ timeout -s INT 2 $TOOL recipe r.yaml -o - \(long); echo $? > status; } | sleep 4; cat status"
        )
        #expect(still.output == "124\n" || still.output == "130\n", "\(still.output)\(still.errors)")
        #expect(try workspace.names() == ["r.yaml", "status"])
    }

    @Test(
        "are refused with a reason, and nothing is written",
        arguments: [
            (["--format", "csv,jsonl"], 64, "writes one format"), (["--format", "sqlite"], 64, "a pipe"),
            (["--resume"], 64, "--from"), (["--overwrite"], 64, "--output -"), (["--json"], 64, "--output -"),
            (["--sign", "key"], 64, "--output -"), (["--monitor"], 64, "--progress"),
            (["--columns", "id,temprature"], 65, "temperature"),
            (["--columns", "id,,"], 64, "write names with commas between"),
            (["--format", "influx", "--columns", "id"], 65, "not influx"),
            (["--from", "2025-02-01"], 65, "--from: 2025-02-01: no reading"),
            (["--to", "2025-01-05"], 65, "--to: 2025-01-05: no reading"),
            (["--from", "now"], 64, "--from now"),
            (["--from", "2025-01-05T02", "--to", "2025-01-05T01:00"], 64, "--from"),
            (["--only-sensors", "ROOM_00001"], 65, "did you mean ROOM_000001"),
            (["--only-sensors", "HALL*"], 65, "no sensor is called"), (["--only-sensors", "A,,B"], 64, "ids"),
        ] as [([String], Int32, String)]
    )
    func refusals(arguments: [String], status: Int32, text: String) throws {
        let outcome = try workspace.run(["recipe", "r.yaml", "-o", "-"] + arguments)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errors.contains(text), "\(outcome.errors)")
        #expect(outcome.errorLines.count { $0.hasPrefix("error") } == 1)
        #expect(try workspace.names() == ["r.yaml"])
    }

    @Test("do not use what is said of files, which is noted")
    func notes() throws {
        let outcome = try workspace.run("recipe", "r.yaml", "-o", "-", "--to", "2025-01-05T00:00:10Z")
        #expect(outcome.errors.contains("standard output does not use outputs.csv.compression"), "\(outcome.errors)")
        #expect(outcome.output.split(separator: "\n").count > 10)
    }

    @Test("have no package, which describes a folder")
    func packages() throws {
        let stream = "$TOOL recipe r.yaml -o - --format arrow"
        let outcome = try workspace.shell(
            "\(stream) -q >alone && \(stream) --set 'package=[frictionless]' >packaged && cmp alone packaged"
        )
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.errors.contains("standard output does not use package"), "\(outcome.errors)")
        let folder = try workspace.run(["recipe", "r.yaml", "--format", "arrow", "--set", "package=[frictionless]"])
        #expect(folder.status == 65, "an Arrow file is no table that frictionless loads")
    }
}
