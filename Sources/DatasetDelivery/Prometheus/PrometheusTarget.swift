import DatasetFormats
import DatasetGen

/// A receiver of Prometheus' remote write, version 1 or 2.
///
/// What it stores cannot be asked for in one way, so that nothing is proven, unless the URL says that it is VictoriaMetrics.
struct PrometheusTarget: DeliveryTarget {
    let version: RemoteWriteVersion
    /// The same series as VictoriaMetrics knows them, where the receiver is one.
    let store: VMTarget?
    let journal: LoadJournal?
    private let series: SeriesSource
    private let encoder: RemoteWriteEncoder
    private let server: HTTPServer
    private let path: String
    private let options: TargetOptions

    init(url: String, plan: GenerationPlan, options: TargetOptions) throws(DeliveryError) {
        try options.check("prometheus", has: [.table, .tags, .journal, .token])
        let url = try TargetURL(url)
        try url.checkParameters(["version", "store"])
        guard let version = RemoteWriteVersion(rawValue: url["version"] ?? "1") else {
            throw DeliveryError(.usage, "version is \((url["version"] ?? "").quoted); remote write has 1 and 2")
        }
        (self.version, self.options) = (version, options)
        server = try HTTPServer(
            url,
            port: 9_090,
            isEncrypted: url.scheme == "prometheuss",
            variable: "PROMETHEUS",
            token: options.token
        )
        path = url.path.isEmpty ? "/api/v1/write" : url.path.map { "/" + PercentText.encoded($0) }.joined()
        series = try SeriesSource(plan, options, scheme: "prometheus")
        encoder = RemoteWriteEncoder(series.names, sensors: plan.fleet.sensors, version: version)
        switch url["store"] {
        case nil:
            if options.ifExists != .fail {
                throw DeliveryError(
                    .usage,
                    "prometheus: cannot be asked what is there, so that --if-exists does nothing; ?store=victoriametrics can"
                )
            }
            store = nil
            journal = LoadJournal(
                path: options.journal,
                of: series.identity("\(server.name)\(path)"),
                plan
            )
        case "victoriametrics":
            let target = VMTarget(server, path: "", series, options)
            (store, journal) = (target, target.journal)
        case let other?:
            throw DeliveryError(.usage, "store is \(other.quoted); what can be asked is victoriametrics")
        }
    }

    var name: String { "remote write to \(server.name)" }
    var canBeProven: Bool { store != nil }
    var keepsRepeats: Bool { store == nil }
    /// Samples of a series come in the order of time, which two connections do not keep.
    var connectionLimit: Int? { store == nil ? 1 : nil }
    var orderedPlan: GenerationPlan? { series.bySensor }
    var bytesPerReading: Int { 18 * series.names.all.count }
    var script: String? { nil }

    func prepare() throws(DeliveryError) -> BlockSet {
        if let store { return try store.prepare() }
        guard let journal else { return BlockSet(of: series.plan.blockCount) }
        return try journal.open(options) {}
    }

    func find() throws(DeliveryError) {
        guard let store else { throw cannotBeProven }
        try store.find()
    }

    func makeEncoder() -> RemoteWriteEncoder { encoder }

    func connect() throws(DeliveryError) -> PrometheusDelivery {
        PrometheusDelivery(
            session: try server.connect(),
            path: path,
            version: version,
            store: try store?.connect()
        )
    }

    func finish() throws(DeliveryError) { try store?.finish() }

    func mend() throws(DeliveryError) -> Bool { try store?.mend() ?? false }

    func prove(_ proof: Proof, workers: Int, retries: Retries) async throws -> ProofReport {
        guard let store else { throw cannotBeProven }
        return try await store.prove(proof, workers: workers, retries: retries)
    }

    private var cannotBeProven: DeliveryError {
        DeliveryError(.usage, "what \(server.name) stores cannot be asked for; --verify none goes without a proof")
    }
}

/// One worker's connection: a block is a request.
struct PrometheusDelivery: DeliveryConnection {
    let session: HTTPSession
    let path: String
    let version: RemoteWriteVersion
    /// Knows what is there, if the receiver can be asked.
    let store: VMDelivery?

    func deliver(_ batch: DeliveryBatch<EncodedRows>, isRepeated: Bool) throws(DeliveryError) {
        try store?.lookIfDue(isRepeated)
        if let store, isRepeated || store.target.mayHaveAny {
            if isRepeated { try store.session.settle() }
            try store.repair(batch.blocks)
        } else {
            for index in batch.blocks.indices where batch.pieces[index].rowCount > 0 {
                try send(batch.pieces[index], isRepeated: isRepeated)
            }
        }
        store?.target.restarts.add(batch.blocks)
    }

    private func send(_ piece: EncodedRows, isRepeated: Bool) throws(DeliveryError) {
        let answer = try session.post([piece.bytes.bytes], to: path, headers: version.headers, isRepeatable: false)
        guard answer.isSuccess else { throw refusal(answer) }
        guard version == .two else { return }
        // "If the receiver's answer has no such header, it may know version 1 only", and then has stored nothing.
        guard let written = answer.header("X-Prometheus-Remote-Write-Samples-Written").flatMap({ Int($0) }) else {
            throw DeliveryError(
                .refused,
                "\(session.server.name) does not say how many samples it has written: it does not know version 2 of remote "
                    + "write"
            )
        }
        // Of samples that come again it may have written fewer.
        if written < piece.rowCount, !isRepeated {
            throw DeliveryError(
                .refused,
                "\(session.server.name) has written \(written) of \(piece.rowCount) samples"
            )
        }
    }

    private func refusal(_ answer: HTTPAnswer) -> DeliveryError {
        // The specification has requests tried again after 5xx and 429 alone.
        let error = session.refusal(answer, of: "a remote write")
        let isPast = ["out of bounds", "out of order", "too old"].contains { answer.text.contains($0) }
        let hint =
            isPast ? "; Prometheus takes in no past this way: outputs.openmetrics and promtool bring it in" : ""
        let isTransient = answer.status == 429 || answer.status >= 500
        return DeliveryError(
            isTransient ? .transient : .refused,
            error.description + hint,
            waiting: answer.retrySeconds
        )
    }
}
