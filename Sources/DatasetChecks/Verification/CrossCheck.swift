import DatasetFiles
import DatasetFormats
import DatasetGen

/// The files of a dataset whose recipe is known against one another: its SQLite file, all rows of all files, its events, and
/// the figures of its manifest.
struct CrossCheck {
    private let folder: StoredFolder
    private let plan: GenerationPlan
    private let manifest: ManifestCheck
    /// The bytes of `recipe.yaml`.
    private let recipe: [UInt8]
    private let options: DatasetVerifier.Options
    private let hasEvents: Bool
    private let hasDelivery: Bool
    /// The files of readings that there are.
    private var outputs: [ReadingOutput]
    private var report = VerificationReport()
    /// What is wrong with how the rows of `events.csv` are written.
    private var eventRowProblems = Problems()

    init(
        _ folder: StoredFolder,
        names: Set<String>,
        plan: GenerationPlan,
        manifest: ManifestCheck,
        recipe: [UInt8],
        options: DatasetVerifier.Options
    ) {
        self.folder = folder
        self.plan = plan
        self.manifest = manifest
        self.recipe = recipe
        self.options = options
        hasEvents = names.contains("events.csv")
        hasDelivery = plan.recipe.delivery != nil && names.contains("delivery.csv")
        outputs = folder.outputs(of: plan)
            .filter { $0.fileNames.allSatisfy(names.contains) }
    }

    private var texts: [ReadingOutput] { outputs.filter { $0.recordFormat != nil } }

    /// Whether what the rows of an output should be can be told: events are told by the event table, or by the recipe.
    private static func isComparable(_ output: ReadingOutput) -> Bool { !output.tellsEvents || output.events != nil }

    /// Gives the outputs whose rows tell of events what is known of these.
    private mutating func findEvents() throws(FileError) {
        guard outputs.contains(where: \.tellsEvents), hasEvents || options.regenerates else { return }
        let events =
            try options.regenerates
            ? EventDirectory(plan, for: plan.recipe.outputs) : EventDirectory(folder, plan)
        for index in outputs.indices { outputs[index].events = events }
    }

    /// The file that holds all tables, if there is one.
    private func storedDatabase() throws(FileError) -> StoredDatabase? {
        for output in outputs {
            if let database = try output.makeDatabase(in: folder, of: plan) { return database }
        }
        return nil
    }

    /// Makes all checks.
    mutating func check() async throws -> VerificationReport {
        try findEvents()
        let database = try storedDatabase()
        var databaseProblems = Problems()
        let isReadable = try database.map { try check($0, &databaseProblems) } ?? false
        let readable = isReadable ? database : nil
        try checkEventRows(readable, &databaseProblems)
        try checkFrames()
        guard let source = source(readable) else {
            try reportWithoutReadings(database, databaseProblems, isReadable: isReadable)
            return report
        }
        let findings = try await VerificationPass(
            files: folder,
            plan: plan,
            source: source,
            texts: texts.filter { Self.isComparable($0) },
            database: readable.flatMap { Self.isComparable($0.output) ? $0 : nil },
            hasEvents: hasEvents,
            hasDelivery: hasDelivery,
            workerCount: options.workerCount
        )
        .run()
        reportEvents(findings)
        reportDelivery(findings)
        if let database { report(database, findings, databaseProblems, source, isReadable: isReadable) }
        reportTexts(findings, source)
        for text in texts where !Self.isComparable(text) { try reportUncompared(text, Self.needsEvents) }
        try reportManifest(findings)
        return report
    }

    private func source(_ database: StoredDatabase?) -> VerificationPass.Source? {
        if outputs.isEmpty { return nil }
        if options.regenerates { return .recipe }
        if let database, database.output.isPlain { return .database }
        return texts.first { $0.incompleteness == nil && Self.isComparable($0) }.map { .text($0.parameters.format) }
    }

    private static let needsEvents = "its rows tell of events, and there is no events.csv"

