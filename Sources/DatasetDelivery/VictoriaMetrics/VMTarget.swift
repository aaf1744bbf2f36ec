import DatasetFiles
import DatasetFormats
import DatasetGen
import Synchronization

/// Series in VictoriaMetrics, by its own import.
///
/// Readings are sent in the order of sensors, whatever that of the recipe: a line then is of many samples of one series.
struct VMTarget: ReadableTarget {
    /// What is found out on the way.
    private final class Known: Sendable {
        /// The server before anything was sent.
        let state = Mutex<VMState?>(nil)
        /// Whether any block may be there, wholly or in part, whatever the journal says.
        let mayHaveAny = Mutex(false)
        /// Samples that the server has acknowledged since.
        let samples = Atomic<Int64>(0)
    }

    let series: SeriesSource
    let lines: ImportLinesEncoder
    /// Whether what is sent is compressed.
    let isCompressed: Bool
    let restarts = VMRestarts()
    let journal: LoadJournal?
    /// By what series tell of them.
    let (sensorIndices, seriesIndices): ([String: Int], [String: Int])
    private let path: String
    private let server: HTTPServer
    private let options: TargetOptions
    private let known = Known()

    init(url: String, plan: GenerationPlan, options: TargetOptions) throws(DeliveryError) {
        try options.check("victoriametrics", has: [.table, .tags, .journal, .token])
        let url = try TargetURL(url)
        try url.checkParameters(["gzip"])
        let server = try HTTPServer(
            url,
            port: 8_428,
            isEncrypted: url.scheme == "victoriametricss",
            variable: "VICTORIAMETRICS",
            token: options.token
        )
        self.init(
            server,
            path: url.path.map { "/" + PercentText.encoded($0) }.joined(),
            try SeriesSource(plan, options, scheme: "victoriametrics"),
            options,
            isCompressed: try server.isCompressed(url)
        )
    }

    /// - Parameters:
    ///   - server: where it is.
    ///   - path: what its paths begin with.
    ///   - series: what is sent.
    ///   - options: what the load asks for.
    ///   - isCompressed: whether what is sent is compressed.
    init(
        _ server: HTTPServer,
        path: String,
        _ series: SeriesSource,
        _ options: TargetOptions,
        isCompressed: Bool = false
    ) {
        self.isCompressed = isCompressed
        (self.server, self.path, self.series, self.options) = (server, path, series, options)
        let sensors = series.plan.fleet.sensors
        lines = ImportLinesEncoder(series.names, sensors: sensors)
        sensorIndices = Dictionary(uniqueKeysWithValues: sensors.map { ($0.id, $0.index) })
        seriesIndices = Dictionary(uniqueKeysWithValues: series.names.all.enumerated().map { ($1.name, $0) })
        journal = LoadJournal(path: options.journal, of: series.identity(server.name + path), series.plan)
    }

    var plan: GenerationPlan { series.plan }
    var names: SeriesNames { series.names }
    var name: String { "\(series.prefix)_* at \(server.name)" }
    var canBeProven: Bool { true }
    var orderedPlan: GenerationPlan? { series.bySensor }
    /// Of the text before it is compressed, which is what the server has to read.
    var bytesPerReading: Int { 24 * names.all.count }
    var script: String? { nil }
    var usesTwin: Bool { series.usesTwin }
    var usesLabels: Bool { options.includesLabels }
    var leavesOutEmptyRows: Bool { !options.includesLabels }
    /// Whether any block may be there, wholly or in part.
    var mayHaveAny: Bool { known.mayHaveAny.withLock { $0 } }

    /// Takes note that the server has acknowledged samples.
    func noteSent(_ samples: Int) { known.samples.add(Int64(samples), ordering: .relaxed) }

    /// The server has blocks of eight thousand samples a series: what is read at a time is not much shorter.
    func readCount(_ windows: ProofWindows) -> Int {
        Int(clamping: max(1, min(Int64(windows.count), plan.recipe.grid.tickCount / 16_384)))
    }

    func open() throws(DeliveryError) -> VMSession { try VMSession(server, prefix: path) }

