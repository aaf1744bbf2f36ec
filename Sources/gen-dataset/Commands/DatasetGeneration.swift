import DatasetFiles
import DatasetGen

/// Writes the dataset of a plan and says what came of it, for the commands that do.
struct DatasetGeneration {
    /// Where it is written.
    var folder: String
    /// The part that is written; nil for all.
    var shard: Shard?
    /// How; who asks to stop, and who is told of the progress, is set by ``run(_:onProgress:)``.
    var options: DatasetWriter.Options
    var showsProgress: Bool
    var isVerbose: Bool
    var isJSON: Bool

    /// Writes it, unless it is interrupted.
    ///
    /// - Throws: ``Failure`` with what is safe of a run that does not come to its end.
    func run(
        _ plan: GenerationPlan,
        onProgress: @escaping @Sendable (GenerationProgress) -> Void = { _ in }
    ) async throws {
        let interruption = Interruption()
        let line = showsProgress ? ProgressLine(name: plan.recipe.name) : nil
        var options = options
        options.isCancelled = { interruption.isRequested }
        options.onProgress = { progress in
            line?.update(progress)
            onProgress(progress)
        }
        let begin = ContinuousClock.now
        let summary: DatasetSummary
        do {
            defer { line?.finish() }
            summary = try await DatasetWriter(plan, shard: shard, options: options).write(to: folder)
        } catch is GenerationCancelled {
            let safe = try safeReadings() ?? "nothing was written to \(folder)"
            throw Failure("interrupted; \(safe)", status: interruption.status)
        } catch let error as FileError where !error.isCreation {
            let safe = error.isOfChangedRun ? "" : try safeReadings().map { "; " + $0 } ?? ""
            throw Failure(error.description + safe, status: .ioError)
        }
        if isVerbose { Self.report(rows: summary.rows, bytes: summary.bytes, since: begin) }
        if isJSON { Console.json(summary.json) } else { Console.result(summary.text) }
    }

    /// What a run that did not come to its end has left for the one that resumes; nil if nothing.
    private func safeReadings() throws -> String? {
        try InterruptedRun(ofDataset: folder, shard)
            .map { run in
                "\(Readable.count(run.readings)) of \(Readable.count(run.totalReadings, of: "reading")) are safe: "
                    + "--resume goes on from there"
            }
    }

    /// Says how fast something was written.
    static func report(rows: Int64, bytes: Int64, since begin: ContinuousClock.Instant) {
        let seconds = (ContinuousClock.now - begin) / .seconds(1)
        Console.note(
            "\(Readable.count(rows, of: "row")) in \(Readable.fixed(seconds, decimals: 2)) s: "
                + "\(Readable.rate(Double(rows) / seconds, of: "rows")), \(Readable.bytes(Double(bytes) / seconds))/s"
        )
    }
}
