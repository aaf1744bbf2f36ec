import Foundation
import Testing

@Suite("A load into a folder", .timeLimit(.minutes(30)))
struct FolderLoadTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.days, to: "days.yaml")
        try workspace.write(Samples.nasty, to: "nasty.yaml")
    }

    /// Five blocks of readings.
    private static let five = ["--set", "fleet.0.count=20"]

    private func load(_ options: [String], to target: String = "dir:land") throws -> Outcome {
        let batch = options.contains("--verify-only") ? [] : ["--batch", "16384"]
        return try workspace.run(["load", "days.yaml", target, "--verify", "rows"] + Self.five + batch + options)
    }

    private func files(_ suffix: String = ".csv") throws -> [String] {
        try workspace.names(in: "land").filter { $0.hasPrefix("readings-") && $0.hasSuffix(suffix) }
    }

    /// All lines but the headings, in the order of the files' names.
    private func rows() throws -> [Substring] {
        try files().flatMap { try workspace.text("land/\($0)").split(separator: "\n").dropFirst() }
    }

    private static let columns =
        "id, timestamp, firmware_version, location, manufacturer, model, sensor_id, temperature, humidity, pressure, "
        + "voltage, anomaly_flag, anomaly_type"

    @Test("has the rows of the CSV file, in files of whole blocks")
    func sameRows() throws {
        let outcome = try load([])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try files() == (0..<5).map { "readings-0000000\($0)-0000000\($0).csv" })
        let csv = "outputs.csv={compression: none, timestamps: utc, columns: [\(Self.columns)]}"
        try workspace.generate("days.yaml", to: "out", "--format", "csv", "--set", "fleet.0.count=20", "--set", csv)
        #expect(try rows() == Array(workspace.text("out/readings.csv").split(separator: "\n").dropFirst()))
        #expect(try workspace.names(in: "land").filter { $0.hasSuffix(".part") } == [])
    }

    @Test("is proven in lines of JSON and with hostile names", arguments: ["csv", "jsonl"])
    func formats(format: String) throws {
        for source in ["nasty.yaml", "cold-chain.yaml"] {
            for labels in ["fields", "none"] {
                let outcome = try workspace.run(
                    [
                        "load", source, "dir:land-\(source)?format=\(format)", "--labels", labels, "--if-exists",
                        "replace",
                    ]
                        + ["--duration", "2h", "--set", "outputs.clean=true", "--json"]
                )
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output.contains("\"differences\":[]"), "\(outcome.output)")
            }
        }
    }

    @Test("goes on from the files that are there")
    func resumed() throws {
        let process = try workspace.start(
            ["load", "days.yaml", "dir:land", "--rate", "20000", "--workers", "1", "--batch", "16384"] + Self.five
        )
        try wait(of: process, or: "nothing is loaded") { () -> Void? in
            try workspace.exists("land") && files().count >= 2 ? () : nil
        }
        process.send(SIGKILL)
        _ = try process.outcome()
        let before = try files()
        #expect(before.count < 5)
        try workspace.write("half a line", to: "land/.readings-00000004-00000004.csv.part")
        let again = try load([])
        #expect(again.status == 73 && again.errors.contains("--resume finishes it"), "\(again)")
        let other = try load(["--resume", "--seed", "9"])
        #expect(other.status == 73 && other.errors.contains("its recipe has dataset.seed: 5"), "\(other)")
        let finished = try load(["--resume", "--json"])
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(finished.output.contains("\"earlier\":\(16_384 * before.count)"), "\(finished.output)")
        let resumed = try rows()
        #expect(try workspace.names(in: "land").filter { $0.hasSuffix(".part") } == [])
        #expect(try load(["--if-exists", "replace"]).status == 0)
        #expect(try rows() == resumed)
    }

    @Test("finds out what is no longer what was sent")
    func foundOut() throws {
        let source = ["--set", "anomalies.probability=0", "--tags", "sensor_id"]
        #expect(try load(source).status == 0)
        let file = "land/readings-00000001-00000001.csv"
        let text = try workspace.text(file)
        let lines = text.split(separator: "\n")
        func expectFound(_ changed: String?, _ finding: String) throws {
            if let changed { try workspace.write(changed, to: file) } else { try workspace.remove(file) }
            let outcome = try load(source + ["--verify-only"])
            #expect(outcome.status == 76 && outcome.errors.contains(finding), "\(outcome)")
            try workspace.write(text, to: file)
        }
        var cells = lines[100].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        cells[3] = "99.5"
        let time = cells[1].prefix(19)
        let changed = lines[..<100] + [cells.joined(separator: ",")[...]] + lines[101...]
        try expectFound(
            changed.joined(separator: "\n") + "\n",
            "sensor \"\(cells[2])\", \(time)Z, column temperature: 99.5"
        )
        try expectFound((lines[..<100] + lines[101...]).joined(separator: "\n") + "\n", "\(time)Z: its row is missing")
        try expectFound(text + lines[100] + "\n", "a row that was not sent, or a second one")
        try expectFound(text + "1,2025-01-01T00:00:00Z,STRANGER,1,1,1,1,0,\n", "1 row that were not sent")
        try expectFound(nil, ": its row is missing")
    }

    @Test("leaves alone what is not its own, and refuses what a folder cannot")
    func refusals() throws {
        try workspace.write("mine", to: "note")
        _ = try workspace.shell("mkdir land && cp note land/")
        let occupied = try load([])
        #expect(occupied.status == 73 && occupied.errors.contains("holds \"note\""), "\(occupied)")
        #expect(try load(["--if-exists", "replace"]).status == 0)
        #expect(try workspace.text("land/note") == "mine")
        for (target, options) in [
            ("dir:", []), ("dir:land?format=xml", []), ("dir:land", ["--if-exists", "append"]),
            ("dir:land", ["--table", "t"]), ("dir:land", ["--labels", "table"]), ("dir:land", ["--create", "print"]),
        ] {
            let outcome = try workspace.run(["load", "days.yaml", target] + options)
            #expect(outcome.status == 64, "\(target) \(options) \(outcome)")
        }
        let missing = try workspace.run("load", "days.yaml", "dir:none", "--create", "never")
        #expect(missing.status == 73 && missing.errors.contains("there is no folder none"), "\(missing)")
        let unproven = try workspace.run("load", "days.yaml", "dir:none", "--verify-only")
        #expect(unproven.status == 73, "\(unproven)")
    }
}