    func prepare() throws(DeliveryError) -> BlockSet {
        guard let journal else { return BlockSet(of: plan.blockCount) }
        let session = try open()
        let state = try session.state()
        let now = try session.now()
        try VMRequirements(plan, names, server: server.name).check(state, now: now)
        // Asked before the journal is opened, which changes when it was last written.
        let mayHaveRestarted = journal.isOlder(thanProcessOf: now - (state.start ?? 0))
        var isNew = false
        let done = try journal.open(options) { () throws(DeliveryError) in
            isNew = true
            try makeRoom(session)
        }
        known.state.withLock { $0 = state }
        restarts.begin(state.start)
        if !isNew, mayHaveRestarted {
            // What it had acknowledged before may be gone.
            known.mayHaveAny.withLock { $0 = true }
            try session.settle()
            return BlockSet(of: plan.blockCount)
        }
        return done
    }

    /// Throws unless there is nothing that these readings could be taken for, or removes it.
    private func makeRoom(_ session: VMSession) throws(DeliveryError) {
        let selector = VMSelector.series(names.all.map(\.name))
        try session.flush()
        let grid = plan.recipe.grid
        switch options.ifExists {
        case .fail:
            guard try session.labelValues("__name__", selector, nil).isEmpty else {
                throw DeliveryError(
                    .occupied,
                    "\(name): there are such series already; --if-exists append adds to them, --if-exists replace deletes "
                        + "those of these sensors, and --table takes another name"
                )
            }
        case .append:
            let times = grid.start.microseconds..<max(grid.start.microseconds + 1, grid.end.microseconds)
            // By whole days, which is how the server knows; then to the millisecond.
            let sensors = try session.labelValues("sensor_id", selector, times).filter { sensorIndices[$0] != nil }
            for begin in stride(from: 0, to: sensors.count, by: 50) {
                let some = Array(sensors[begin..<min(begin + 50, sensors.count)])
                var isThere = false
                try session.export(VMSelector.series(names.all.map(\.name), of: some), times) { _ in isThere = true }
                guard !isThere else {
                    throw DeliveryError(
                        .occupied,
                        "\(name): there are samples of sensor \(some[0].quoted) or others between "
                            + "\(grid.start.zonedText) and \(grid.end.zonedText) already, which could not be told apart"
                    )
                }
            }
        case .replace:
            let sensors = try session.labelValues("sensor_id", selector, nil).filter { sensorIndices[$0] != nil }
            for begin in stride(from: 0, to: sensors.count, by: 50) {
                let some = Array(sensors[begin..<min(begin + 50, sensors.count)])
                try session.delete(VMSelector.series(names.all.map(\.name), of: some))
            }
        }
    }

    func find() throws(DeliveryError) {
        if let journal, FileSystem.exists(journal.path) {
            throw DeliveryError(.occupied, "the load is not complete: \(journal.path) says so; --resume finishes it")
        }
        let session = try open()
        _ = try session.state()
        try session.flush()
    }

    func makeEncoder() -> ImportBlockEncoder { ImportBlockEncoder(lines, isCompressed: isCompressed) }

    func connect() throws(DeliveryError) -> VMDelivery { VMDelivery(target: self, session: try open()) }

    func finish() throws(DeliveryError) {
        let delivery = try connect()
        try delivery.look()
        try delivery.session.flush()
        try delivery.session.makeDurable()
        try delivery.session.resetCache()
        guard let earlier = known.state.withLock({ $0 }) else { return }
        var state = try delivery.session.state()
        // What it tells may be a second old: of everything, if it tells of all samples.
        if let last = restarts.lastAcknowledged,
            state.stored(since: earlier) != known.samples.load(ordering: .relaxed)
        {
            Pacer.sleep(until: last + .milliseconds(1_050)) { false }
            state = try delivery.session.state()
        }
        if let lost = state.lost(since: earlier) {
            throw DeliveryError(.refused, "\(server.name) has not stored all that it was sent: \(lost)")
        }
    }

    func mend() throws(DeliveryError) -> Bool {
        try VMMending(self, open()).run()
        try finish()
        return true
    }

    func addUp(_ proof: Proof, to points: inout StoredPoints) -> [Int]? { nil }

    func makeReader() throws(DeliveryError) -> any StoredReader { try VMReader(self) }

    func prove(_ proof: Proof, workers: Int, retries: Retries) async throws -> ProofReport {
        try await ReadBackProof(self, proof, retries).run(workers: workers)
    }
}
