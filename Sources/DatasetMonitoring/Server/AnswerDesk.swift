import DatasetGen
import NIOHTTP1

/// Answers requests: who may ask what, and what the run says to it.
struct AnswerDesk: Sendable {
    private let settings: SharedSettings
    private let clients: ClientTable
    private let executor: EventLoopExecutor
    private let run: any MonitoredRun
    private let snapshots: SnapshotCache
    private let database: AnswerCache<DatabaseStatistics?>
    /// The current readings as Prometheus reads them.
    private let readings: AnswerCache<String>
    private let fleet: FleetDesk
    private let pace: Pace
    private let requests: RequestCounts
    /// Makes long answers.
    private let side = SideThread("answers")
    private let page = DashboardPage.shared

    init(
        run: any MonitoredRun,
        settings: SharedSettings,
        requests: RequestCounts,
        clients: ClientTable,
        executor: EventLoopExecutor
    ) {
        self.run = run
        self.settings = settings
        self.requests = requests
        self.clients = clients
        snapshots = SnapshotCache(run: run)
        database = AnswerCache(for: .seconds(2), executor: executor) { await run.databaseStatistics() }
        // Many sensors take a while, which health checks do not wait for.
        let side = side
        readings = AnswerCache(for: .seconds(1), executor: executor) {
            let readings = await run.currentReadings()
            return await side.run { PrometheusReadings.text(of: readings) }
        }
        pace = Pace(executor: executor)
        fleet = FleetDesk(run: run, pace: pace)
        self.executor = executor
    }

    /// The answer to a request, with every header field.
    func response(to request: Request, from client: ClientKey) async -> Response {
        let (answer, isPage) = await answer(to: request, from: client)
        requests.count(Int(answer.status.code))
        var headers = isPage ? page.securityHeaders : SecurityHeaders.data
        headers.add(contentsOf: answer.fields)
        headers.add(name: "Content-Type", value: answer.contentType)
        headers.add(name: "Content-Length", value: String(answer.body.count))
        return Response(
            status: answer.status,
            headers: headers,
            body: request.method == .HEAD ? [] : answer.body
        )
    }

    private func answer(to request: Request, from client: ClientKey) async -> (Answer, isPage: Bool) {
        let settings = settings.current
        let route = settings.routes[request.path]
        let limits = settings.configuration.limits
        if clients.request(from: client) == .overRate {
            await executor.sleep(for: limits.holdTime)
            // A health check that fails because others ask too much would restart a healthy container.
            guard route == .health else { return (.overRate(limits: limits), false) }
        }
        if let refusal = refusal(of: request, to: route, settings) { return (refusal, false) }
        guard let route else { return (.notFound(known: settings.routes), false) }
        do {
            let query = try Query(request.query, for: route, limits: limits)
            return (try await answer(to: query, at: route, settings), route == .dashboard)
        } catch {
            return (Answer(error, status: error.code == "bad_query" ? .badRequest : .notFound), false)
        }
    }

    /// Why a request is not answered, whatever it asks for.
    private func refusal(of request: Request, to route: Endpoint?, _ settings: DeskSettings) -> Answer? {
        guard settings.hosts.accepts(request.authority) else { return .misdirected }
        guard let route else { return nil }
        guard request.method == .GET || request.method == .HEAD else { return .methodNotAllowed }
        if request.headers["content-length"].contains(where: { $0 != "0" }) { return .bodyNotTaken }
        if request.headers.contains(name: "transfer-encoding") { return .bodyNotTaken }
        if let token = settings.configuration.token, !route.isOpen,
            !token.isPresented(by: request.headers.first(name: "authorization"))
        {
            return .unauthorized
        }
        return nil
    }

    private func answer(
        to query: Query,
        at route: Endpoint,
        _ settings: DeskSettings
    ) async throws(Problem) -> Answer {
        let interval = settings.configuration.metricsInterval
        switch route {
        case .dashboard:
            return Answer(page.html, contentType: "text/html; charset=utf-8")
        case .health:
            let snapshot = snapshots.currentHealth(notOlderThan: interval)
            return Answer(
                HealthAnswer.fields.json(of: snapshot),
                status: snapshot.run.health == .unhealthy ? .serviceUnavailable : .ok
            )
        case .status:
            return Answer(StatusAnswer.fields.json(of: snapshots.current(notOlderThan: interval)))
        case .metrics:
            return Answer(MetricsAnswer.fields.json(of: snapshots.current(notOlderThan: interval)))
        case .samples:
            return Answer(try await samples(query))
        case .sensors:
            return Answer(
                SensorsAnswer.fields.json(of: await run.sensors(matching: query.search, limit: query.limit))
            )
        case .fleet:
            let view = try await fleet.view(query, of: snapshots.current(notOlderThan: interval).run)
            let side = side
            return await side.run { Answer(FleetAnswer.fields.json(of: view)) }
        case .history:
            return try await history(query, of: snapshots.current(notOlderThan: interval).run)
        case .database:
            guard let statistics = await database.current() else {
                throw Problem("no_database", "this run writes no database")
            }
            return Answer(DatabaseAnswer.fields.json(of: statistics))
        case .prometheus:
            let text = await prometheus(snapshots.current(notOlderThan: interval), settings.configuration)
            return Answer(Array(text.utf8), contentType: PrometheusMetrics.contentType)
        case .description:
            let schema = snapshots.current(notOlderThan: interval).run.schema
            return Answer(OpenAPIDescription(settings.configuration, schema).json)
        }
    }

    private func prometheus(_ snapshot: Snapshot, _ configuration: MonitoringConfiguration) async -> String {
        let limit = configuration.readingSeriesLimit
        let isWithinLimit = PrometheusReadings.seriesCount(of: snapshot.run) <= limit
        return PrometheusMetrics.text(
            of: snapshot,
            readings: isWithinLimit ? await readings.current() : "",
            readingSeriesLimit: limit,
            database: await database.current(),
            requests: requests.byStatus
        )
    }

    private func history(_ query: Query, of status: RunStatus) async throws(Problem) -> Answer {
        guard let sensor = query.sensor ?? status.sensor?.id else { throw .unknownSensor }
        if let from = query.from, let to = query.to, from >= to {
            throw Problem("bad_query", "from must be before to")
        }
        let request = HistoryRequest(
            from: query.from,
            to: query.to,
            points: HistoryAnswer.points(query.points, metrics: status.schema.metrics.count),
            longest: HistoryAnswer.longest
        )
        let run = run
        guard let history = await pace.run({ await run.history(of: sensor, request) }) else { throw .unknownSensor }
        guard history.points != nil else {
            let length = DurationText.text(
                ofMicroseconds: Int64(min(9e18, history.interval * 1e6 * Double(HistoryAnswer.longest)))
            )
            throw Problem(
                "bad_query",
                "from and to are too far apart: \(history.readings) readings; at most \(HistoryAnswer.longest), which are "
                    + "\(length) of this sensor"
            )
        }
        let source = HistoryAnswer.Source(sensor: sensor, history: history)
        return await side.run { Answer(HistoryAnswer.fields(history.schema).json(of: source)) }
    }

    private func samples(_ query: Query) async throws(Problem) -> JSONValue {
        guard var readings = await run.recentReadings(sensor: query.sensor, limit: query.limit) else {
            throw .unknownSensor
        }
        if let after = query.after { readings.removeAll { $0.id <= after } }
        return SamplesAnswer.json(readings.suffix(query.limit), of: query.sensor)
    }
}
