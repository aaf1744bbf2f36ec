import DatasetFiles
import DatasetFormats
import DatasetGen

/// The files of a folder: whether they are those of a dataset, and what they are by its recipe.
struct FolderCheck: Sendable {
    private let files: StoredFolder
    /// The names of those that can be read.
    private let names: Set<String>
    private let options: DatasetVerifier.Options

    init(_ files: StoredFolder, names: [String], options: DatasetVerifier.Options) {
        self.files = files
        self.names = Set(names)
        self.options = options
    }

    /// Makes all checks.
    func check() async throws -> VerificationReport {
        var report = VerificationReport()
        guard let manifest = try manifest(&report), let (plan, recipe) = try plan(manifest, &report) else {
            try checkFrames(&report)
            return report
        }
        let outputs = files.outputs(of: plan).flatMap(\.fileNames)
        let scripts = plan.recipe.scripts(shardCount: files.shardCount)
        let written = plan.recipe.outputs.map { ReadingOutput(parameters: $0, of: plan.recipe) }
        let tables = written.flatMap { $0.tableNames(of: plan.recipe) }
        let recordings = plan.recipe.recording.map { [$0.source.nameInDataset] } ?? []
        let delivery = plan.recipe.delivery == nil ? [] : ["delivery.csv"]
        let phenomena = plan.recipe.phenomena.isEmpty ? [] : ["phenomena.csv"]
        let expected =
            outputs + ["events.csv"] + delivery + tables + ["sensors.csv"] + phenomena + recordings
            + scripts.map(\.name)
            + plan.recipe.packages.map(\.fileName)
        for name in expected where !files.has(name) { report.add(name, wrong: "it is missing") }
        let others = Set(
            expected + ["manifest.json", "recipe.yaml", SHA256Sums.fileName, SHA256Sums.signatureName]
                + (files.shardCount == nil ? [] : [ShardNames.success])
        )
        for name in names.sorted() where !others.contains(name) {
            report.add(name, wrong: "it is no file of the dataset: by recipe.yaml there is none of that name")
        }
        try checkSensors(plan, &report)
        try checkPhenomena(plan, &report)
        for output in written {
            let format = StoredFormats.format(of: output.parameters.format)
            try format.checkTables(in: files, output, of: plan, &report)
            for name in output.tableNames(of: plan.recipe) where names.contains(name) {
                try checkEntries(of: name, format, nil, manifest, &report)
            }
        }
        for output in files.outputs(of: plan) {
            let format = StoredFormats.format(of: output.parameters.format)
            for (index, name) in output.fileNames.enumerated() where names.contains(name) {
                let shard = files.shardCount.flatMap { Shard(index, of: $0) }
                try checkEntries(of: name, format, shard, manifest, &report)
            }
        }
        for script in scripts where names.contains(script.name) { try check(script, &report) }
        try checkDescriptions(plan.recipe, manifest, &report)
        var check = CrossCheck(
            files,
            names: names,
            plan: plan,
            manifest: manifest,
            recipe: recipe,
            options: options
        )
        report.add(try await check.check())
        return report
    }

    /// The bytes of a file that is read whole; nil if it is missing, or longer than any of a dataset.
    private func contents(of name: String, _ report: inout VerificationReport) throws(FileError) -> [UInt8]? {
        guard names.contains(name) else {
            if !files.has(name) { report.add(name, wrong: "it is missing") }
            return nil
        }
        let file = try files.file(name)
        if let problem = file.problem() {
            report.add(name, wrong: problem)
            return nil
        }
        return try file.contents()
    }

    private func manifest(_ report: inout VerificationReport) throws(FileError) -> ManifestCheck? {
        let name = "manifest.json"
        guard let bytes = try contents(of: name, &report) else { return nil }
        guard let manifest = ManifestCheck(bytes) else {
            report.add(name, wrong: "it is not JSON")
            return nil
        }
        if let version = manifest.otherVersion {
            report.add(
                name,
                note: "the dataset was made by gen-dataset \(Excerpt.text(version)); this is \(Generator.version), "
                    + "which may make other readings of the same recipe"
            )
        }
        return manifest
    }

    /// The plan that the dataset was made by, from its recipe, and that; nil if it is not the one that the manifest means.
    private func plan(_ manifest: ManifestCheck, _ report: inout VerificationReport) throws(FileError)
        -> (GenerationPlan, [UInt8])?
    {
        let name = "recipe.yaml"
        guard let bytes = try contents(of: name, &report) else { return nil }
        let digest = SHA256Text(of: bytes).text
        guard digest == manifest.recipeSHA256 else {
            let expected = Excerpt.text(manifest.recipeSHA256 ?? "missing")
            report.add(
                name,
                wrong: "by manifest.json its SHA-256 is \(expected), but it is \(digest); no row was checked"
            )
            return nil
        }
        let recipe: Recipe
        do throws(RecipeErrors) {
            recipe = try files.recipeReader.read(bytes: bytes, source: name, defaultName: "recipe").recipe
        } catch {
            report.add(name, wrong: error.diagnostics[0].description)
            return nil
        }
        if let problem = try files.problem(ofAmountsIn: recipe) {
            report.add(name, wrong: "\(problem); no row was checked")
            return nil
        }
        let plan: GenerationPlan
        do throws(PlanError) {
            plan = try PlanOutline(recipe, shardCount: files.shardCount ?? 1).plan(for: .writing)
        } catch {
            report.add(name, wrong: "\(error.keyPath): \(error.description)")
            return nil
        }
        // What another version has written, this one may write differently.
        if manifest.otherVersion == nil, Array(plan.recipeText.utf8) != bytes {
            report.add(name, wrong: "it is not the recipe that generating from it writes")
        } else {
            report.add(name, right: "its SHA-256 is that of manifest.json")
        }
        return (plan, bytes)
    }

