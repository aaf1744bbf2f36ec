import Foundation
import Testing

@Suite("The room on the disk", .timeLimit(.minutes(30)))
struct SpaceTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
    }

    /// Some petabytes, of which no byte is written.
    private static let huge = ["recipe", "small.yaml", "--duration", "36500d", "--set", "simulation.interval=1ms"]

    @Test("is looked at before anything is written; the message says how much, where, and what to do")
    func refusal() throws {
        let outcome = try workspace.run(Self.huge + ["-o", "sets/out"])
        #expect(outcome.status == 73)
        #expect(outcome.output == "")
        let pattern =
            /error: cannot create sets\/out: it needs about [0-9.]+ TB, only [0-9.]+ [TGM]B is free at .; .+\n/
        #expect(outcome.errors.wholeMatch(of: pattern) != nil, "\(outcome.errors)")
        #expect(outcome.errors.contains("--ignore-space"))
        #expect(try workspace.names() == ["small.yaml"])
    }

    @Test("is not looked at with --ignore-space")
    func ignored() throws {
        let run = try workspace.start(
            "recipe",
            "small.yaml",
            "--duration",
            "36500d",
            "--set",
            "simulation.interval=1ms",
            "--ignore-space",
            "--format",
            "csv",
            "-o",
            "out"
        )
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(SIGINT)
        #expect(try run.outcome().status == 130)
    }

    @Test("does not matter to a dry run, and not to a live one")
    func others() throws {
        #expect(try workspace.run(Self.huge + ["--dry-run"]).status == 0)
        let live = try workspace.run("recipe", "small.yaml", "--realtime", "--ignore-space")
        #expect(live.status == 64 && live.errors.contains("--ignore-space"), "\(live.errors)")
    }

    /// A file system of 8 MiB in memory; only root may make one.
    @Test("is that of the dataset's own disk: what is there of a killed run counts, what is to be replaced does not")
    func smallDisk() throws {
        let mount = """
            mkdir disk && unshare --mount sh -c '
              mount -t tmpfs -o size=8m tmpfs disk || exit 99
              cd disk
              run() { "$TOOL" recipe ml-training.yaml --quiet "$@" 2>&1; echo "status $?"; }
              run --format csv --duration 4h -o one
              run --format sqlite --duration 1d -o two
              run --format csv --duration 4h -o one --overwrite --seed 3
              dd if=/dev/zero of=filler bs=1M count=6 2>/dev/null
              run --format csv --duration 4h -o one --overwrite --seed 4
              mkdir three.partial; : >three.partial/.lock; mv filler three.partial/readings.csv
              run --format csv --duration 4h -o three
              ls -A'
            """
        let outcome = try workspace.shell(mount)
        // Where no file system may be mounted there is nothing to test.
        if outcome.status == 99 || outcome.errors.contains("unshare") { return }
        let lines = outcome.output.split(separator: "\n").filter { !$0.contains("content_sha256") }.map(String.init)
        let expected: [String] = [
            "one: ", "status 0",
            "error: cannot create two: it needs about", "status 73",
            "one: ", "status 0",
            "error: cannot create one: it needs about", "status 73",
            "three: ", "status 0", "one", "three",
        ]
        #expect(lines.count == expected.count, "\(lines)")
        for (line, start) in zip(lines, expected) { #expect(line.hasPrefix(start), "\(lines)") }
    }
}
