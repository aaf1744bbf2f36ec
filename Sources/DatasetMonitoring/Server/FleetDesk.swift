import DatasetGen

/// Looks at the fleet for clients: only while somebody asks, at the server's pace, and in memory that no number of clients adds to.
///
/// A column of the past never changes, so that each is computed once and kept: at most ``mostViews`` views of
/// ``Query/mostColumns`` columns, less than 3 MB whatever the fleet. Each of the views keeps its newest instant besides, 9 bytes
/// a sensor, so that several clients who look at different ones are answered at once.
actor FleetDesk {
    /// Metrics and steps of which columns are kept.
    private static let mostViews = 8
    /// Readings computed for one answer.
    private static let readingsAtOnce = 250_000

    private struct ViewKey: Hashable {
        var metric: Int
        var step: Int
    }

    private struct View {
        var columns: [SimulatedTime: FleetColumn] = [:]
        var now: FleetInstant?
        var lastUse: ContinuousClock.Instant = .now
    }

    /// What columns are of: another fleet, or a recipe that has changed, has others.
    private struct Subject: Equatable {
        var sensorCount: Int
        var version: Int?
        var startedAt: SimulatedTime?
        var schema: MetricSchema
    }

    private let run: any MonitoredRun
    private let pace: Pace
    private let reduction = SideThread("fleet")
    private var views: [ViewKey: View] = [:]
    private var subject: Subject?
    private var rows: [FleetView.Row] = []

    init(run: any MonitoredRun, pace: Pace) {
        (self.run, self.pace) = (run, pace)
    }

    /// What the fleet shows.
    ///
    /// - Throws: a problem for a metric that the run does not have, or that is a state.
    func view(_ query: Query, of status: RunStatus) async throws(Problem) -> FleetView {
        let metric = try metric(query.metric, status.schema)
        var view = FleetView(metric: metric, sensorCount: status.sensorCount, step: query.step)
        guard let newest = status.newestReading else { return view }
        await follow(status)
        let key = ViewKey(metric: metric?.index ?? 0, step: query.step)
        let wanted = Self.times(before: newest, query)
        await look(key, newest: newest, wanted, isNumber: metric != nil)
        view.now = views[key]?.now
        view.rows = rows
        let columns = views[key]?.columns ?? [:]
        view.pending = wanted.count { columns[$0] == nil }
        view.columns = wanted.filter { $0 > query.since ?? .earliest }.compactMap { columns[$0] }
        view.listed = await listed(view, limit: query.limit)
        return view
    }

    /// The metric of a name, or the first that is a number; nil where there is none and none is asked for.
    private func metric(_ name: String?, _ schema: MetricSchema) throws(Problem) -> MetricDescription? {
        let numbers = schema.metrics.filter(\.states.isEmpty)
        guard let name else { return numbers.first }
        if let metric = numbers.first(where: { $0.name == name }) { return metric }
        let names = numbers.map(\.name).joined(separator: ", ")
        throw Problem(
            "bad_query",
            names.isEmpty ? "no metric of this run is a number" : "metric must be one of \(names)"
        )
    }

    /// Instants a step apart before the newest one, at which nobody's reading is still to come; oldest first.
    private static func times(before newest: SimulatedTime, _ query: Query) -> [SimulatedTime] {
        let step = Int64(query.step) * 1_000_000
        let last = (newest.microseconds - 1).flooredQuotient(by: step)
        return (0..<Int64(query.columns))
            .map { SimulatedTime(microseconds: (last - Int64(query.columns) + 1 + $0) * step) }
    }

    /// Forgets what is of another fleet or version.
    private func follow(_ status: RunStatus) async {
        let now = Subject(
            sensorCount: status.sensorCount,
            version: status.reload?.version,
            startedAt: status.startedAt,
            schema: status.schema
        )
        guard now != subject else { return }
        let ranges = FleetColumn.rows(ofFleet: status.sensorCount)
        let ids = await run.sensorIDs(at: ranges.flatMap { [$0.lowerBound, $0.upperBound - 1] })
        // The fleet has changed in between: the next question finds the new one.
        guard ids.count == 2 * ranges.count, now != subject else { return }
        (subject, views) = (now, [:])
        rows = ranges.enumerated().map { FleetView.Row(first: ids[2 * $0], last: ids[2 * $0 + 1], count: $1.count) }
    }

    /// Sees that there is a newest instant, and computes some of the columns that are missing, the newest first.
    private func look(_ key: ViewKey, newest: SimulatedTime, _ wanted: [SimulatedTime], isNumber: Bool) async {
        views[key, default: View()].lastUse = .now
        while views.count > Self.mostViews, let oldest = views.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            views[oldest.key] = nil
        }
        let fit = max(1, Self.readingsAtOnce / max(1, subject?.sensorCount ?? 1))
        let missing = wanted.reversed().filter { views[key]?.columns[$0] == nil }.prefix(fit)
        let kept = views[key]?.now
        if missing.isEmpty, kept?.time == newest { return }
        let (before, run, reduction) = (subject, run, reduction)
        let compute = { @Sendable () -> ([FleetInstant], [FleetColumn]) in
            let instants = await run.fleet(Metric(rawValue: key.metric), at: [newest] + missing)
            let columns = await reduction.run { instants.dropFirst().map { FleetColumn($0, isNumber: isNumber) } }
            return (instants, columns)
        }
        // What is there is shown at once; only a view that is new waits for its turn.
        let computed = kept == nil ? await pace.run(compute) : await pace.runAtOnce(compute)
        guard let (instants, columns) = computed else { return }
        guard subject == before, let first = instants.first else { return }
        var view = views[key] ?? View()
        view.now = first
        for column in columns { view.columns[column.time] = column }
        if view.columns.count > Query.mostColumns {
            let oldest = view.columns.keys.sorted().suffix(Query.mostColumns).first ?? .earliest
            view.columns = view.columns.filter { $0.key >= oldest }
        }
        views[key] = view
    }

    private func listed(_ view: FleetView, limit: Int) async -> [FleetView.Listed] {
        guard let now = view.now else { return [] }
        let places = Array(view.anomalous.prefix(limit))
        return zip(places, await run.sensorIDs(at: places))
            .compactMap { place, id in
                AnomalyType(rawValue: now.labels[place])
                    .map { FleetView.Listed(id: id, type: $0, value: view.metric == nil ? .nan : now.values[place]) }
            }
    }
}
