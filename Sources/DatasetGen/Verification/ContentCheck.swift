/// The files of a dataset against one another, and against its recipe.
struct ContentCheck: Sendable {
    private let folder: String
    /// The names in the folder.
    private let names: [String]
    private let options: DatasetVerifier.Options

    init(folder: String, names: [String], options: DatasetVerifier.Options) {
        self.folder = folder
        self.names = names
        self.options = options
    }

    /// Makes all checks.
    func check() async throws -> VerificationReport {
        var report = VerificationReport()
        guard let manifest = try manifest(&report), let plan = try plan(manifest, &report) else {
            try checkFrames(&report)
            return report
        }
        let outputs = plan.recipe.outputs.map { ReadingOutput(parameters: $0, of: plan.recipe) }
        for name in outputs.map(\.fileName) + ["events.csv", "sensors.csv"] where !names.contains(name) {
            report.add(name, wrong: "it is missing")
        }
        try checkSensors(plan, &report)
        var check = DatasetCheck(folder: folder, names: names, plan: plan, manifest: manifest, options: options)
        report.add(try await check.check())
        return report
    }

    private func manifest(_ report: inout VerificationReport) throws(FileError) -> ManifestCheck? {
        let name = "manifest.json"
        guard names.contains(name) else {
            report.add(name, wrong: "it is missing")
            return nil
        }
        guard let manifest = ManifestCheck(try FileReader.contents(of: folder + "/" + name)) else {
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

    /// The plan that the dataset was made by, from its recipe; nil if that is not the one that the manifest means.
    private func plan(_ manifest: ManifestCheck, _ report: inout VerificationReport) throws(FileError)
        -> GenerationPlan?
    {
        let name = "recipe.yaml"
        guard names.contains(name) else {
            report.add(name, wrong: "it is missing")
            return nil
        }
        let bytes = try FileReader.contents(of: folder + "/" + name)
        let digest = SHA256Text(of: bytes).text
        guard digest == manifest.recipeSHA256 else {
            let expected = manifest.recipeSHA256 ?? "missing"
            report.add(
                name,
                wrong: "by manifest.json its SHA-256 is \(expected), but it is \(digest); no row was checked"
            )
            return nil
        }
        let plan: GenerationPlan
        do throws(RecipeErrors) {
            let recipe = try RecipeReader().read(bytes: bytes, source: name, defaultName: "recipe").recipe
            do throws(PlanError) {
                plan = try PlanOutline(recipe).plan(for: .writing)
            } catch {
                report.add(name, wrong: "\(error.keyPath): \(error.description)")
                return nil
            }
        } catch {
            report.add(name, wrong: error.diagnostics[0].description)
            return nil
        }
        if options.regenerates, manifest.otherVersion == nil, Array(plan.recipeText.utf8) != bytes {
            report.add(name, wrong: "it is not the recipe that generating from it writes")
        } else {
            report.add(name, right: "its SHA-256 is that of manifest.json")
        }
        return plan
    }

    /// What can be said of the files without knowing what should be in them.
    private func checkFrames(_ report: inout VerificationReport) throws(FileError) {
        for name in names {
            let path = folder + "/" + name
            var problems = Problems()
            if CompressedFormat(path: name) != nil {
                let window = try TextWindow(path: path)
                try window.drain()
                if let problem = window.problem { problems.add(problem) }
            } else if name.hasSuffix(".sqlite") {
                problems = DatabaseCheck.integrityProblems(ofFile: path)
            }
            for line in problems.lines { report.add(name, wrong: line) }
        }
    }

    private func checkSensors(_ plan: GenerationPlan, _ report: inout VerificationReport) throws(FileError) {
        let name = "sensors.csv"
        guard names.contains(name) else { return }
        let columns = [TableColumn<Sensor>].sensors
        let (header, expected) = (columns.csvHeader(), plan.sensorsCSV())
        let comparison = try TextComparison(
            folder: folder,
            fileName: name,
            format: .csv(columns.map(\.name)),
            reference: "recipe.yaml"
        )
        try comparison.compareHeader(header)
        let sensors = plan.fleet.sensors
        try comparison.compare(ByteBuffer(expected.dropFirst(header.count)), rows: sensors.count) { sensors[$0].id }
        _ = try comparison.finish(isComplete: true)
        report.add(name, right: "it has \(sensors.count) sensors, as recipe.yaml says", problems: comparison.problems)
    }
}
