import DatasetDelivery
import DatasetGen
import Synchronization

/// Measures how fast a target takes readings: loads of the built-in dataset, one after the other.
struct TargetBench {
    let url: String
    /// Readings of a run, at least.
    let rows: Int64
    let sensors: Int64
    let runCount: Int
    let options: TargetOptions
    let load: LoadOptions
    let proof: Proof

    /// What has come in so far, on changing threads.
    private final class Log: Sendable {
        let batches = Mutex<[LoadBatch]>([])
    }

    /// Runs the loads; each puts its rows in place of those of the one before.
    ///
    /// - Throws: `DeliveryError`, `LoadCancelled`, and a `Failure` where what has arrived is not what was sent.
    func run(onRun: (String) -> Void) async throws -> TargetBenchReport {
        let plan = try BenchScenario(name: "", key: "", outputs: nil).plan(rows: rows, sensors: sensors)
        var runs: [TargetBenchRun] = []
        var (name, workers) = ("", load.workerCount)
        for number in 1...runCount {
            onRun("run \(number) of \(runCount)")
            let target = try target(for: plan, isFirst: number == 1)
            name = target.name
            workers = min(load.workerCount, target.connectionLimit ?? .max)
            runs.append(try await measure(target, plan))
        }
        return TargetBenchReport(
            target: name,
            readings: plan.rows.count,
            sensors: sensors,
            metrics: plan.recipe.schema.metrics.count,
            workers: workers,
            runs: runs
        )
    }

    /// The target, with a table of its own where it has tables; what later runs find is replaced where it can be.
    private func target(for plan: GenerationPlan, isFirst: Bool) throws(DeliveryError) -> any DeliveryTarget {
        var failure: DeliveryError?
        for ifExists in isFirst ? [options.ifExists] : [.replace, .append, .fail] {
            for table in options.table.map({ [$0] }) ?? ["gen_dataset_bench", nil] {
                var options = options
                (options.table, options.ifExists) = (table, ifExists)
                do throws(DeliveryError) {
                    return try RegisteredTargets.target(of: url, for: plan, options)
                } catch {
                    // What has no tables, or cannot replace, refuses to be asked for it.
                    guard error.kind == .usage else { throw error }
                    failure = error
                }
            }
        }
        throw failure ?? DeliveryError(.usage, "there is no target \(url)")
    }

    private func measure<Target: DeliveryTarget>(_ target: Target, _ plan: GenerationPlan) async throws
        -> TargetBenchRun
    {
        let log = Log()
        var load = load
        load.onBatch = { batch in log.batches.withLock { $0.append(batch) } }
        let done = try target.prepare()
        let (spent, machine) = (ProcessorTime.spent, MachineTime.busy)
        let summary = try await Loader(plan, to: target, done: done, options: load).run()
        let own = ProcessorTime.spent - spent
        let all = machine.flatMap { begin in MachineTime.busy.map { $0 - begin } }
        try target.finish()
        var proofSeconds: Double?
        if proof != .none, target.canBeProven {
            let report = try await target.prove(proof, workers: load.workerCount, retries: load.retries)
            if !report.differences.isEmpty {
                throw Failure(messages: report.differences.map { "\(target.name): \($0)" }, status: .failsVerification)
            }
            proofSeconds = report.seconds
        }
        target.journal?.remove()
        return TargetBenchRun(
            summary: summary,
            batches: log.batches.withLock { $0 },
            client: own.user + own.system,
            others: all.map { max(0, $0 - own.user - own.system) },
            proofSeconds: proofSeconds
        )
    }
}
