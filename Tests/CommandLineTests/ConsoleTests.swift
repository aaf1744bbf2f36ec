import Foundation
import Testing

@Suite("The standard streams", .timeLimit(.minutes(30)))
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

    @Test(
        "say for which types a run is too short",
        arguments: [["recipes", "check"], ["recipe", "--dry-run"], ["recipe"]]
    )
    func shortRun(command: [String]) throws {
        // A minute at five milliseconds: of the types that last for minutes it has no event, or nothing else.
        try workspace.write(
            """
            dataset: {duration: 1m}
            simulation: {interval: 5ms}
            anomalies: {types: {spike: {}, noise: {duration: 2m}, pattern: {duration: 40s}}}
            """,
            to: "minute.yaml"
        )
        let outcome = try workspace.run(command + ["minute.yaml"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.hasPrefix("note: the run is too short for the share of "), "\(outcome.errors)")
        #expect(outcome.errors.contains("noise") && outcome.errors.contains("pattern"))
        #expect(!outcome.errors.contains("spike"))
        let long = try workspace.run(
            command + ["minute.yaml", "--duration", "20w"] + (command == ["recipe"] ? ["--dry-run"] : [])
        )
        #expect(long.status == 0 && long.errors == "", "\(long.errors)")
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

    @Test("keep the progress line within the terminal, whatever its width", arguments: [12, 30, 48, 64, 200])
    func narrowTerminal(columns: Int) throws {
        let script = """
            import fcntl, os, pty, struct, sys, termios, time
            child, terminal = pty.fork()
            if child == 0:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, \(columns), 0, 0))
                os.execv(sys.argv[1], [sys.argv[1], "recipe", "load-test.yaml", "--duration", "20m", "--format", "csv",
                    "--threads", "1", "-o", "out"])
            shown = b""
            while True:
                try:
                    part = os.read(terminal, 65536)
                except OSError:
                    break
                if not part:
                    break
                shown += part
            os.waitpid(child, 0)
            lines = [line for line in shown.split(b"\\r\\x1b[K")[1:] if b"%" in line and b"\\n" not in line]
            print(len(lines), max(map(len, lines)), sum(b"B/s" in line for line in lines))
            """
        try workspace.write(script, to: "terminal.py")
        let outcome = try workspace.shell("python3 terminal.py \"$TOOL\"")
        let figures = outcome.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        try #require(figures.count == 3, "\(outcome.errors)")
        #expect(figures[0] >= 1 && figures[1] < columns, "\(figures)")
        #expect((figures[2] > 0) == (columns > 80))
    }

    @Test("carry no progress where it is not wanted", arguments: [["--progress", "never"], ["--quiet"], []])
    func silence(options: [String]) throws {
        let outcome = try workspace.run(
            [
                "recipe", "load-test.yaml", "--duration", "30s", "--format", "csv", "-o", "out", "--set",
                "anomalies.types={spike: {}}",
            ] + options
        )
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
    }

    @Test(
        "tell in one line when stdout cannot be written",
        arguments: [
            (">/dev/full", "No space left on device"), (">&-", "Bad file descriptor"),
            ("<&- >&-", "Bad file descriptor"),
        ]
    )
    func unwritableOutput(redirection: String, reason: String) throws {
        try workspace.generate("small.yaml", to: "set")
        let commands = [
            "recipes", "recipes show quickstart", "recipes check small.yaml", "recipes schema",
            "recipe small.yaml --dry-run -q", "recipe small.yaml -o out --overwrite -q", "verify set",
            "audit set", "describe set", "describe set --json", "describe set --plot -", "identity", "--version",
            "--help", "bench --rows 1000 --runs 1 --format csv",
        ]
        for command in commands {
            let outcome = try workspace.shell("\"$TOOL\" \(command) \(redirection)")
            #expect(outcome.status == 74, "\(command): \(outcome)")
            #expect(outcome.errors == "error: cannot write standard output: \(reason)\n", "\(command)")
        }
        // The dataset itself was written, and nothing of the summary into one of its files.
        #expect(try workspace.run("verify", "out").status == 0)
        #expect(try workspace.names() == ["out", "set", "small.yaml"])
    }

    /// The next file to be opened would get their numbers, and the progress go into it.
    @Test("may all be closed without harm to the dataset")
    func closed() throws {
        let line = "recipe small.yaml --duration 30d --format csv -o out --progress always"
        #expect(try workspace.shell("\"$TOOL\" \(line) <&- >&- 2>&-").status == 74)
        #expect(try workspace.run("verify", "out").status == 0)
    }

    @Test("end the process as any filter when the reader goes away")
    func closedPipe() throws {
        let line = "(\"$TOOL\" recipes schema; echo $? >status) 2>errors | head -c 10 >/dev/null; cat status errors"
        #expect(try workspace.shell(line).output == "141\n")
        let run = """
            rm status; (sleep 0.5; "$TOOL" recipe small.yaml -q -o out; echo $? >status) 2>errors | true
            while [ ! -s status ]; do sleep 0.05; done; cat status errors
            """
        #expect(try workspace.shell(run).output == "141\n")
        #expect(try workspace.run("verify", "out").status == 0)
    }

    @Test(
        "lose notes and progress, and nothing else, where nobody reads them",
        arguments: ["2>/dev/full", "2>&1 >/dev/null | true"]
    )
    func unreadNotes(redirection: String) throws {
        try workspace.write(Samples.small + "\nlogging: {level: DEBUG}\n", to: "noted.yaml")
        let run = "\"$TOOL\" recipe noted.yaml --duration 30d --format csv --progress always -o out"
        // Here the signal has its usual meaning, whatever the tests have made of it.
        _ = try workspace.shell("env --default-signal=PIPE sh -c '(sleep 0.3; \(run); echo $? >status) \(redirection)'")
        let deadline = ContinuousClock.now + .seconds(30)
        while !workspace.exists("status"), ContinuousClock.now < deadline { usleep(20_000) }
        usleep(50_000)
        #expect(try workspace.text("status") == "0\n")
        #expect(try workspace.names() == ["noted.yaml", "out", "small.yaml", "status"])
        #expect(try workspace.shell("\"$TOOL\" verify nowhere 2>/dev/full").status == 66)
    }

    /// What a command writes on a terminal of some columns; `before` sets what is around it.
    private func onTerminal(_ command: String, columns: Int = 100, before: String = "TERM=xterm") throws -> String {
        let line = "stty cols \(columns); exec env \(before) \"$TOOL\" \(command)"
        return try workspace.shell("script -qc '\(line)' /dev/null </dev/null").output
    }

    @Test("are in colours on a terminal, unless it has none or its user wants none")
    func colours() throws {
        try workspace.generate("small.yaml", to: "set", "--format", "csv")
        let commands = ["verify set": "\u{1b}[32m", "describe set": "\u{1b}[1m", "verify none": "\u{1b}[1;31merror:"]
        for (command, colour) in commands {
            #expect(try onTerminal(command).contains(colour), "\(command)")
            for before in ["TERM=xterm NO_COLOR=1", "TERM=xterm NO_COLOR=no", "TERM=dumb", "-u TERM"] {
                #expect(try !onTerminal(command, before: before).contains("\u{1b}"), "\(before) \(command)")
            }
            #expect(try onTerminal(command, before: "TERM=xterm NO_COLOR=").contains(colour), "\(command)")
            let piped = try workspace.shell("\"$TOOL\" \(command) 2>&1")
            #expect(!piped.output.contains("\u{1b}") && !piped.output.contains("\u{2}"), "\(command)")
        }
        #expect(try !onTerminal("describe set --json").contains("\u{1b}"))
    }

    @Test("have as many columns as a terminal, for tables and plots", arguments: [40, 120])
    func columns(width: Int) throws {
        try workspace.generate("small.yaml", to: "set", "--format", "csv")
        let text = try onTerminal("describe set", columns: width, before: "TERM=dumb")
        let tables = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("  ") }
        #expect(tables.count > 20 && tables.allSatisfy { $0.count <= width }, "\(text)")
        // No column is lost.
        for name in ["share", "asked", "anomalous", "std_dev", "null"] { #expect(text.contains(name), "\(name)") }
        let plots = text.split(whereSeparator: \.isNewline)
            .filter { $0.unicodeScalars.contains { $0.value >> 8 == 0x28 } }
        #expect(plots.count >= 4)
        #expect(plots.map(\.count).max().map { $0 <= width && $0 > width - 20 } == true)
    }
}
