import DatasetGen
import DatasetMonitoring
import Logging
import Synchronization

/// Serves monitoring as a recipe's section `monitoring` says, and follows its changes.
///
/// A server that cannot listen is reported and left out: it never ends a run.
final class MonitoringService: Sendable {
    private let run: any MonitoredRun
    private let logger: Logger
    private let settings: AsyncStream<MonitoringParameters>
    private let changes: AsyncStream<MonitoringParameters>.Continuation

    /// A service that shows a run.
    init(_ run: any MonitoredRun, logger: Logger) {
        self.run = run
        self.logger = logger
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
        var server: Task<Void, Never>?
        for await parameters in settings where parameters != current {
            server?.cancel()
            await server?.value
            server = parameters.isEnabled == true ? Task { await serve(parameters) } : nil
            current = parameters
        }
        server?.cancel()
        await server?.value
    }

    private func serve(_ parameters: MonitoringParameters) async {
        var configuration = MonitoringConfiguration(parameters)
        if let token = parameters.token {
            guard let token = BearerToken(token) else {
                logger.error("monitoring is off: its token may hold letters, digits and -._~+/ only, and = at the end")
                return
            }
            configuration.token = token
        }
        do {
            try await MonitoringServer(run: run, configuration: configuration, logger: logger).serve { _ in }
        } catch {
            if !Task.isCancelled { logger.error("monitoring is off: \(error)") }
        }
    }
}
