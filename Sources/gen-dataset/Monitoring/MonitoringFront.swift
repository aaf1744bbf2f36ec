import DatasetGen
import DatasetMonitoring
import Logging

/// The server that shows a run at present, and the one that is to take its place.
///
/// The old one goes on until the new one listens; one that cannot is tried again and again.
actor MonitoringFront {
    private struct Serving {
        var server: MonitoringServer
        var task: Task<Void, Never>
    }

    /// The longest pause between two attempts.
    private static let longestPause = Duration.seconds(30)

    private let run: any MonitoredRun
    private let logger: Logger
    private var serving: Serving?
    private var attempts: Task<Void, Never>?

    init(_ run: any MonitoredRun, logger: Logger) {
        (self.run, self.logger) = (run, logger)
    }

    /// Takes on settings.
    func follow(_ parameters: MonitoringParameters) async {
        await giveUpAttempts()
        guard parameters.isEnabled == true else { return await end() }
        var configuration = MonitoringConfiguration(parameters)
        if let token = parameters.token {
            // The recipe's reader has checked it: without a token nothing may be shown.
            guard let token = BearerToken(token) else { return await end() }
            configuration.token = token
        }
        if let serving, serving.server.takeOn(configuration) { return }
        attempts = Task { await attempt(configuration) }
    }

    /// Ends whatever serves.
    func stop() async {
        await giveUpAttempts()
        await end()
    }

    private func giveUpAttempts() async {
        attempts?.cancel()
        await attempts?.value
        attempts = nil
    }

    private func end() async {
        serving?.task.cancel()
        await serving?.task.value
        serving = nil
    }

    private func attempt(_ configuration: MonitoringConfiguration) async {
        var pause = Duration.seconds(1)
        while !Task.isCancelled {
            do {
                return try await begin(configuration)
            } catch {
                if Task.isCancelled { return }
                if pause == .seconds(1) {
                    let meanwhile =
                        serving == nil ? "monitoring is off until it can" : "the old address answers until it can"
                    logger.error("\(error); \(meanwhile), which is tried again and again")
                }
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, Self.longestPause)
        }
    }

    /// Begins to serve; returns once the server listens and the one before has ended.
    private func begin(_ configuration: MonitoringConfiguration) async throws {
        let server =
            serving?.server.moved(to: configuration)
            ?? MonitoringServer(run: run, configuration: configuration, logger: logger)
        let (listening, report) = AsyncThrowingStream.makeStream(of: Void.self)
        let task = Task {
            do {
                try await server.serve { _ in report.yield() }
                report.finish()
            } catch { report.finish(throwing: error) }
        }
        var iterator = listening.makeAsyncIterator()
        do {
            guard try await iterator.next() != nil else { throw CancellationError() }
        } catch {
            task.cancel()
            await task.value
            throw error
        }
        await end()
        serving = Serving(server: server, task: task)
    }
}
