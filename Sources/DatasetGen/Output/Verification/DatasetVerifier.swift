/// Checks a dataset folder against its list of digests and its manifest, reading every file once or twice in pieces.
///
/// ```swift
/// let report = try DatasetVerifier(folder: "datasets/ml-training").verify()
/// report.isRight    // true
/// ```
public struct DatasetVerifier: Sendable {
    private let folder: String

    /// A verifier of a folder.
    public init(folder: String) {
        self.folder = folder
    }

    /// Makes all checks.
    ///
    /// - Throws: ``FileError`` when a file that is there cannot be read.
    public func verify() throws(FileError) -> VerificationReport {
        var report = VerificationReport()
        try checkDigests(&report)
        let path = folder + "/manifest.json"
        guard FileSystem.exists(path), StoredFile.problem(path) == nil,
            let manifest = JSONValue(parsing: try FileReader.contents(of: path))
        else {
            report.add("manifest.json", "it is missing or not JSON", isRight: false)
            return report
        }
        for file in manifest["files"]?.elements ?? [] {
            try check(file, manifest, &report)
        }
        return report
    }

    /// Every file of the folder has the digest that the list gives, and no file is missing or too many.
    private func checkDigests(_ report: inout VerificationReport) throws(FileError) {
        let path = folder + "/" + SHA256Sums.fileName
        guard FileSystem.exists(path), StoredFile.problem(path) == nil,
            let text = String(validating: try FileReader.contents(of: path), as: UTF8.self),
            let sums = SHA256Sums(parsing: text), !sums.entries.isEmpty
        else {
            report.add(SHA256Sums.fileName, "it is missing or malformed", isRight: false)
            return
        }
        let present = try FileSystem.contents(of: folder).filter { $0 != SHA256Sums.fileName }
        let listed = Set(sums.entries.map(\.name))
        let extra = present.filter { !listed.contains($0) }
        report.add(
            SHA256Sums.fileName,
            right: "\(sums.entries.count) files are listed",
            problems: extra.map { "\($0) is not listed" }
        )
        for entry in sums.entries {
            guard present.contains(entry.name) else {
                report.add(entry.name, "it is missing", isRight: false)
                continue
            }
            if let problem = StoredFile.problem(folder + "/" + entry.name) {
                report.add(entry.name, problem, isRight: false)
                continue
            }
            let digest = try SHA256Text(ofFile: folder + "/" + entry.name).text
            report.add(
                entry.name,
                right: "its SHA-256 is right",
                problems: digest == entry.digest ? [] : ["its SHA-256 is \(digest), not \(entry.digest)"]
            )
        }
    }

    /// A file's structure and its number of rows are as the manifest says.
    private func check(
        _ file: JSONValue,
        _ manifest: JSONValue,
        _ report: inout VerificationReport
    ) throws(FileError) {
        guard let name = file["path"]?.stringValue, !name.contains("/"), !name.hasPrefix("."),
            let rows = file["rows"]?.integerValue
        else {
            report.add("manifest.json", "an entry of files lacks path or rows", isRight: false)
            return
        }
        let path = folder + "/" + name
        // What is no file has been reported with the digests.
        guard FileSystem.exists(path), StoredFile.problem(path) == nil else { return }
        switch file["format"]?.stringValue {
        case "sqlite":
            try checkDatabase(path, name, manifest, &report)
        case "csv", "jsonl":
            let header = file["format"]?.stringValue == "csv" ? Int64(1) : 0
            let compression = file["compression"]?.stringValue.flatMap { CompressedFormat(rawValue: $0) }
            let counter = try LineCounter(path: path, compression: compression)
            var problems = counter.problem.map { [$0] } ?? []
            // A quoted field may hold line breaks, so that there can be more lines than rows, never fewer.
            if counter.lines - header < rows {
                problems.append("it has \(counter.lines - header) rows, not \(rows)")
            }
            if let bytes = file["uncompressed_bytes"]?.integerValue, bytes != counter.bytes {
                problems.append("its text has \(counter.bytes) bytes, not \(bytes)")
            }
            report.add(name, right: "it has \(rows) rows", problems: problems)
        default:
            break
        }
    }

    private func checkDatabase(
        _ path: String,
        _ name: String,
        _ manifest: JSONValue,
        _ report: inout VerificationReport
    ) throws(FileError) {
        var problems: [String] = []
        var right = ""
        do throws(FileError) {
            let database = try SQLiteDatabase(path: path, creating: false)
            let integrity = try database.column("PRAGMA integrity_check(10)").compactMap { $0 }
            if integrity != ["ok"] { problems += integrity }
            let columns = try database.column("SELECT name FROM pragma_table_info('sensor_data')").compactMap { $0 }
            let expectedColumns = (manifest["schema"]?.elements ?? []).compactMap { $0["column"]?.stringValue }
            if columns != expectedColumns { problems.append("sensor_data has other columns") }
            let events = (manifest["labels"]?["types"]?.members ?? [])
                .reduce(Int64(0)) {
                    $0 + ($1.value["events"]?.integerValue ?? 0)
                }
            let expected: [(table: String, rows: Int64?)] = [
                ("sensor_data", manifest["rows"]?.integerValue), ("events", events),
                ("sensors", manifest["sensors"]?.integerValue),
            ]
            for (table, rows) in expected {
                let count = try database.column("SELECT count(*) FROM \(table)").first?.flatMap { Int64($0) }
                if count != rows { problems.append("\(table) has \(count ?? 0) rows, not \(rows ?? 0)") }
            }
            right = "integrity_check is ok, sensor_data has \(expected[0].rows ?? 0) rows"
        } catch {
            problems.append(error.reason)
        }
        report.add(name, right: right, problems: problems)
    }
}