    /// Says what was not checked where no file of readings tells all of them.
    private mutating func reportWithoutReadings(
        _ database: StoredDatabase?,
        _ problems: Problems,
        isReadable: Bool
    ) throws(FileError) {
        if let database {
            let right = "integrity_check is ok, and it has the events of events.csv"
            report.add(database.fileName, right: isReadable ? right : "", problems: problems)
            if isReadable, !database.output.isPlain {
                let isOfArrivals = database.output.parameters.isOfArrivals
                let reason = isOfArrivals ? database.output.incompleteness : nil
                let note = Self.uncompared(reason ?? "other columns are needed to tell the readings")
                report.add(database.fileName, note: note)
            }
        }
        for text in texts { try reportUncompared(text, text.incompleteness ?? Self.needsEvents) }
        guard !outputs.isEmpty else { return }
        if hasEvents {
            let right = "its rows are written as they should be"
            if eventRowProblems.count > 0 { report.add("events.csv", right: right, problems: eventRowProblems) }
            report.add("events.csv", note: "labels were not compared: no file tells all readings")
        }
        if hasDelivery { report.add("delivery.csv", note: "it was not compared; --regenerate compares it") }
        report.add("manifest.json", note: "its figures were not compared: no file tells all readings")
    }

    private static func uncompared(_ reason: String) -> String {
        "its rows were not compared: \(reason); --regenerate compares them"
    }

    /// Says what was not checked of a text file, which is only read to its end.
    private mutating func reportUncompared(_ text: ReadingOutput, _ reason: String) throws(FileError) {
        for name in text.fileNames {
            let damage = try StoredFormats.format(of: text.parameters.format).damage(of: folder.file(name))
            for line in damage.lines { report.add(name, wrong: line) }
        }
        report.add(text.fileName, note: Self.uncompared(reason))
    }

    /// Whether the rows of the SQLite file can be read.
    private func check(_ database: StoredDatabase, _ problems: inout Problems) throws(FileError) -> Bool {
        var isReadable = true
        for part in database.parts {
            var check = DatabaseCheck(database, part, manifest: manifest, recipe: recipe)
            try check.check()
            if database.parts.count == 1 {
                problems.add(check.problems)
            } else {
                for line in check.problems.lines { problems.add("\(part.name): \(line)") }
            }
            isReadable = isReadable && check.isReadable
        }
        return isReadable
    }

    private mutating func checkEventRows(_ database: StoredDatabase?, _ problems: inout Problems) throws(FileError) {
        guard hasEvents else { return }
        var check = EventRowsCheck(plan, database: database)
        try check.check(try folder.file("events.csv"))
        problems.add(check.tableProblems)
        // The rows that the recipe gives are compared to the last byte.
        if !options.regenerates { eventRowProblems = check.textProblems }
    }

    /// The name, the comment and the time that a gzip file can tell besides its text.
    private mutating func checkFrames() throws(FileError) {
        for name in texts.filter({ $0.compression == .gzip }).flatMap(\.fileNames) {
            var header = ByteBuffer()
            let file = try folder.file(name)
            try unsafe header.appendRaw(atMost: GzipMember.header.count) { room throws(FileError) in
                try unsafe file.read(into: room, at: 0)
            }
            guard header.bytes != GzipMember.header, header.bytes.starts(with: GzipMember.header.prefix(3)) else {
                continue
            }
            report.add(name, wrong: "its gzip header tells more than that text follows: \(header.bytes.hexText)")
        }
    }

    private mutating func reportEvents(_ findings: RowFindings) {
        guard hasEvents else { return }
        let events = "it has \(findings.eventCount.grouped(of: "event"))"
        let right = options.regenerates ? ", as recipe.yaml gives them" : ", and the labels of all rows are theirs"
        report.add(
            "events.csv",
            right: events + right,
            problems: eventRowProblems,
            findings.eventProblems,
            findings.labelProblems
        )
        if !findings.isComplete { report.add("events.csv", note: "labels were compared with the readable rows only") }
    }

    private mutating func reportDelivery(_ findings: RowFindings) {
        guard hasDelivery else { return }
        report.add(
            "delivery.csv",
            right: "it has \(findings.deliveryCounts.faultCount.grouped(of: "fault")), as recipe.yaml gives them",
            problems: findings.deliveryProblems
        )
    }

