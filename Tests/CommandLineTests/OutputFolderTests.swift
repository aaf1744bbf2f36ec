import Foundation
import Testing

@Suite("The output folder", .timeLimit(.minutes(30)))
struct OutputFolderTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
    }

    @Test("is datasets/ and the dataset's name by default")
    func standard() throws {
        #expect(try workspace.run("recipe", "small.yaml").status == 0)
        #expect(try workspace.names(in: "datasets") == ["small"])
        #expect(try workspace.names(in: "datasets/small") == DatasetFile.all)
    }

    @Test("is kept unless told to be overwritten")
    func existing() throws {
        try workspace.generate("small.yaml", to: "out")
        let before = try workspace.bytes("out/SHA256SUMS")
        let outcome = try workspace.run("recipe", "small.yaml", "-o", "out", "--seed", "5")
        #expect(outcome.status == 73)
        #expect(outcome.output == "")
        #expect(outcome.errorLines.count == 1 && outcome.errors.contains("--overwrite"), "\(outcome.errors)")
        #expect(try workspace.bytes("out/SHA256SUMS") == before)

        try workspace.generate("small.yaml", to: "out", "--seed", "5", "--overwrite")
        #expect(try workspace.bytes("out/SHA256SUMS") != before)
        #expect(try workspace.run("verify", "out").status == 0)
        #expect(try workspace.names() == ["out", "small.yaml"])
    }

    @Test("that cannot be made is named", arguments: ["small.yaml/out", "/proc/out", "small.yaml"])
    func unwritable(folder: String) throws {
        let outcome = try workspace.run("recipe", "small.yaml", "-o", folder)
        #expect(outcome.status == 73)
        #expect(outcome.output == "")
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains(folder.hasPrefix("small") ? "small.yaml" : folder), "\(outcome.errors)")
        #expect(try workspace.names() == ["small.yaml"])
    }

    /// A limit on the size of files stands for a full disk: both make write(2) fail.
    @Test("is not left behind by a disk that is full", arguments: ["sqlite", "csv", "jsonl", "sqlite,csv,jsonl"])
    func full(formats: String) throws {
        let outcome = try workspace.shell(
            "trap '' XFSZ; ulimit -f 40; exec \"$TOOL\" recipe quickstart.yaml --format \(formats) -o out"
        )
        #expect(outcome.status == 74)
        #expect(outcome.output == "")
        #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("error: cannot write out.partial/readings."), "\(outcome.errors)")
        #expect(try workspace.names() == ["small.yaml"])
    }

    @Test("is not left behind by a disk that takes not a byte")
    func fullFromTheStart() throws {
        // The limit holds for this test's files of output too, so that the message comes through a pipe.
        let outcome = try workspace.shell(
            "(trap '' XFSZ; ulimit -f 0; exec \"$TOOL\" recipe quickstart.yaml -o out) 2>&1 | cat"
        )
        #expect(outcome.output.hasPrefix("error: cannot write out.partial/"), "\(outcome.output)")
        #expect(outcome.output.split(separator: "\n").count == 1)
        #expect(try workspace.names() == ["small.yaml"])
    }

    @Test("is replaced only by a dataset that is complete")
    func fullOverwrite() throws {
        try workspace.generate("small.yaml", to: "out")
        let outcome = try workspace.shell(
            "trap '' XFSZ; ulimit -f 40; exec \"$TOOL\" recipe quickstart.yaml -o out --overwrite"
        )
        #expect(outcome.status == 74)
        #expect(try workspace.run("verify", "out").status == 0)
        #expect(try workspace.names() == ["out", "small.yaml"])
    }

    @Test("that another process is writing is left to it")
    func busy() throws {
        try workspace.write(Samples.endless, to: "endless.yaml")
        let first = try workspace.start("recipe", "endless.yaml", "-o", "out", "--format", "csv")
        try workspace.waitForReadings(in: "out.partial", of: first)
        for option in ["--overwrite", "--quiet"] {
            let second = try workspace.run("recipe", "small.yaml", "-o", "out", option)
            #expect(second.status == 73)
            #expect(second.output == "")
            #expect(second.errorLines.count == 1)
            #expect(second.errors.contains("\(first.identifier)"), "\(second.errors)")
        }
        #expect(first.isRunning)
        #expect(workspace.exists("out.partial/readings.csv.gz"))
        first.send(SIGINT)
        #expect(try first.outcome().status == 130)
    }
}
