import Foundation
import Testing

/// What is read of a dataset is of one dataset, and nothing of it changes by being read.
@Suite("A dataset that is read", .timeLimit(.minutes(30)))
struct OpenedDatasetTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write("dataset: {seed: 1, duration: 30m}\nreplicas: {count: 3}\n", to: "r.yaml")
        try workspace.generate("r.yaml", to: "set")
    }

    private static let readers = [
        ["verify", "set", "--quiet"], ["verify", "set", "--quiet", "--regenerate"], ["audit", "set", "--quiet"],
        ["audit", "set", "--quiet", "--format", "sqlite"], ["describe", "set"],
    ]

    @Test("is one and whole beside a run that replaces it", arguments: readers)
    func replaced(reader: [String]) throws {
        try workspace.write(
            """
            for seed in $(seq 1 60); do
              [ -e stop ] && break
              "$TOOL" recipe r.yaml -o set --overwrite --quiet --seed $seed > /dev/null || exit 1
            done
            """,
            to: "replace.sh"
        )
        let (script, tool) = (["sh", "replace.sh"], ["TOOL": Locations.tool.path()])
        let writer = try RunningProcess(URL(filePath: "/usr/bin/env"), script, in: workspace.folder, environment: tool)
        var outcomes: [Outcome] = []
        while writer.isRunning, outcomes.count < 20 { outcomes.append(try workspace.run(reader)) }
        try workspace.write("", to: "stop")
        #expect(try writer.outcome().status == 0)
        #expect(outcomes.count >= 5)
        #expect(outcomes.filter { $0.status != 0 }.map(\.errors) == [])
    }

    @Test("has nothing written beside its database, which is not in WAL mode")
    func log() throws {
        let change = """
            import sqlite3
            database = sqlite3.connect("set/readings.sqlite", isolation_level=None)
            database.execute("PRAGMA journal_mode = WAL")
            """
        try workspace.write(change, to: "change.py")
        #expect(try workspace.shell("python3 change.py && \(Self.sums)").status == 0)
        let before = try workspace.names(in: "set")
        #expect(!before.contains { $0.hasPrefix("readings.sqlite-") })
        for reader in Self.readers {
            let outcome = try workspace.run(reader)
            #expect(try workspace.names(in: "set") == before, "\(reader)")
            if reader[0] == "verify" {
                #expect(outcome.status == 76)
                #expect(
                    outcome.errorLines.count == 1 && outcome.errors.contains("its journal mode is WAL"),
                    "\(outcome)"
                )
            } else {
                #expect(outcome.status == 0)
            }
        }
    }

    @Test("is not what its files say while a log or a journal lies beside them", arguments: ["-wal", "-journal"])
    func logBeside(suffix: String) throws {
        // A writer that was killed: what it had not yet brought into the database is seen by SQLite's readers only.
        let change = """
            import os, sqlite3, sys
            database = sqlite3.connect("set/readings.sqlite", isolation_level=None)
            database.execute("PRAGMA journal_mode = " + ("WAL" if sys.argv[1] == "-wal" else "DELETE"))
            database.execute("PRAGMA wal_autocheckpoint = 0")
            database.execute("PRAGMA cache_size = 2")
            database.execute("BEGIN")
            database.execute("UPDATE sensor_data SET temperature = 99")
            if sys.argv[1] == "-wal": database.execute("COMMIT")
            os._exit(0)
            """
        try workspace.write(change, to: "change.py")
        #expect(try workspace.shell("python3 change.py \(suffix) && rm -f set/*-shm && \(Self.sums)").status == 0)
        let before = try workspace.names(in: "set")
        #expect(before.contains("readings.sqlite" + suffix))
        let digests = try workspace.shell("cd set && sha256sum *").output
        for reader in Self.readers.prefix(4) {
            let outcome = try workspace.run(reader)
            if reader[0] == "verify" || reader.contains("sqlite") {
                #expect(outcome.status == 76, "\(reader)")
                #expect(outcome.errors.contains("readings.sqlite" + suffix), "\(outcome.errors)")
            }
            #expect(try workspace.names(in: "set") == before, "\(reader)")
        }
        #expect(try workspace.shell("cd set && sha256sum *").output == digests)
    }

    private static let sums = "cd set && rm SHA256SUMS && sha256sum * > ../sums && mv ../sums SHA256SUMS"

    @Test(
        "is refused in one line where a small file of it is of gigabytes",
        arguments: ["manifest.json", "recipe.yaml"]
    )
    func size(name: String) throws {
        #expect(try workspace.shell("truncate -s 3G set/\(name)").status == 0)
        for command in ["describe", "audit"] {
            let outcome = try workspace.run(command, "set")
            #expect(outcome.status == 76)
            #expect(outcome.errorLines == ["error: set/\(name): it is longer than 16 MiB: 3,221,225,472 bytes"])
        }
    }

    @Test(
        "is refused at once where its recipe asks for far more readings than its files can be of",
        arguments: [["verify"], ["verify", "--regenerate"], ["audit"], ["describe"]]
    )
    func readings(command: [String]) throws {
        let recipe = try workspace.text("set/recipe.yaml").replacing("start: \"2025", with: "start: \"1925")
            .replacing(/duration: "\w+"/, with: "duration: \"80000d\"", maxReplacements: 1)
        try workspace.write(recipe, to: "set/recipe.yaml")
        let digest = try #require(try workspace.shell("sha256sum set/recipe.yaml").output.split(separator: " ").first)
        let manifest = try workspace.text("set/manifest.json")
            .replacing(/"recipe_sha256": "\w+"/, with: "\"recipe_sha256\": \"\(digest)\"")
        try workspace.write(manifest, to: "set/manifest.json")
        #expect(try workspace.shell(Self.sums).status == 0)
        // Seconds of processor time.
        let line = "sh -c 'ulimit -t 5; exec \"$TOOL\" \(command.joined(separator: " ")) set'"
        let outcome = try workspace.shell(line)
        #expect(outcome.status == 76, "\(outcome)")
        let finding = "set/recipe.yaml: it asks for 20,736,000,000 readings, far more than files of "
        #expect(outcome.errorLines.contains { $0.hasPrefix("error: " + finding) }, "\(outcome.errors)")
    }

    @Test(
        "is described whatever numbers its manifest has",
        arguments: [
            "9223372036854775807", "-9223372036854775808", "99999999999999999999", "1e308", "5e-324", "-0",
        ]
    )
    func numbers(number: String) throws {
        let manifest = try workspace.text("set/manifest.json").replacing(/: -?[0-9][-0-9.e]*/, with: ": \(number)")
        try workspace.write(manifest, to: "set/manifest.json")
        #expect(try workspace.run("describe", "set").status == 0)
        #expect(try workspace.run("describe", "set", "--json").status == 0)
        #expect(try workspace.run("verify", "set").status == 76)
    }
}
