package import DatasetFormats
package import DatasetGen

/// What a load asks of any target.
package struct TargetOptions: Sendable {
    /// The table of the readings, or the measurement of the points; nil unless given.
    package var table: String?
    /// What a row is; nil unless given.
    package var layout: TableLayout?
    /// What is told of anomalies.
    package var labels = Labels.fields
    /// Whether tables are created.
    package var creates = true
    /// The columns of a sensor that are tags; nil unless given.
    package var tags: [String]?
    /// What is done with a table that is there.
    package var ifExists: IfExists = .fail
    /// Whether an interrupted load is finished.
    package var resumes = false
    /// Where acknowledged blocks are noted, for targets that do not note them; nil for a name that follows from the target.
    package var journal: String?
    /// Whether an order of the readings is asked for.
    package var ordersReadings = false
    /// What says who one is; nil unless given.
    package var token: String?

    /// What is done with a table that is there.
    package enum IfExists: String, CaseIterable, Sendable {
        case fail
        case append
        case replace
    }

    /// What is told of anomalies.
    package enum Labels: String, CaseIterable, Sendable {
        /// Fields of each row, point or message.
        case fields
        /// A table of events beside that of the readings.
        case table
        case none
    }

    /// Whether rows tell what is anomalous.
    package var includesLabels: Bool { labels == .fields }

    package init() {}

    /// Options that not every target has.
    enum Special: String, CaseIterable {
        case table
        case layout
        case tags
        case journal
        case events = "labels table"
        case token = "token-file"
    }

    /// Throws if an option is given that a target does not have.
    func check(_ scheme: String, has known: Set<Special>) throws(DeliveryError) {
        for option in Special.allCases where !known.contains(option) {
            let isGiven =
                switch option {
                case .table: table != nil
                case .layout: layout != nil
                case .tags: tags != nil
                case .journal: journal != nil
                case .events: labels == .table
                case .token: token != nil
                }
            if isGiven { throw DeliveryError(.usage, "\(scheme): has no --\(option.rawValue)") }
        }
    }
}

/// All targets by the schemes of their URLs: one line each.
package enum RegisteredTargets {
    /// What makes a target of a URL.
    package typealias Maker =
        @Sendable (_ url: String, _ plan: GenerationPlan, _ options: TargetOptions) throws(DeliveryError)
        -> any DeliveryTarget

    /// By scheme, in the order of the help.
    package static let all: [(schemes: [String], make: Maker)] = [
        (
            ["postgres", "postgresql", "timescale"],
            { url, plan, options throws(DeliveryError) in
                try PGTarget(url: url, plan: plan, options: options)
            }
        ),
        (
            ["influx", "influxs"],
            { url, plan, options throws(DeliveryError) in try InfluxTarget(url: url, plan: plan, options: options) }
        ),
        (
            ["victoriametrics", "victoriametricss"],
            { url, plan, options throws(DeliveryError) in try VMTarget(url: url, plan: plan, options: options) }
        ),
        (
            ["prometheus", "prometheuss"],
            { url, plan, options throws(DeliveryError) in try PrometheusTarget(url: url, plan: plan, options: options) }
        ),
        (
            ["mqtt", "mqtts"],
            { url, plan, options throws(DeliveryError) in
                try MessageTarget<MQTTBroker>(url: url, plan: plan, options: options)
            }
        ),
        (
            ["kafka"],
            { url, plan, options throws(DeliveryError) in
                try MessageTarget<KafkaBroker>(url: url, plan: plan, options: options)
            }
        ),
        (
            ["nats"],
            { url, plan, options throws(DeliveryError) in
                try MessageTarget<NATSBroker>(url: url, plan: plan, options: options)
            }
        ),
        (
            ["http", "https"],
            { url, plan, options throws(DeliveryError) in
                try MessageTarget<HTTPReceiver>(url: url, plan: plan, options: options)
            }
        ),
        (
            ["clickhouse", "clickhouses"],
            { url, plan, options throws(DeliveryError) in
                try ClickHouseTarget(url: url, plan: plan, options: options)
            }
        ),
        (
            ["questdb", "questdbs"],
            { url, plan, options throws(DeliveryError) in try QuestDBTarget(url: url, plan: plan, options: options) }
        ),
        (
            ["dir"],
            { url, plan, options throws(DeliveryError) in try FolderTarget(url: url, plan: plan, options: options) }
        ),
        (
            ["null"],
            { url, plan, options throws(DeliveryError) in try NullTarget(url: url, plan: plan, options: options) }
        ),
    ]

    /// The target of a URL.
    ///
    /// - Throws: ``DeliveryError`` when there is none, or an option asks for what it does not have.
    package static func target(
        of url: String,
        for plan: GenerationPlan,
        _ options: TargetOptions
    ) throws(DeliveryError) -> any DeliveryTarget {
        let target = try maker(of: url)(url, plan, options)
        if plan.recipe.delivery != nil, case .refused(let reason) = target.arrivals {
            throw DeliveryError(.unstorable, "\(target.name) goes without \(reason)")
        }
        if options.ordersReadings, target.orderedPlan != nil {
            throw DeliveryError(.usage, "\(target.name) is sent sensor after sensor, whatever --order says")
        }
        return target
    }

    /// The statements that create what a target stores readings in.
    ///
    /// - Throws: ``DeliveryError`` when there is no such target, or it has none.
    package static func script(
        of url: String,
        for plan: GenerationPlan,
        _ options: TargetOptions
    ) throws(DeliveryError) -> String {
        guard let script = try target(of: url, for: plan, options).script else {
            throw DeliveryError(.usage, "\(url) has no tables: --create print has nothing to print")
        }
        return script
    }

    /// Throws unless there is a target of a URL.
    package static func check(_ url: String) throws(DeliveryError) { _ = try maker(of: url) }

    private static func maker(of url: String) throws(DeliveryError) -> Maker {
        guard let colon = url.firstIndex(of: ":") else {
            throw DeliveryError(.usage, "\(url.quoted) is no target; targets are URLs that begin with \(schemeList)")
        }
        let scheme = url[..<colon].lowercased()
        guard let entry = all.first(where: { $0.schemes.contains(scheme) }) else {
            let nearest = Suggestion.nearest(to: scheme, among: all.flatMap(\.schemes))
            let hint = nearest.map { "did you mean \($0):?" } ?? "targets begin with \(schemeList)"
            throw DeliveryError(.usage, "there is no target \(scheme.quoted); \(hint)")
        }
        return entry.make
    }

    private static var schemeList: String {
        all.flatMap(\.schemes).map { $0 == "null" || $0 == "dir" ? "\($0):" : "\($0)://" }.joined(separator: ", ")
    }
}
