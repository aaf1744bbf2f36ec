import DatasetFiles
import DatasetGen

/// Measures how fast datasets are written, scenario after scenario, in turns.
struct Bench {
    /// Readings of a run, at least.
    let rows: Int64
    let sensors: Int64
    let runCount: Int
    let threads: Int
    let scenarios: [BenchScenario]
    let isCancelled: @Sendable () -> Bool

    /// Runs each scenario `runCount` times in turns, so that a machine that gets slower does so for all of them.
    ///
    /// - Throws: `GenerationCancelled`, `FileError`, or `RecipeErrors` when there cannot be such a dataset.
    func run(in folder: BenchFolder, onRun: (String) -> Void) async throws -> [BenchResult] {
        let plans = try scenarios.map { try $0.plan(rows: rows, sensors: sensors) }
        var runs = scenarios.map { _ in [BenchRun]() }
        for turn in 1...runCount {
            for (index, scenario) in scenarios.enumerated() {
                onRun("\(scenario.name), run \(turn) of \(runCount)")
                runs[index].append(try await measure(scenario, plans[index], in: folder))
            }
        }
        return scenarios.indices.map { BenchResult(scenarios[$0], rows: plans[$0].rows.count, runs: runs[$0]) }
    }

    private func measure(_ scenario: BenchScenario, _ plan: GenerationPlan, in folder: BenchFolder) async throws
        -> BenchRun
    {
        let (begin, spent) = (ContinuousClock.now, ProcessorTime.spent)
        var bytes: Int64 = 0
        if scenario.outputs == nil {
            try await ParallelGeneration(plan: plan, workerCount: threads, isCancelled: isCancelled).run()
        } else {
            let options = DatasetWriter.Options(workerCount: threads, isCancelled: isCancelled)
            bytes = try await DatasetWriter(plan, options: options).write(to: folder.dataset).bytes
        }
        let run = BenchRun(
            wall: (ContinuousClock.now - begin) / .seconds(1),
            processor: ProcessorTime.spent - spent,
            bytes: bytes
        )
        if scenario.outputs != nil { try folder.clear() }
        if isCancelled() { throw GenerationCancelled() }
        return run
    }
}
