import Foundation
import Testing

@Suite("Readings in several files", .timeLimit(.minutes(30)))
struct SeveralFilesTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
    }

    private func generate(_ recipe: String, to folder: String, time: String?, _ options: String...)
        throws
    {
        let cut = time.map { ["--set", "outputs.openmetrics.time_per_file=\($0)"] } ?? []
        let outcome = try workspace.run(
            ["recipe", recipe, "-o", folder, "--format", "csv,openmetrics", "--overwrite"] + cut + options
        )
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// The lines of a file that are samples, and the others.
    private func lines(_ path: String) throws -> (samples: [Substring], others: [Substring]) {
        let text = try workspace.shell("case \(path) in *.gz) gzip -dc \(path);; *) cat \(path);; esac")
            .output
        let lines = text.split(separator: "\n")
        return (lines.filter { $0.first != "#" }, lines.filter { $0.first == "#" })
    }

    @Test(
        "have those of one file, each with its head and its end",
        arguments: [
            ("nasty.yaml", "2h", 2, []), ("nasty.yaml", "4h", 1, []),
            ("nasty.yaml", "2h", 4, ["--start", "2025-01-05T21:00:00", "--duration", "7h"]),
            (
                "nasty.yaml", "1d", 15,
                ["--duration", "15d", "--set", "outputs.openmetrics.labels=none", "--set", "simulation.interval=1m"]
            ),
            // Of six stretches, three have no reading.
            (
                "nasty.yaml", "2h", 6,
                [
                    "fleet.0.interval=5h", "fleet.1.interval=5h", "anomalies.enabled=false",
                    "dataset.duration=11h",
                ]
                .flatMap { ["--set", $0] }
            ),
        ] as [(String, String, Int, [String])]
    )
    func parts(recipe: String, time: String, count: Int, options: [String]) throws {
        for (name, time) in [("one", nil), ("several", time)] as [(String, String?)] {
            let cut = time.map { ["--set", "outputs.openmetrics.time_per_file=\($0)"] } ?? []
            let outcome = try workspace.run(
                ["recipe", recipe, "-o", name, "--format", "csv,openmetrics"] + cut + options
            )
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
        let whole = try lines("one/readings.om.gz")
        let names = try workspace.names(in: "several").filter { $0.hasSuffix(".om.gz") }.sorted()
        #expect(names == (1...count).map { "readings-0\($0 < 10 ? "0" : "")\($0).om.gz" })
        let parts = try names.map { try lines("several/\($0)") }
        #expect(
            parts.flatMap(\.samples) == whole.samples && parts.allSatisfy { $0.others == whole.others }
        )
        let hours = try #require(Int(time.dropLast())) * (time.hasSuffix("d") ? 86_400 : 3_600)
        let stretches = try parts.map { part in
            Set(try part.samples.map { try #require(Int($0.split(separator: " ").last ?? "")) / hours })
        }
        let filled = stretches.filter { !$0.isEmpty }
        #expect(
            stretches.allSatisfy { $0.count <= 1 } && Set(filled).count == filled.count
                && filled.count > count / 3
        )
        for options in [[], ["--regenerate"]] {
            let outcome = try workspace.run(["verify", "several"] + options)
            #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
        }
        if options.count < 4 {
            #expect(try workspace.run("audit", "several", "--format", "openmetrics").status == 0)
        }
        let manifest = try workspace.text("several/manifest.json")
        for name in names { #expect(manifest.contains("\"path\": \"\(name)\"")) }
    }

    @Test("become blocks of Prometheus with the values of the CSV file")
    func blocks() throws {
        try generate(
            "nasty.yaml",
            to: "out",
            time: "2h",
            "--set",
            "outputs.csv.compression=none",
            "--set",
            "outputs.clean=true"
        )
        let dump = "mkdir -p tsdb/wal && promtool tsdb dump tsdb > dump.txt"
        let made = try workspace.shell("sh out/openmetrics.sh tsdb && " + dump)
        #expect(made.status == 0, "\(made.errors)")
        let script = Locations.reader("series")
        let compared = try workspace.shell("python3 \(script) dump.txt out/readings.csv sensor_data")
        #expect(compared.status == 0 && compared.output.contains(" samples"), "\(compared.errors)")
        let listed = try workspace.shell("promtool tsdb list tsdb | tail -n +2 | wc -l")
        #expect(listed.output.trimmingCharacters(in: .whitespacesAndNewlines) == "2")
        let cut = try workspace.shell(
            "cd out && head -c 20000 readings-002.om.gz > cut && mv cut readings-002.om.gz && sh openmetrics.sh ../other"
        )
        #expect(cut.status != 0 && cut.errors.contains("readings-002.om.gz is cut off"), "\(cut)")
        let missing = try workspace.shell(
            "cd out && rm readings-002.om.gz && sh openmetrics.sh ../other"
        )
        #expect(missing.status != 0, "\(missing)")
    }

    @Test("are the same on any number of threads, and after an interruption")
    func resumed() throws {
        let recipe = [
            "recipe", "nasty.yaml", "--duration", "40d", "--set", "simulation.interval=30s", "--format", "openmetrics",
            "--progress", "never",
        ]
        let cut = recipe + ["--set", "outputs.openmetrics.time_per_file=1d", "-o"]
        let run = try workspace.start(cut + ["cut", "--threads", "1"])
        try wait(of: run, or: "nothing is written") {
            workspace.exists("cut.partial/readings-005.om.gz") ? () : nil
        }
        run.send(SIGINT)
        #expect(try run.outcome().status == 130)
        // As a crash would leave them that came behind the last record.
        let unknown = try workspace.names(in: "cut.partial").filter { $0.hasSuffix(".om.gz") }.count + 1
        try workspace.write(
            "left over",
            to: "cut.partial/readings-0\(unknown < 10 ? "0" : "")\(unknown).om.gz"
        )
        let resumed = try workspace.run(cut + ["cut", "--resume", "--threads", "3"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try workspace.run(cut + ["whole", "--threads", "2"]).status == 0)
        #expect(try workspace.differences("cut", "whole") == [])
        #expect(try workspace.names(in: "whole").filter { $0.hasSuffix(".om.gz") }.count == 40)
        // What takes its place leaves none of them.
        let other = ["recipe", "nasty.yaml", "-o", "whole", "--overwrite", "--format", "openmetrics"]
        #expect(try workspace.run(other).status == 0)
        #expect(try workspace.names(in: "whole").filter { $0.contains(".om") } == ["readings.om.gz"])
    }

    @Test(
        "that were changed are found out",
        arguments: [
            (
                "sed -E -i 's/^(sensor_data_humidity.*) [0-9]+ (1736042410)$/\\1 77 \\2/' readings-002.om",
                "sensor_data_humidity is 77, not "
            ),
            ("sed -i '/1736042410$/d' readings-002.om", "is missing (by "),
            (
                "mv readings-001.om x && mv readings-002.om readings-001.om && mv x readings-002.om", "(by "
            ),
            ("sed -i 's/^# EOF$//' readings-001.om", "it is written differently"),
            ("rm readings-002.om", "readings-002.om: it is missing"),
            ("cp readings-002.om readings-003.om", "readings-003.om: it is no file of the dataset"),
        ]
    )
    func changed(edit: String, message: String) throws {
        let plain = ["outputs.openmetrics.compression=none", "anomalies.enabled=false"]
            .flatMap {
                ["--set", $0]
            }
        let made = try workspace.run(
            ["recipe", "nasty.yaml", "-o", "out", "--format", "csv,openmetrics"] + plain
                + ["--set", "outputs.openmetrics.time_per_file=2h"]
        )
        #expect(made.status == 0, "\(made.errors)")
        let sums =
            "grep -v 'readings-00' SHA256SUMS > list; sha256sum readings-00*.om >> list; mv list SHA256SUMS"
        let edited = try workspace.shell("cd out && \(edit) && \(sums)")
        #expect(edited.status == 0, "\(edited.errors)")
        for options in [[], ["--regenerate"]] {
            let outcome = try workspace.run(["verify", "out"] + options)
            #expect(outcome.status == 76, "\(outcome.output)")
            #expect(
                (outcome.output + outcome.errors).contains(message),
                "\(outcome.output) \(outcome.errors)"
            )
        }
    }

    @Test(
        "are refused where blocks of Prometheus' database would be cut, and where they are too many"
    )
    func refused() throws {
        for (settings, message) in [
            (["outputs.openmetrics.time_per_file=90m"], "must be whole multiples of 2h, such as 2h"),
            (["outputs.openmetrics.time_per_file=3h"], "such as 4h"),
            (
                ["outputs.openmetrics.time_per_file=2h", "dataset.duration=60d"],
                "there would be 720 files, more than 366; 4h makes few enough"
            ),
            (["outputs.csv.time_per_file=2h"], "concerns openmetrics only, not csv"),
        ] {
            let outcome = try workspace.run(
                ["recipe", "nasty.yaml", "-o", "out"] + settings.flatMap { ["--set", $0] }
            )
            #expect(outcome.status == 65 || outcome.status == 64, "\(settings) \(outcome)")
            #expect(outcome.errors.contains(message), "\(settings) \(outcome.errors)")
        }
        let dry = try workspace.run(
            "recipe",
            "nasty.yaml",
            "--dry-run",
            "--format",
            "openmetrics",
            "--set",
            "outputs.openmetrics.time_per_file=2h"
        )
        #expect(dry.status == 0 && dry.output.contains("readings-002.om.gz"), "\(dry)")
    }
}
