import Foundation
import Testing

@Suite("Descriptions of a dataset for tools of others", .timeLimit(.minutes(30)))
struct PackageTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    private static let publication = """
        version: 1.2.0, license: CC-BY-4.0, url: "https://example.org/data?a=b#c", date_published: 2025-03-24,
        creator: [Example "Lab", {family_names: "O'Brien", given_names: Zoë, url: "https://orcid.org/0000-0002-1825-0097"}],
        citation: "@misc{one,\\n  title = {One: \\"two\\"}\\n}"
        """

    /// A recipe with all that packages need, and all packages.
    private static func published(_ recipe: String, outputs: String) -> String {
        recipe.replacing("dataset: {", with: "dataset: {\(publication), ")
            .replacing(
                "name: mixed,",
                with: "name: mixed, description: \"Half | of all: # é\\n\\n---\\nmore\","
            )
            + "\noutputs: \(outputs)\npackage: [huggingface, croissant, frictionless, citation]\n"
    }

    /// Whatever outputs a recipe has.
    private static let cases = [
        ("csv", Samples.nasty, "[csv, sqlite, influx]"),
        ("plain", Samples.nasty, "{csv: {compression: none, timestamps: utc}, jsonl: {compression: zstd}}"),
        ("narrow", Samples.nasty, "{csv: {layout: narrow, timestamps: epoch_ms}}"),
        ("parquet", Samples.nasty, "{parquet: {timestamps: utc}, csv: {columns: [id, event_id]}, sqlite: {}}"),
        ("lines", Samples.nasty, "{jsonl: {}, clickhouse: {}}"),
        ("split", Samples.nasty + "\nsplits: {test_from: 30m, embargo: 10m}", "{csv: {}, clean: true}"),
        ("mixed", Samples.mixed, "{parquet: {columns: [timestamp, sensor_id, door, co2, event_id, difficulty]}}"),
        (
            "late", Samples.mixed + "\ndelivery: {jitter: 5s, loss: 0.1, order: arrival}",
            "{jsonl: {compression: none, columns: [timestamp, arrival_time, door, co2, event_id]}}"
        ),
        (
            "later", Samples.mixed + "\ndelivery: {jitter: 5s, loss: 0.1, order: arrival}",
            "{parquet: {columns: [timestamp, arrival_time, door, co2]}, csv: {columns: [timestamp, door]}}"
        ),
    ]

    @Test("are what datasets, mlcroissant and frictionless load, cell by cell, and a citation as its format has it")
    func tools() throws {
        var folders: [String] = []
        for (name, recipe, outputs) in Self.cases {
            try workspace.write(Self.published(recipe, outputs: outputs), to: "\(name).yaml")
            try workspace.generate("\(name).yaml", to: name, "--duration", recipe.contains("mixed") ? "10m" : "1h")
            folders.append(workspace.path(name))
            for options in [[], ["--regenerate"]] {
                let verified = try workspace.run(["verify", name] + options)
                #expect(verified.status == 0, "\(name): \(verified.output)\(verified.errors)")
                #expect(verified.output.contains("croissant.json: it describes the files as they are"))
            }
        }
        folders += try [Samples.nasty, Samples.nasty + "\nsplits: {test_from: 12h, embargo: 10m, files: true}"]
            .map(merged)
        let script = [Locations.reader("packages")] + folders
        let outcome = try RunningProcess(Locations.python(), script, in: workspace.folder).outcome()
        try #require(outcome.status == 0, "if a module is missing, run ./setup --tests: \(outcome.errors)")
        let findings: Findings = try outcome.decoded()
        #expect(findings.problems == [])
        for tool in ["huggingface", "croissant", "frictionless"] { #expect(findings[tool] > 100_000, "\(tool)") }
        #expect(findings["citations"] == folders.count)
    }

    /// The dataset of a recipe in shards.
    private func merged(_ recipe: String) throws -> String {
        let folder = recipe.contains("splits") ? "split-shards" : "shards"
        let columns = "{columns: [timestamp, sensor_id, firmware_version, temperature, event_id]}"
        let outputs = recipe.contains("splits") ? "{csv: \(columns)}" : "{parquet: \(columns), jsonl: \(columns)}"
        try workspace.write(Self.published(recipe, outputs: outputs), to: "shards.yaml")
        for index in 0..<2 {
            try workspace.generate("shards.yaml", to: folder, "--duration", "20h", "--shard", "\(index)/2")
        }
        for arguments in [["merge", folder], ["verify", folder]] {
            let outcome = try workspace.run(arguments)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        }
        return workspace.path(folder)
    }

    @Test("take the place of nobody's own file when shards are merged")
    func foreign() throws {
        try workspace.write(Self.published(Samples.nasty, outputs: "[csv]"), to: "one.yaml")
        try workspace.generate("one.yaml", to: "one", "--shard", "0/1")
        try workspace.write("mine", to: "one/README.md")
        let refused = try workspace.run("merge", "one")
        #expect(refused.status == 73 && refused.errors.contains("README.md: it exists"), "\(refused.errors)")
        #expect(try workspace.text("one/README.md") == "mine")
        try workspace.remove("one/README.md")
        #expect(try workspace.run("merge", "one").status == 0)
    }

    @Test("are in the manifest and the list of digests, and are compared with the files")
    func verification() throws {
        try workspace.write(Self.published(Samples.nasty, outputs: "[csv]"), to: "one.yaml")
        try workspace.generate("one.yaml", to: "one")
        let names = ["README.md", "croissant.json", "datapackage.json", "CITATION.cff"]
        let manifest = try workspace.text("one/manifest.json")
        #expect(names.allSatisfy { manifest.contains("\"path\": \"\($0)\"") })
        #expect(manifest.contains("\"license\": \"CC-BY-4.0\"") && manifest.contains("\"version\": \"1.2.0\""))
        #expect(try workspace.shell("cd one && sha256sum --quiet -c SHA256SUMS").status == 0)
        // The resolved recipe gives the same again.
        try workspace.generate("one/recipe.yaml", to: "again")
        #expect(try workspace.differences("one", "again") == [])
        for name in names {
            let change =
                "cp -r one changed && echo >> changed/\(name) && cd changed"
                + " && sed -i \"s/.*  \(name)/$(sha256sum \(name) | sed 's,/,,g')/\" SHA256SUMS"
            try #require(try workspace.shell(change).status == 0)
            let verified = try workspace.run("verify", "changed")
            #expect(verified.status == 76)
            #expect(verified.errors.contains("\(name): it is not what recipe.yaml, manifest.json and SHA256SUMS give"))
            try workspace.remove("changed")
        }
        try workspace.remove("one/README.md")
        #expect(try workspace.run("verify", "one").status == 76)
        // A dataset is replaced with all its files, and by one that has none of these.
        try workspace.generate("one.yaml", to: "one", "--overwrite", "--set", "package=citation")
        #expect(try workspace.names(in: "one").filter(names.contains) == ["CITATION.cff"])
    }

    @Test("are not taken for a run's where there is nothing else of one", arguments: ["out.partial", ".out.replaced"])
    func others(folder: String) throws {
        try workspace.write(Self.published(Samples.nasty, outputs: "[csv]"), to: "one.yaml")
        try #require(try workspace.shell("mkdir \(folder) && echo mine > \(folder)/README.md").status == 0)
        for option in [[], ["--overwrite"], ["--resume"]] {
            let outcome = try workspace.run(["recipe", "one.yaml", "-o", "out"] + option)
            #expect(outcome.status == 73, "\(outcome.errors)")
            #expect(try workspace.text("\(folder)/README.md") == "mine\n")
        }
    }

    @Test(
        "are refused where something is missing that they need",
        arguments: [
            (
                "package: croissant",
                "1:1: package: croissant needs dataset.description, dataset.license, dataset.creator, dataset.url and "
                    + "dataset.date_published"
            ),
            (
                "dataset: {description: a, license: MIT, creator: B, url: https://c.d}\npackage: [croissant]",
                "2:1: package: croissant needs dataset.date_published"
            ),
            ("package: citation", "1:1: package: citation needs dataset.creator"),
            (
                "outputs: {sqlite: true, csv: {compression: zstd}}\npackage: huggingface",
                "2:1: package: huggingface describes tables that its tools load: it needs outputs.parquet, or outputs.csv or "
                    + "outputs.jsonl whose compression is gzip or none"
            ),
            (
                "package: frictionles",
                "1:1: package: expected one of huggingface, croissant, frictionless, citation, found "
                    + "frictionles; did you mean frictionless?"
            ),
            ("package: []", "1:1: package: the list is empty; expected packages"),
            (
                "dataset: {license: CC-BY}",
                "1:11: dataset.license: expected one of CC0-1.0, CC-BY-4.0, CC-BY-SA-4.0, CC-BY-ND-4.0, CC-BY-NC-4.0, CC-BY-NC-SA-4.0, "
                    + "CC-BY-NC-ND-4.0, PDDL-1.0, ODC-By-1.0, ODbL-1.0, CDLA-Permissive-1.0, CDLA-Permissive-2.0, CDLA-Sharing-1.0, "
                    + "C-UDA-1.0, Apache-2.0, MIT, BSD-3-Clause, or the address of another license's text, found CC-BY"
            ),
            (
                "dataset: {license: 'https://'}",
                "1:11: dataset.license: expected an address such as https://example.com/data, found the text \"https://\""
            ),
            (
                "dataset: {creator: {given_names: Zoë}}",
                "1:11: dataset.creator: a creator has a name, or family_names if it is a person"
            ),
            (
                "dataset: {creator: {name: A, family_names: B}}",
                "1:30: dataset.creator.family_names: cannot be given together with name"
            ),
            ("dataset: {creator: [A, A]}", "1:11: dataset.creator: one of the creators is listed twice"),
            (
                "dataset: {version: 1.0}",
                "1:11: dataset.version: expected a version of three numbers such as 1.0.0, found 1.0"
            ),
            (
                "dataset: {date_published: today}",
                "1:11: dataset.date_published: expected a day such as 2025-03-24, found today"
            ),
        ]
    )
    func refusals(recipe: String, message: String) throws {
        try workspace.write(recipe, to: "r.yaml")
        let outcome = try workspace.run("recipes", "check", "r.yaml")
        #expect(outcome.status == 65)
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == 1 && lines[0].contains("r.yaml:\(message)"), "\(outcome.errors)")
    }
}
