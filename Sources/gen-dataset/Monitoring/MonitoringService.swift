import DatasetGen
import DatasetMonitoring
import Logging

/// Serves monitoring as a recipe's section `monitoring` says, and follows its changes.
///
/// A server that cannot listen is reported and tried again: it never ends a run.
final class MonitoringService: Sendable {
    private let front: MonitoringFront
    private let settings: AsyncStream<MonitoringParameters>
    private let changes: AsyncStream<MonitoringParameters>.Continuation

    /// A service that shows a run.
    init(_ run: any MonitoredRun, logger: Logger) {
        front = MonitoringFront(run, logger: logger)
        (settings, changes) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes on settings.
    func apply(_ parameters: MonitoringParameters) {
        changes.yield(parameters)
    }

    /// Serves while the work runs.
    ///
    /// - Throws: what the work throws.
    func serve<Value: Sendable>(during work: @Sendable @escaping () async throws -> Value) async throws -> Value {
        let service = Task { await follow() }
        let result = await Task { try await work() }.result
        changes.finish()
        await service.value
        return try result.get()
    }

    private func follow() async {
        var current: MonitoringParameters?
        for await parameters in settings where parameters != current {
            await front.follow(parameters)
            current = parameters
        }
        await front.stop()
    }
}
