import DatasetFiles
public import Logging
import NIOCore
import NIOHTTP1

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
        var failure: any Error = CancellationError()
        for address in configuration.addresses {
            do {
                let listener = try await listen(at: address, on: thread)
                await serve(listener, onListening: onListening)
                return .success(())
            } catch {
                failure = error
                guard MonitoringError.lacksAddresses(error) else { break }
            }
        }
        return .failure(failure)
    }

    private func serve(
        _ listener: Listener,
        onListening: @escaping @Sendable (MonitoringAddress) -> Void
    ) async {
        let port = listener.channel.localAddress?.port ?? configuration.port
        let address = MonitoringAddress(host: configuration.host, port: port)
        announce(address)
        onListening(address)
        await withTaskCancellationHandler {
            try? await listener.channel.closeFuture.get()
        } onCancel: {
            listener.channel.close(promise: nil)
        }
        // Requests that are being answered have a moment; whoever reads slowly does not hold the program up.
        await listener.finish(within: .seconds(1))
    }

    private func listen(at host: String, on thread: ServerThread) async throws -> Listener {
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
        var decoder = NIOHTTPDecoderLimitConfiguration()
        decoder.maxHeaderFieldSize = limits.headerBytes
        decoder.maxHeaderListSize = limits.headerBytes
        decoder.maxHeaderFieldCount = limits.headerFields
        return try await Listener(host: host, port: configuration.port, on: thread.group, limits: limits) {
            [limits, decoder, logger] pipeline in
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: true,
                withErrorHandling: false,
                withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: decoder
            )
            try pipeline.addHandler(ConnectionGuard(limits: limits, clients: clients))
            let requests = RequestHandler(executor: thread.executor) { request, client in
                let response = await desk.response(to: request, from: client)
                logger.trace(
                    "answered",
                    metadata: ["method": "\(request.method)", "status": "\(response.status.code)"]
                )
                return response
            }
            try pipeline.addHandler(requests)
        }
    }

    private func announce(_ address: MonitoringAddress) {
        logger.info("monitoring listens", metadata: ["url": "\(address.url)"])
        guard configuration.token == nil, !AllowedHosts.isLoopback(configuration.host) else { return }
        logger.warning(
            "monitoring is open to everyone who can reach this machine; set monitoring.token or MONITORING_TOKEN",
            metadata: ["host": "\(configuration.host)"]
        )
    }
}
