package import DatasetFiles
import DatasetFormats
public import DatasetGen

/// Measures the quality of a dataset by what is in its files.
///
/// ```swift
/// let report = try DatasetAuditor(folder: "datasets/ml-training", plan: plan).audit()
/// report.isExact    // true: the labels say exactly what differs from the healthy twin
/// ```
///
/// The rows and the events are read; the healthy twin is generated from the plan beside them. Memory does not grow with
/// the number of rows. Every format of a dataset gives the same figures.
public struct DatasetAuditor: Sendable {
    private let folder: String
    /// The folder's files, if they are open already.
    private let files: StoredFolder?
    private let plan: GenerationPlan
    private let format: OutputFormat?

    /// An auditor of a folder.
    ///
    /// - Parameters:
    ///   - folder: the dataset's folder.
    ///   - plan: the plan that the dataset was made by, from its `recipe.yaml`.
    ///   - format: the format whose file is read; nil for the first of CSV, SQLite and JSON Lines that there is.
    public init(folder: String, plan: GenerationPlan, format: OutputFormat? = nil) {
        (self.folder, files) = (folder, nil)
        self.plan = plan
        self.format = format
    }

    /// An auditor of files that are open already, so that they are those that the plan was read from.
    package init(files: StoredFolder, plan: GenerationPlan, format: OutputFormat? = nil) {
        (folder, self.files) = (files.path, files)
        self.plan = plan
        self.format = format
    }

    /// Reads the dataset and takes all measures.
    ///
    /// - Throws: ``AuditError``. What is wrong with the contents is not an error but a finding of the report.
    public func audit() throws(AuditError) -> AuditReport {
        let twin: GenerationPlan
        do throws(PlanError) {
            twin = try plan.healthyTwin()
        } catch { throw .plan(error) }
        let findings = AuditFindings()
        let files = try opened()
        guard files.has("events.csv") else { throw .noEvents(folder: folder) }
        let report: AuditReport?
        do throws(FileError) {
            report = try StoredReadings(files: files, plan: plan, format: format)
                .map { readings throws(FileError) in
                    let events = try StoredEvents(files: files, plan: plan) { defect in
                        switch defect {
                        case .file(let text): findings.add(.file, text)
                        case .row(let text): findings.add(.event, text)
                        }
                    }
                    var pass = AuditPass(plan, twin: twin, readings: readings, events: events, findings: findings)
                    return try pass.run()
                }
        } catch { throw .file(error) }
        guard let report else {
            let reasons = StoredReadings.outputs(of: plan, in: files, format: format)
                .compactMap { output in output.incompleteness.map { "\(output.fileName): \($0)" } }
            guard reasons.isEmpty else { throw .columns(folder: folder, files: reasons) }
            let found = Set(StoredReadings.outputs(of: plan, in: files, format: nil).map(\.parameters.format))
            let stored = StoredFormats.all.map { $0.format }.filter { found.contains($0) }
            guard let format, !stored.isEmpty else { throw .noReadings(folder: folder) }
            throw .format(folder: folder, asked: format, stored: stored)
        }
        return report
    }

    private func opened() throws(AuditError) -> StoredFolder {
        do throws(FileError) {
            if let files { return files }
            return try StoredFolder(folder)
        } catch { throw StoredFolder.isAbsent(error) ? .noEvents(folder: folder) : .file(error) }
    }
}
