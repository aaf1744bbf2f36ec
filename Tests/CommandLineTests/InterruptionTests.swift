import Foundation
import Testing

@Suite("An interrupted run", .timeLimit(.minutes(30)))
struct InterruptionTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.endless, to: "endless.yaml")
        try workspace.write(Samples.small, to: "small.yaml")
    }

    @Test(
        "exits as shells expect and leaves what can be finished",
        arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143)), (SIGHUP, Int32(129))]
    )
    func signals(signal: Int32, status: Int32) throws {
        let run = try workspace.start("recipe", "endless.yaml", "-o", "out", "--format", "csv,jsonl")
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(signal)
        let outcome = try run.outcome()
        #expect(outcome.status == status)
        #expect(outcome.output == "")
        #expect(outcome.errorLines.count == 1 && outcome.errors.hasPrefix("error: interrupted; "), "\(outcome.errors)")
        #expect(outcome.errors.contains(" are safe: --resume goes on from there"), "\(outcome.errors)")
        #expect(try workspace.names() == ["endless.yaml", "out.partial", "small.yaml"])
    }

    @Test("keeps the dataset that it was to replace")
    func overwrite() throws {
        try workspace.generate("small.yaml", to: "out")
        let run = try workspace.start("recipe", "endless.yaml", "-o", "out", "--format", "csv", "--overwrite")
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(SIGTERM)
        #expect(try run.outcome().status == 143)
        #expect(try workspace.run("verify", "out").status == 0)
        #expect(try workspace.names() == ["endless.yaml", "out", "out.partial", "small.yaml"])
    }

    @Test("that was killed without mercy is cleared away by the next")
    func killed() throws {
        let run = try workspace.start("recipe", "endless.yaml", "-o", "out", "--format", "csv")
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(SIGKILL)
        #expect(try run.outcome().status == -SIGKILL)
        #expect(!workspace.exists("out"))
        try workspace.generate("small.yaml", to: "out")
        #expect(try workspace.names() == ["endless.yaml", "out", "small.yaml"])
        #expect(try workspace.run("verify", "out").status == 0)
    }

    @Test("is finished by --resume, with the bytes of one that was not")
    func resumed() throws {
        let recipe = ["recipe", "long.yaml", "--format", "csv,sqlite", "--progress", "never"]
        try workspace.write("dataset: {duration: 20000s}\nreplicas: {count: 100}\n", to: "long.yaml")
        #expect(try workspace.run(recipe + ["-o", "whole"]).status == 0)
        let run = try workspace.start("recipe", "long.yaml", "--format", "csv,sqlite", "-o", "out")
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(SIGINT)
        #expect(try run.outcome().status == 130)

        let again = try workspace.run(recipe + ["-o", "out"])
        #expect(again.status == 73)
        #expect(again.errors.contains("--resume finishes it, --overwrite starts over"), "\(again.errors)")
        let other = try workspace.run(recipe + ["-o", "out", "--resume", "--seed", "9"])
        #expect(other.status == 73)
        #expect(
            other.errors == "error: cannot create out.partial: it cannot be finished: its recipe has "
                + "dataset.seed: 0, and this one has dataset.seed: 9\n"
        )
        let resumed = try workspace.run(recipe + ["-o", "out", "--resume"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try workspace.differences("whole", "out") == [])
    }

    @Test(
        "whose files have changed is not said to be safe, nor finished",
        arguments: ["readings.csv.gz", "events.csv"]
    )
    func changed(name: String) throws {
        let recipe = ["recipe", "endless.yaml", "-o", "out", "--format", "csv"]
        let run = try workspace.start(recipe)
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(SIGINT)
        #expect(try run.outcome().status == 130)
        let change = "printf changed | dd of=out.partial/\(name) bs=1 seek=20 conv=notrunc status=none"
        try #require(workspace.shell(change).status == 0)
        let resumed = try workspace.run(recipe + ["--resume"])
        #expect(resumed.status == 74, "\(resumed)")
        let reason = "it has changed since the run was interrupted; --overwrite starts over"
        #expect(resumed.errorLines == ["error: cannot open out.partial/\(name): \(reason)"], "\(resumed.errors)")
    }

    @Test("of another version is not finished")
    func otherVersion() throws {
        let run = try workspace.start("recipe", "endless.yaml", "--format", "csv", "-o", "out")
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(SIGINT)
        #expect(try run.outcome().status == 130)
        let version = try workspace.run("--version").output.trimmingCharacters(in: .whitespacesAndNewlines)
        try workspace.write(
            """
            import hashlib, struct
            path = "out.partial/.journal"
            journal = open(path, "rb").read()
            length, = struct.unpack_from("<Q", journal)
            record = journal[8:8 + length].replace(b"\(version)", b"0.0.1", 1)
            rest = journal[8 + length + 32:]
            journal = struct.pack("<Q", len(record)) + record + hashlib.sha256(record).digest() + rest
            open(path, "wb").write(journal)
            """,
            to: "change.py"
        )
        #expect(try workspace.shell("python3 change.py").status == 0)
        let outcome = try workspace.run("recipe", "endless.yaml", "--format", "csv", "-o", "out", "--resume")
        #expect(outcome.status == 73)
        let difference = "it was begun by gen-dataset 0.0.1, and this is gen-dataset \(version)\n"
        #expect(outcome.errors.hasSuffix("it cannot be finished: " + difference), "\(outcome.errors)")
    }
}
