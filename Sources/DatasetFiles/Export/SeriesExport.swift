import DatasetGen

/// What an export is made of, and where.
struct ExportTask {
    let plan: GenerationPlan
    let options: ExportOptions
    let folder: ExportFolder
}

/// What writes the series of a plan as a benchmark takes them.
protocol SeriesExport {
    /// Of what, and where.
    var task: ExportTask { get }

    init(task: ExportTask)

    /// Writes all files.
    ///
    /// - Returns: how much there was.
    /// - Throws: ``FileError``.
    func write() throws(FileError) -> DatasetExport.Summary
}

extension SeriesExport {
    var plan: GenerationPlan { task.plan }
    var options: ExportOptions { task.options }
    var folder: ExportFolder { task.folder }
}

extension ExportFormat {
    /// What writes it.
    func makeExport(_ task: ExportTask) -> any SeriesExport {
        switch self {
        case .timeEval: TimeEvalExport(task: task)
        case .tsbAD: TSBADExport(task: task)
        case .nab: NABExport(task: task)
        case .ucr: UCRExport(task: task)
        case .npy: NumPyExport(task: task)
        }
    }
}