    private mutating func report(
        _ database: StoredDatabase,
        _ findings: RowFindings,
        _ problems: Problems,
        _ source: VerificationPass.Source,
        isReadable: Bool
    ) {
        let output = database.output
        guard Self.isComparable(output) else {
            report.add(database.fileName, right: "integrity_check is ok", problems: problems)
            return report.add(database.fileName, note: Self.uncompared(Self.needsEvents))
        }
        let rows = totals(findings).rows(output.parameters.layout)
        var right = "integrity_check is ok, it has \(rows.grouped(of: "row")) and the events of events.csv"
        switch source {
        case .recipe: right += ", all as recipe.yaml gives them"
        case .database: break
        case .text(let format): if !output.isPlain { right += ", all as in \(name(of: format))" }
        }
        let isSource = output.isPlain && (source == .database || source == .recipe)
        report.add(
            database.fileName,
            right: right,
            problems: problems,
            isReadable && isSource ? findings.problems : Problems(),
            isReadable ? findings.tableProblems : Problems()
        )
        if !isReadable { report.add(database.fileName, note: "its rows were not compared") }
    }

    private mutating func reportTexts(_ findings: RowFindings, _ source: VerificationPass.Source) {
        for text in findings.texts {
            var ownProblems = Problems()
            var right = "it has \(text.rowCount.grouped(of: "row"))"
            switch source {
            case .recipe: right += ", all as recipe.yaml gives them"
            case .database: right += ", all as in the SQLite file"
            case .text(let format):
                let name = name(of: format)
                if name == text.fileName { ownProblems = findings.problems } else { right += ", all as in \(name)" }
            }
            if let damage = text.damage { report.add(text.fileName, wrong: damage) }
            if text.damage == nil || text.problems.count + ownProblems.count > 0 {
                report.add(text.fileName, right: right, problems: ownProblems, text.problems)
            }
            if let row = text.lastCompared {
                report.add(text.fileName, note: "rows behind row \(row) were not compared")
            }
        }
    }

    /// The name of the text file of a format.
    private func name(of format: OutputFormat) -> String {
        texts.first { $0.parameters.format == format }?.fileName ?? ""
    }

    private func totals(_ findings: RowFindings) -> RowTotals {
        RowTotals(findings.statistics, findings.deliveryCounts, of: plan.recipe)
    }

    private mutating func reportManifest(_ findings: RowFindings) throws(FileError) {
        var unknown: Set<String> = []
        if !findings.isComplete {
            unknown.formUnion(["rows", "labels", "statistics", "content_sha256"])
            report.add("manifest.json", note: "its figures were not compared, as not all rows are readable")
        }
        if !hasEvents { unknown.insert("labels") }
        // The twin of a reading without a row stands in no file.
        let isTwinKnown = options.regenerates || findings.omittedCount == 0
        var contentSHA256 = findings.contentSHA256
        if plan.recipe.includesCleanTwin, !isTwinKnown {
            contentSHA256 = manifest.contentSHA256 ?? contentSHA256
            report.add("manifest.json", note: "content_sha256 holds twins of omitted rows; --regenerate compares it")
        }
        let files = try files(findings)
        let expected = Manifest(
            plan: plan,
            recipeSHA256: manifest.recipeSHA256 ?? "",
            contentSHA256: contentSHA256,
            statistics: findings.statistics,
            events: findings.eventCounts,
            delivery: findings.deliveryCounts,
            files: files,
            generatorVersion: manifest.version ?? Generator.version
        )
        let isWhole = outputs.count == plan.recipe.readingOutputs.count
        // A file that something is wrong with has another size because of it.
        let wrong = Set(report.checks.filter { !$0.isRight }.map(\.subject))
        for file in files where !wrong.contains(file.path) {
            for line in manifest.problems(ofFile: file).lines { report.add(file.path, wrong: line) }
        }
        report.add(
            "manifest.json",
            right: options.regenerates ? "it is what recipe.yaml gives" : "its figures are those of the files",
            problems: manifest.problems(comparedWith: expected, unknown: unknown, hasAllFiles: isWhole)
        )
    }

