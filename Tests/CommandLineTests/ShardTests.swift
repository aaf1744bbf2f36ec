import Foundation
import Testing

@Suite("Shards", .timeLimit(.minutes(30)))
struct ShardTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Self.recipe, to: "r.yaml")
    }

    /// Five blocks and four row groups, groups with intervals of their own, states, rows that are missing.
    private static let recipe = """
        \(Samples.groups(duration: "8h"))
        outputs:
          csv: {compression: none, columns: [id, timestamp, sensor_id, temperature, door, event_id, anomaly_type]}
          jsonl: {compression: zstd}
          parquet: {row_group: 32768}
          sqlite: {}
          arrow: {}
          influx: {}
          pgcopy: {}
        """

    private func shard(_ text: String, to folder: String, _ options: String...) throws -> Outcome {
        try workspace.run(["recipe", "r.yaml", "-o", folder, "--quiet", "--shard", text] + options)
    }

    /// All shards of a dataset, of so many.
    private func writeShards(_ count: Int, to folder: String, _ options: [String] = []) throws {
        for index in 0..<count {
            let arguments = ["recipe", "r.yaml", "-o", folder, "--quiet", "--shard", "\(index)/\(count)"]
            let outcome = try workspace.run(arguments + options)
            try #require(outcome.status == 0, "\(index)/\(count): \(outcome.errors)")
        }
    }

    /// The manifest of a dataset without the names of its files.
    private func manifest(_ folder: String) throws -> [String: String] {
        let json = try JSONSerialization.jsonObject(with: try workspace.bytes(folder + "/manifest.json"))
        let members = try #require(json as? [String: Any]).filter { $0.key != "files" }
        return try members.mapValues { value in
            let text = try JSONSerialization.data(withJSONObject: ["": value], options: .sortedKeys)
            return String(decoding: text, as: UTF8.self)
        }
    }

    @Test(
        "make the dataset that there is without them, however many there are",
        arguments: ["time", "sensor", "window=50m"]
    )
    func dataset(order: String) throws {
        let order = ["--set", "dataset.order=\(order)"]
        let whole = try workspace.run(["recipe", "r.yaml", "-o", "whole", "--quiet"] + order)
        try #require(whole.status == 0, "\(whole.errors)")
        for count in [1, 3, 7] {
            let folder = "of-\(count)"
            try writeShards(count, to: folder, order + ["--threads", "\(count)"])
            let merged = try workspace.run("merge", folder)
            try #require(merged.status == 0, "\(merged.errors)")
            #expect(try manifest("whole")["content_sha256"]?.contains(merged.output.suffix(65).dropLast()) == true)
            for name in ["events.csv", "sensors.csv", "events.parquet", "sensors.parquet", "recipe.yaml"] {
                #expect(try workspace.bytes("\(folder)/\(name)") == workspace.bytes("whole/\(name)"), "\(name)")
            }
            #expect(try manifest(folder) == manifest("whole"))
            let verified = try workspace.run("verify", folder, "--regenerate")
            #expect(verified.status == 0, "\(verified.errors)")
            #expect(!verified.output.contains("note"), "\(verified.output)")
            #expect(try workspace.names(in: folder).filter { $0.hasPrefix("shard") || $0.hasPrefix("merge") } == [])
            #expect(try workspace.shell("cd \(folder) && sha256sum --quiet -c SHA256SUMS").status == 0)
        }
        // The rows of all parts, one behind the other, are those of the undivided file.
        let parts = "cat of-3/readings.jsonl/part-*-of-00003.jsonl.zst | zstd -dc | cmp - rows"
        let rows = try workspace.shell("zstd -dc whole/readings.jsonl.zst > rows && \(parts)")
        #expect(rows.status == 0, "\(rows.output)\(rows.errors)")
        #expect(try workspace.run("verify", "of-7").status == 0)
        for format in ["csv", "sqlite", "parquet", "arrow"] {
            let audit = try workspace.run("audit", "of-7", "--format", format)
            #expect(audit.status == 0, "\(format): \(audit.output)\(audit.errors)")
        }
        let described = try workspace.run("describe", "of-7").output
        #expect(try described == workspace.run("describe", "whole").output)
    }

    @Test("hold what arrives, in its order")
    func arrivals() throws {
        let delivery = """
            delivery: {order: arrival, jitter: 2s, late: {share: 0.1, delay: [1m, 50m]}, duplicates: {share: 0.05}, loss: 0.02}
            outputs: {csv: {compression: none}, jsonl: {}}
            """
        let recipe = Self.recipe.components(separatedBy: "outputs:")[0] + delivery
        try workspace.write(recipe, to: "r.yaml")
        try workspace.generate("r.yaml", to: "whole", "--quiet")
        try writeShards(4, to: "of-4")
        #expect(try workspace.run("merge", "of-4").status == 0)
        #expect(try manifest("of-4") == manifest("whole"))
        #expect(try workspace.bytes("of-4/delivery.csv") == workspace.bytes("whole/delivery.csv"))
        let rows = "for part in of-4/readings.csv/part-*; do tail -n +2 $part; done | cmp - rows"
        let same = try workspace.shell("tail -n +2 whole/readings.csv > rows; \(rows)")
        #expect(same.status == 0, "\(same.output)\(same.errors)")
        #expect(try workspace.run("verify", "of-4", "--regenerate").status == 0)
        #expect(!workspace.exists("of-4/delivery"))
    }

    @Test("that are killed and repeated have the same bytes")
    func killed() throws {
        let long = ["--set", "dataset.duration=6d", "--format", "csv,parquet,sqlite"]
        try writeShards(2, to: "right", long)
        let arguments = ["recipe", "r.yaml", "-o", "killed", "--quiet", "--shard", "1/2"] + long
        for attempt in 1...3 {
            let process = try workspace.start(arguments + ["--resume"])
            usleep(UInt32(attempt) * 80_000)
            process.send(attempt == 2 ? SIGKILL : SIGTERM)
            let outcome = try process.outcome()
            // One that has not begun to listen to signals ends by SIGTERM itself.
            #expect([0, 143, -SIGTERM, -SIGKILL].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
            #expect(outcome.status == 0 || !workspace.exists("killed/shard-00001.json"))
        }
        let last = try workspace.run(arguments + ["--resume"])
        try #require(last.status == 0, "\(last.errors)")
        for name in ["readings.csv/part-00001-of-00002.csv", "readings.parquet/part-00001-of-00002.parquet"]
            + ["readings.sqlite/part-00001-of-00002.sqlite", "shard-00001.json"]
        {
            #expect(try workspace.bytes("killed/\(name)") == workspace.bytes("right/\(name)"), "\(name)")
        }
        #expect(try workspace.names(in: "killed").filter { $0.hasSuffix(".partial") } == [])
        // Behind its last step, before its first one, and while it replaces a shard.
        for rest in [".lock", ".lock readings.csv"] {
            let left = try workspace.shell(
                "mkdir killed/shard-00001-of-00002.partial && cd killed/shard-00001-of-00002.partial && touch \(rest)"
            )
            try #require(left.status == 0)
            #expect(try workspace.run(arguments + ["--resume"]).status == 0)
            #expect(try workspace.names(in: "killed").filter { $0.hasSuffix(".partial") } == [])
        }
        let process = try workspace.start(arguments + ["--overwrite"])
        usleep(300_000)
        process.send(SIGKILL)
        _ = try process.outcome()
        let resumed = try workspace.run(arguments + ["--resume"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try workspace.names(in: "killed").filter { $0.hasSuffix(".partial") } == [])
        #expect(try workspace.bytes("killed/shard-00001.json") == workspace.bytes("right/shard-00001.json"))
    }

    @Test("that are there are left as they are, and are not taken for others")
    func repeated() throws {
        #expect(try shard("0/2", to: "out").status == 0)
        let again = try shard("0/2", to: "out")
        #expect(again.status == 73 && again.errors.contains("--resume leaves it as it is"), "\(again.errors)")
        let before = try workspace.bytes("out/shard-00000.json")
        #expect(try shard("0/2", to: "out", "--resume").status == 0)
        #expect(try shard("0/2", to: "out", "--overwrite").status == 0)
        #expect(try workspace.bytes("out/shard-00000.json") == before)
        let others = try shard("0/3", to: "out", "--resume")
        #expect(others.status == 73 && others.errors.contains("0/2"), "\(others.errors)")
        let seed = try shard("1/2", to: "out", "--seed", "8")
        #expect(seed.status == 73 && seed.errors.contains("dataset.seed: 7"), "\(seed.errors)")
        let pending = try workspace.run("describe", "out")
        #expect(pending.status == 66 && pending.errors.contains("gen-dataset merge out"), "\(pending.errors)")
        #expect(try shard("1/2", to: "out").status == 0)
        #expect(try workspace.run("merge", "out").status == 0)
        #expect(try shard("1/2", to: "out", "--resume").status == 0)
        #expect(try shard("1/2", to: "out", "--resume", "--seed", "8").status == 73)
        for number in ["0/1", "1/7", "5/7"] {
            let other = try shard(number, to: "out", "--resume")
            #expect(other.status == 73 && other.errors.contains("merged of 2 shards"), "\(other)")
        }
        let merged = try shard("1/2", to: "out")
        #expect(merged.status == 73 && merged.errors.contains("whole dataset"), "\(merged.errors)")
        let twice = try workspace.run("merge", "out")
        #expect(twice.status == 0 && twice.errors.contains("merged already"), "\(twice.errors)")
        #expect(try shard("0/2", to: "p", "--sign", "key.pem").status == 64)
        #expect(try workspace.run("merge", "nothing").status == 66)
        let job = ["recipe", "r.yaml", "-o", "job", "--quiet", "--shard", "env/2"]
        for (index, variable) in ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"].enumerated() {
            #expect(try workspace.run(job, environment: [variable: "\(index)"]).status == 0)
        }
        #expect(try workspace.run("merge", "job").status == 0)
        #expect(try workspace.run(job).status == 64)
        #expect(try workspace.run(job, environment: ["SLURM_ARRAY_TASK_ID": "2"]).status == 64)
    }

    @Test("that are merged hold their own files alone, and are replaced with all of their parts and nothing else")
    func replaced() throws {
        try writeShards(3, to: "out", ["--format", "csv,parquet,sqlite"])
        #expect(try workspace.run("merge", "out").status == 0)
        let merged = try workspace.shell("ls -lAR out").output
        let arguments = ["recipe", "r.yaml", "--quiet", "--format", "csv", "-o"]
        for place in ["out/inner", "out/readings.csv/inner"] {
            let inner = try workspace.run(arguments + [place])
            #expect(inner.status == 73 && inner.errors.contains("out is the folder of a dataset"), "\(inner)")
        }
        for place in ["out/x.svg", "out/readings.csv/x.svg"] {
            let picture = try workspace.run("describe", "out", "--plot", place)
            #expect(picture.status == 73 && picture.errors.contains("out is the folder of a dataset"), "\(picture)")
        }
        #expect(try workspace.shell("ls -lAR out").output == merged)
        for (foreign, name) in [
            ("touch out/notes.txt", "notes.txt"), ("touch out/readings.csv~", "readings.csv~"),
            ("mkdir out/mine", "mine/"),
            ("touch out/readings.csv/notes.txt", "readings.csv/notes.txt"),
            ("mkdir out/readings.parquet/mine", "readings.parquet/mine"),
            ("touch out/readings.csv/part-00000-of-00009.csv", "readings.csv/part-00000-of-00009.csv"),
            ("mv out/readings.sqlite kept && ln -s ../kept out/readings.sqlite", "readings.sqlite"),
        ] {
            let prepared = try workspace.shell("cp -a out saved && \(foreign) && ls -lAR out")
            try #require(prepared.status == 0, "\(foreign): \(prepared.errors)")
            let refused = try workspace.run(arguments + ["out", "--overwrite"])
            #expect(refused.status == 73 && refused.errors.contains(name), "\(foreign): \(refused)")
            #expect(try workspace.shell("ls -lAR out").output == prepared.output)
            try #require(workspace.shell("rm -rf out kept && mv saved out").status == 0)
        }
        let whole = try workspace.run(arguments + ["out", "--overwrite"])
        #expect(whole.status == 0, "\(whole.errors)")
        #expect(try workspace.run("verify", "out").status == 0)
        let names = ["events.csv", "manifest.json", "readings.csv", "recipe.yaml", "sensors.csv", "SHA256SUMS"]
        #expect(try Set(workspace.names(in: "out")) == Set(names))
        #expect(try workspace.names() == ["out", "r.yaml"])
    }

    @Test("that are missing, doubled, foreign or damaged are named, and nothing is merged")
    func problems() throws {
        let formats = ["--format", "csv,parquet"]
        try writeShards(4, to: "good", formats)
        func expect(_ words: String..., after change: String) throws {
            let prepared = try workspace.shell("rm -rf out && cp -a good out && cd out && \(change)")
            try #require(prepared.status == 0, "\(change): \(prepared.errors)")
            let names = try workspace.names(in: "out")
            let outcome = try workspace.run("merge", "out")
            #expect(outcome.status == 76, "\(change): \(outcome.output)")
            for word in words { #expect(outcome.errors.contains(word), "\(change): \(outcome.errors)") }
            #expect(try workspace.names(in: "out") == names)
        }
        try expect("2 shards of 4 are missing: 1-2", after: "rm shard-00001.json shard-00002.json")
        try expect("shard-00003.json is of shard 2/4", after: "cp shard-00002.json shard-00003.json")
        try expect("shard-00003.json", "shard 3/5", after: "sed -i 's/\"count\": 4/\"count\": 5/' shard-00003.json")
        try expect(
            "shard-00001.json is of another recipe",
            after: #"sed -i 's/"recipe_sha256": "./&0/' shard-00001.json"#
        )
        try expect("shard-00002.json does not say what a shard is", after: "echo '{}' > shard-00002.json")
        try expect("shard-00002.json is damaged", after: #"sed -i 's/"block_digests": "../&a/' shard-00002.json"#)
        let other = "cp readings.csv/part-00001-of-00004.csv readings.csv/part-00001-of-00008.csv"
        for number in ["9223372036854775807", "-1"] {
            for key in ["normal", "count", "spike", "first_block", "blocks", "rows"] {
                let change = "sed -i -E 's/(\"\(key)\": )[0-9]+/\\1\(number)/' shard-00001.json"
                try expect("shard-00001.json", after: change)
            }
        }
        try expect("part-00001-of-00008.csv is of none", after: other)
        try expect("notes.txt is of none", after: "touch notes.txt")
        try expect("part-00002-of-00004.parquet is missing", after: "rm readings.parquet/part-00002-of-00004.parquet")
        try expect("part-00003-of-00004.csv has", after: "echo >> readings.csv/part-00003-of-00004.csv")
        let byte =
            "printf x | dd of=readings.parquet/part-00001-of-00004.parquet bs=1 seek=1000 conv=notrunc status=none"
        try expect("part-00001-of-00004.parquet is damaged", after: byte)
        try expect("shard-00002-of-00004.partial", after: "mkdir shard-00002-of-00004.partial; rm shard-00002.json")
        let sizes = try workspace.shell("rm -rf out && cp -a good out && cd out && \(byte)")
        #expect(sizes.status == 0)
        #expect(try workspace.run("merge", "out", "--sizes-only").status == 0)
        let verified = try workspace.run("verify", "out")
        #expect(verified.status == 76 && verified.errors.contains("part-00001-of-00004.parquet"), "\(verified.errors)")
    }

    @Test("that say otherwise than the others are found by verify, whatever the digests say")
    func verify() throws {
        try writeShards(3, to: "good", ["--format", "csv,jsonl,sqlite"])
        #expect(try workspace.run("merge", "good").status == 0)
        func expect(_ word: String, after change: String) throws {
            let prepared = try workspace.shell(
                "rm -rf out && cp -a good out && (cd out && \(change)) && \(Workspace.newSums)"
            )
            try #require(prepared.status == 0, "\(change): \(prepared.errors)")
            for options in [[], ["--regenerate"]] {
                let outcome = try workspace.run(["verify", "out"] + options)
                #expect(outcome.status == 76 && outcome.errors.contains(word), "\(change): \(outcome.errors)")
            }
        }
        let csv = "readings.csv/part-00001-of-00003.csv"
        try expect("readings.csv", after: "sed -i '100s/,2[0-9]*\\./,99./' \(csv)")
        try expect("readings.csv", after: "sed -i 200d \(csv)")
        try expect("readings.csv", after: "cp readings.csv/part-00000-of-00003.csv \(csv)")
        let database = "readings.sqlite/part-00002-of-00003.sqlite"
        let change =
            "sqlite3 \(database) 'UPDATE sensor_data SET temperature = temperature + 1 WHERE id = (SELECT max(id) FROM sensor_data WHERE temperature NOT NULL)'"
        try expect("part", after: change)
        try expect(
            "readings.sqlite",
            after: "sqlite3 \(database) \"UPDATE dataset SET value = '1/3' WHERE key = 'shard'\""
        )
        let events =
            "sqlite3 \(database) 'UPDATE events SET readings = readings + 1 WHERE event_id = (SELECT max(event_id) FROM events)'"
        try expect("events", after: events)
        let removed = try workspace.shell("rm -rf out && cp -a good out && rm out/\(csv)")
        #expect(removed.status == 0)
        #expect(try workspace.run("verify", "out").errors.contains(csv))
    }

    @Test("are planned before they are made")
    func plan() throws {
        let outcome = try workspace.run("plan", "r.yaml", "--shards", "3", "--json")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        let shards = try #require(json["shards"] as? [[String: Any]])
        let readings = shards.compactMap { $0["readings"] as? Int }
        #expect(readings.reduce(0, +) == json["readings"] as? Int)
        #expect(
            shards.compactMap { $0["first_reading"] as? Int } == [1, 1 + readings[0], 1 + readings[0] + readings[1]]
        )
        try writeShards(3, to: "out", ["--format", "csv,parquet"])
        for (index, count) in readings.enumerated() {
            let record = try workspace.text("out/shard-0000\(index).json")
            #expect(record.contains("\"readings\": \(count)"), "\(record.prefix(600))")
        }
        let bytes = try #require(json["bytes"] as? Int)
        let sized = try workspace.run("plan", "r.yaml", "--target-size", "\(bytes / 4_500)kB")
        #expect(sized.status == 0 && sized.output.contains("4/5"), "\(sized.output)\(sized.errors)")
        for wrong in [[], ["--shards", "0"], ["--shards", "2", "--target-size", "1MB"], ["--target-size", "many"]] {
            #expect(try workspace.run(["plan", "r.yaml"] + wrong).status == 64, "\(wrong)")
        }
    }
}
