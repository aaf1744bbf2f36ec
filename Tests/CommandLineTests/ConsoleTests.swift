import Foundation
import Testing

@Suite("The standard streams", .timeLimit(.minutes(10)))
struct ConsoleTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
    }

    @Test("carry the result on stdout and nothing on stderr when nobody watches")
    func quiet() throws {
        let outcome = try workspace.run("recipe", "small.yaml")
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.contains("datasets/small"))
        #expect(outcome.output.contains("content_sha256"))
        let piped = try workspace.shell("\"$TOOL\" recipe small.yaml -o piped 2>&1 >/dev/null | cat")
        #expect(piped.output == "")
        #expect(workspace.exists("piped/manifest.json"))
    }

    @Test("carry exactly one JSON object on stdout with --json")
    func json() throws {
        let outcome = try workspace.run("recipe", "small.yaml", "--json", "--verbose")
        #expect(outcome.output.split(separator: "\n").count == 1)
        let summary: Summary = try outcome.decoded()
        #expect(summary.folder == "datasets/small")
        #expect(summary.rows == 600 && summary.readings == 600 && summary.sensors == 1)
        let events = try workspace.text("datasets/small/events.csv").split(separator: "\n").count - 1
        #expect(summary.events == events)
        struct Manifest: Decodable {
            var content_sha256: String
        }
        let manifest = try JSONDecoder().decode(Manifest.self, from: workspace.bytes("datasets/small/manifest.json"))
        #expect(summary.contentSHA256 == manifest.content_sha256)
        // What --verbose adds goes to stderr.
        #expect(outcome.errors.contains("rows/s"))
    }

    @Test("carry a progress line on stderr where it is asked for")
    func progress() throws {
        try workspace.write(Samples.endless, to: "endless.yaml")
        let run = try workspace.start(
            "recipe",
            "endless.yaml",
            "-o",
            "out",
            "--format",
            "csv",
            "--progress",
            "always"
        )
        try workspace.waitForReadings(in: "out.partial", of: run)
        // The line comes five times a second.
        usleep(600_000)
        run.send(SIGINT)
        let outcome = try run.outcome()
        #expect(outcome.status == 130)
        #expect(outcome.output == "")
        let line = try #require(outcome.errors.split(separator: "\r").first { $0.contains("rows/s") })
        for part in ["endless", " % ", " rows ", "B/s", " left"] { #expect(line.contains(part), "\(line)") }
        // It is cleared before the error, which starts a line of its own.
        #expect(outcome.errors.contains("\r\u{1b}[Kerror: interrupted"))
    }

    @Test("carry no progress where it is not wanted", arguments: [["--progress", "never"], ["--quiet"], []])
    func silence(options: [String]) throws {
        let outcome = try workspace.run(
            ["recipe", "load-test.yaml", "--duration", "30s", "--format", "csv", "-o", "out"] + options
        )
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
    }

    @Test("tell in the exit status when stdout cannot be written")
    func fullOutput() throws {
        for command in ["recipes", "recipes schema", "recipe small.yaml"] {
            let outcome = try workspace.shell("\"$TOOL\" \(command) > /dev/full")
            #expect(outcome.status == 74, "\(command)")
        }
    }
}
