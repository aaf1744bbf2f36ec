import DatasetFiles
import HTTPTypes
import HummingbirdCore
public import Logging
import NIOCore
import Synchronization

/// Shows a run over HTTP: health, status, metrics, samples and a dashboard.
///
/// ```swift
/// let server = MonitoringServer(run: engine, logger: logger)
/// try await server.serve { address in
///     logger.info("dashboard: \(address.url)")
///     try await engine.run()
/// }
/// ```
///
/// All requests run on one thread of their own with a low priority; the run's threads are never taken.
public struct MonitoringServer: Sendable {
    private let run: any MonitoredRun
    private let configuration: MonitoringConfiguration
    private let logger: Logger
    private let settings: SharedSettings
    private let requests: RequestCounts

    /// A server that does not listen yet.
    public init(run: any MonitoredRun, configuration: MonitoringConfiguration = .init(), logger: Logger) {
        self.init(run: run, configuration: configuration, logger: logger, requests: RequestCounts())
    }

    private init(
        run: any MonitoredRun,
        configuration: MonitoringConfiguration,
        logger: Logger,
        requests: RequestCounts
    ) {
        self.run = run
        self.configuration = configuration
        self.logger = logger
        self.requests = requests
        settings = SharedSettings(configuration)
    }

    /// A server of the same run with another configuration, which goes on to count requests.
    public func moved(to configuration: MonitoringConfiguration) -> MonitoringServer {
        MonitoringServer(run: run, configuration: configuration, logger: logger, requests: requests)
    }

    /// Takes on another configuration, also while it serves; false, and nothing happens, if that has another address or other
    /// limits.
    public func takeOn(_ other: MonitoringConfiguration) -> Bool {
        guard (other.host, other.port) == (configuration.host, configuration.port), other.limits == configuration.limits
        else { return false }
        settings.replace(other)
        return true
    }

    /// Serves while the work runs, and stops when it ends or throws.
    ///
    /// - Throws: ``MonitoringError`` before the work begins; then what the work throws.
    public func serve<Value>(
        during work: (MonitoringAddress) async throws -> Value
    ) async throws -> Value {
        let (addresses, continuation) = AsyncThrowingStream.makeStream(of: MonitoringAddress.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await serve { continuation.yield($0) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            var iterator = addresses.makeAsyncIterator()
            guard let address = try await iterator.next() else { throw CancellationError() }
            let value = try await work(address)
            group.cancelAll()
            return value
        }
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter onListening: Called once, when connections are accepted.
    /// - Throws: ``MonitoringError`` if the address cannot be listened at.
    public func serve(onListening: @escaping @Sendable (MonitoringAddress) -> Void) async throws {
        let thread = try await ServerThread.start()
        let result = await serve(on: thread, onListening: onListening)
        await thread.stop()
        guard !Task.isCancelled else { return }
        if case .failure(let error) = result { throw MonitoringError(error, at: configuration) }
        logger.error("monitoring has stopped")
    }

    /// Serves at the first of the addresses that the machine has.
    private func serve(
        on thread: ServerThread,
        onListening: @escaping @Sendable (MonitoringAddress) -> Void
    ) async -> Result<Void, any Error> {
        let addresses = configuration.addresses
        for address in addresses.dropLast() {
            let result = await serve(makeServer(at: address, on: thread, onListening: onListening), on: thread)
            guard case .failure(let error) = result, MonitoringError.lacksAddresses(error) else { return result }
        }
        return await serve(
            makeServer(at: addresses[addresses.count - 1], on: thread, onListening: onListening),
            on: thread
        )
    }

    private func serve(_ server: Server<MonitoringChannel>, on thread: ServerThread) async -> Result<Void, any Error> {
        let serving = Task(executorPreference: thread.executor) { try await server.run() }
        let stopping = Mutex<Task<Void, Never>?>(nil)
        let result = await withTaskCancellationHandler {
            await serving.result
        } onCancel: {
            stopping.withLock { $0 = Self.stop(server, serving, on: thread) }
        }
        // It runs on the thread, which must not end before it.
        await stopping.withLock(\.self)?.value
        return result
    }

    /// Requests that are being answered have a moment; whoever reads slowly does not hold the program up.
    private static func stop(
        _ server: Server<MonitoringChannel>,
        _ serving: Task<Void, any Error>,
        on thread: ServerThread
    ) -> Task<Void, Never> {
        Task(executorPreference: thread.executor) {
            let forget = thread.executor.schedule(in: .seconds(1)) { serving.cancel() }
            try? await server.shutdownGracefully()
            forget()
        }
    }

    private func makeServer(
        at host: String,
        on thread: ServerThread,
        onListening: @escaping @Sendable (MonitoringAddress) -> Void
    ) -> Server<MonitoringChannel> {
        var limits = configuration.limits
        limits.connections = FileDescriptors.available(wanted: limits.connections)
        let clients = ClientTable(limits: limits)
        let desk = AnswerDesk(
            run: run,
            settings: settings,
            requests: requests,
            clients: clients,
            executor: thread.executor
        )
        let logger = logger
        let channel = MonitoringChannel(limits: limits, clients: clients) { request, writer, channel in
            let response = await desk.response(to: request, from: ClientKey(channel.remoteAddress))
            logger.trace("answered", metadata: ["method": "\(request.method)", "status": "\(response.status.code)"])
            try await writer.write(response: response.head, body: response.body)
        }
        return Server(
            childChannelSetup: channel,
            configuration: ServerConfiguration(
                address: .hostname(host, port: configuration.port),
                backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: logger)
            ),
            onServerRunning: { [configuration] channel in
                let port = channel.localAddress?.port ?? configuration.port
                let address = MonitoringAddress(host: configuration.host, port: port)
                announce(address)
                onListening(address)
            },
            eventLoopGroup: thread.group,
            logger: quiet(logger)
        )
    }

    private func announce(_ address: MonitoringAddress) {
        logger.info("monitoring listens", metadata: ["url": "\(address.url)"])
        guard configuration.token == nil, !AllowedHosts.isLoopback(configuration.host) else { return }
        logger.warning(
            "monitoring is open to everyone who can reach this machine; set monitoring.token or MONITORING_TOKEN",
            metadata: ["host": "\(configuration.host)"]
        )
    }

    /// The framework's own messages, without those that this type writes itself.
    private func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