    /// What can be said of the files without knowing what should be in them.
    private func checkFrames(_ report: inout VerificationReport) throws(FileError) {
        for name in names.sorted() {
            guard let problems = try StoredFormats.format(ofFile: name)?.damage(of: files.file(name)) else { continue }
            for line in problems.lines { report.add(name, wrong: line) }
        }
    }

    private func check(_ script: OutputScript, _ report: inout VerificationReport) throws(FileError) {
        guard let bytes = try contents(of: script.name, &report) else { return }
        var problems = Problems()
        if bytes != Array(script.text.utf8) { problems.add("it is not what recipe.yaml gives") }
        report.add(script.name, right: "it is what recipe.yaml gives", problems: problems)
    }

    /// The files that describe the dataset say of the others what the manifest and the list of digests say of them.
    private func checkDescriptions(
        _ recipe: Recipe,
        _ manifest: ManifestCheck,
        _ report: inout VerificationReport
    ) throws(FileError) {
        guard !recipe.packages.isEmpty, let list = try contents(of: SHA256Sums.fileName, &report) else { return }
        let sums = SHA256Sums(parsing: String(decoding: list, as: UTF8.self))?.entries ?? []
        let digests = Dictionary(sums.map { ($0.name, $0.digest) }) { first, _ in first }
        let described = Set(recipe.packages.map(\.fileName))
        let files = manifest.files.filter { !described.contains($0.path) }
            .map { PackagedDataset.File(path: $0.path, rows: $0.rows, sha256: digests[$0.path] ?? "") }
        let packaged = PackagedDataset(recipe, contentSHA256: manifest.contentSHA256 ?? "", files: files)
        for description in packaged.descriptions where names.contains(description.name) {
            guard manifest.otherVersion == nil else {
                report.add(description.name, note: "it was not compared: another version may write it differently")
                continue
            }
            guard let bytes = try contents(of: description.name, &report) else { continue }
            var problems = Problems()
            if bytes != Array(description.text.utf8) {
                problems.add("it is not what recipe.yaml, manifest.json and SHA256SUMS give")
            }
            report.add(description.name, right: "it describes the files as they are", problems: problems)
        }
    }

    /// A file that says of which content and recipe it is says what the manifest does.
    private func checkEntries(
        of name: String,
        _ format: any StoredFormat.Type,
        _ shard: Shard?,
        _ manifest: ManifestCheck,
        _ report: inout VerificationReport
    ) throws(FileError) {
        let file = try files.file(name)
        let entries: [(key: String, value: String)]
        do throws(StoredFailure) {
            guard let found = try format.entries(of: file) else { return }
            entries = found
        } catch {
            // What is damaged is told where the rows are read.
            guard case .file(let error) = error else { return }
            throw error
        }
        let stated = Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
        let content =
            shard.map { ("shard", $0.text, "it is") } ?? ("content_sha256", manifest.contentSHA256, Self.ofManifest)
        for (key, value, source) in [content, ("recipe_sha256", manifest.recipeSHA256, Self.ofManifest)] {
            guard let value, stated["gen-dataset." + key] != value else { continue }
            let found = Excerpt.text(stated["gen-dataset." + key] ?? "missing")
            report.add(name, wrong: "its \(key) is \(found), and \(source) \(value)")
        }
    }

    private static let ofManifest = "that of manifest.json is"

    private func checkSensors(_ plan: GenerationPlan, _ report: inout VerificationReport) throws(FileError) {
        let name = "sensors.csv"
        guard names.contains(name) else { return }
        let columns = [TableColumn<Sensor>].sensors(of: plan.recipe)
        let (header, expected) = (columns.csvHeader(), plan.sensorsCSV())
        let comparison = TextComparison(
            try files.file(name),
            fileName: name,
            format: .csv(columns.map(\.name)),
            reference: "recipe.yaml"
        )
        try comparison.compareHeader(header)
        let sensors = plan.fleet.sensors
        try comparison.compare(ByteBuffer(expected.dropFirst(header.count)), rows: sensors.count) { sensors[$0].id }
        _ = try comparison.finish(isComplete: true)
        report.add(
            name,
            right: "it has \(sensors.count.grouped(of: "sensor")), as recipe.yaml says",
            problems: comparison.problems
        )
    }

    private func checkPhenomena(_ plan: GenerationPlan, _ report: inout VerificationReport) throws(FileError) {
        let name = "phenomena.csv"
        guard names.contains(name), !plan.recipe.phenomena.isEmpty else { return }
        let columns = [TableColumn<Phenomenon>].phenomena(plan.recipe.eventTimestamps, of: plan.recipe)
        let comparison = TextComparison(
            try files.file(name),
            fileName: name,
            format: .csv(columns.map(\.name)),
            reference: "recipe.yaml"
        )
        var before = 0
        try plan.forEachPhenomenaCSV { lines, rows throws(FileError) in
            if rows == 0 { return try comparison.compareHeader(lines) }
            try comparison.compare(ByteBuffer(lines), rows: rows) { [before] in "row \(before + $0 + 1)" }
            before += rows
        }
        _ = try comparison.finish(isComplete: true)
        report.add(
            name,
            right: "it has the \(before.grouped(of: "row")) that recipe.yaml gives",
            problems: comparison.problems
        )
    }
}
