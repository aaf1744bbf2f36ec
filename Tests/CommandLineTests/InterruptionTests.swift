import Foundation
import Testing

@Suite("An interrupted run", .timeLimit(.minutes(10)))
struct InterruptionTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.endless, to: "endless.yaml")
        try workspace.write(Samples.small, to: "small.yaml")
    }

    @Test(
        "exits as shells expect and leaves nothing behind",
        arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143)), (SIGHUP, Int32(129))]
    )
    func signals(signal: Int32, status: Int32) throws {
        let run = try workspace.start("recipe", "endless.yaml", "-o", "out", "--format", "csv,jsonl")
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(signal)
        let outcome = try run.outcome()
        #expect(outcome.status == status)
        #expect(outcome.output == "")
        #expect(outcome.errorLines.count == 1 && outcome.errors.hasPrefix("error: interrupted"), "\(outcome.errors)")
        #expect(try workspace.names() == ["endless.yaml", "small.yaml"])
    }

    @Test("keeps the dataset that it was to replace")
    func overwrite() throws {
        try workspace.generate("small.yaml", to: "out")
        let run = try workspace.start("recipe", "endless.yaml", "-o", "out", "--format", "csv", "--overwrite")
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(SIGTERM)
        #expect(try run.outcome().status == 143)
        #expect(try workspace.run("verify", "out").status == 0)
        #expect(try workspace.names() == ["endless.yaml", "out", "small.yaml"])
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
}