    /// The files as the manifest should list them.
    private func files(_ findings: RowFindings) throws(FileError) -> [ManifestFile] {
        var files: [ManifestFile] = []
        for output in outputs {
            let text = findings.texts.first { $0.fileName == output.fileName }
            // How many rows a damaged file has, nobody knows.
            if !findings.isComplete || text?.damage != nil { continue }
            // The length of a text that was not compared is not known.
            if output.recordFormat != nil, text == nil { continue }
            for (index, name) in output.fileNames.enumerated() {
                let bytes: Int64
                if let text { bytes = text.byteCounts[index] } else { bytes = try size(of: name) }
                var counted = text?.rowCounts[index]
                if counted == nil { counted = try rowCount(ofFile: name, in: output) }
                var file = ManifestFile(
                    output,
                    of: totals(findings),
                    counted: counted,
                    uncompressedBytes: bytes
                )
                file.path = name
                files.append(file)
            }
        }
        if hasEvents, findings.isComplete {
            files.append(try table("events.csv", plan.recipe.eventTimestamps, rows: findings.eventCount))
        }
        if hasDelivery, findings.isComplete {
            let count = findings.deliveryCounts.faultCount
            files.append(try table("delivery.csv", plan.recipe.deliveryTimestamps, rows: count))
        }
        for parameters in plan.recipe.outputs {
            let output = ReadingOutput(parameters: parameters, of: plan.recipe)
            guard findings.isComplete, output.tableNames(of: plan.recipe).allSatisfy({ folder.has($0) }) else {
                continue
            }
            files += try StoredFormats.format(of: output.parameters.format)
                .tableEntries(output, of: plan, eventCount: findings.eventCount) { name throws(FileError) in
                    try size(of: name)
                }
        }
        let recipe = ManifestFile(
            path: "recipe.yaml",
            format: "yaml",
            rows: 1,
            uncompressedBytes: try size(of: "recipe.yaml")
        )
        let sensors = ManifestFile.table(
            "sensors.csv",
            nil,
            rows: Int64(plan.fleet.sensors.count),
            bytes: Int64(plan.sensorsCSV().count)
        )
        let recordings = plan.recipe.recording.map { [ManifestFile($0)] } ?? []
        return files + [sensors] + (try phenomena()) + [recipe] + recordings
            + plan.recipe.scripts(shardCount: folder.shardCount).map(\.entry)
            + (try descriptions())
    }

    /// `phenomena.csv`, where the recipe has some and the file is there.
    private func phenomena() throws(FileError) -> [ManifestFile] {
        guard !plan.recipe.phenomena.isEmpty, folder.has("phenomena.csv") else { return [] }
        return [try table("phenomena.csv", plan.recipe.eventTimestamps, rows: plan.phenomena.rowCount)]
    }

    private func table(_ name: String, _ timestamps: TimestampStyle, rows: Int64) throws(FileError) -> ManifestFile {
        .table(name, timestamps, rows: rows, bytes: try size(of: name))
    }

    /// The rows of the SQLite file of a shard; nil of an undivided one.
    private func rowCount(ofFile name: String, in output: ReadingOutput) throws(FileError) -> Int64? {
        guard output.shardCount != nil else { return nil }
        let count = try SQLiteDatabase(reading: folder.file(name)).column("SELECT count(*) FROM sensor_data")
        return count.first.flatMap { $0 }.flatMap { Int64($0) }
    }

    /// The files that describe the dataset; what they say is compared elsewhere.
    private func descriptions() throws(FileError) -> [ManifestFile] {
        var files: [ManifestFile] = []
        for package in DatasetPackage.allCases
        where plan.recipe.packages.contains(package) && folder.has(package.fileName) {
            files.append(ManifestFile(package, uncompressedBytes: try size(of: package.fileName)))
        }
        return files
    }

    private func size(of name: String) throws(FileError) -> Int64 {
        try folder.file(name).size
    }
}
