/// The metrics of a dataset as data, in the order of their columns.
///
/// ```swift
/// MetricSchema.standard.metrics.map(\.name)   // ["temperature", "humidity", "pressure", "voltage"]
/// ```
public struct MetricSchema: Hashable, Sendable {
    /// A schema has no more metrics.
    public static let maximumCount = 64

    /// By ``MetricDescription/index``.
    public let metrics: [MetricDescription]

    /// The four metrics of a recipe that names none.
    public static let standard = MetricSchema(
        standardMetrics: StandardMetric.allCases.map { metric in
            MetricDescription(
                index: metric.rawValue,
                name: metric.name,
                unit: metric.unit,
                summary: metric.summary,
                resolution: nil,
                limits: metric.physicalLimits,
                model: metric == .voltage ? .supply : .climate
            )
        }
    )

    private init(standardMetrics: [MetricDescription]) { metrics = standardMetrics }

    /// A schema of some metrics, which are numbered in their order.
    ///
    /// - Throws: ``MetricSchemaError`` for too many, names that are none, are reserved or stand twice, and limits that
    ///   no reading of the resolution can hold.
    public init(_ descriptions: [MetricDescription]) throws(MetricSchemaError) {
        guard descriptions.count <= Self.maximumCount else { throw .tooMany(descriptions.count) }
        var names: Set<String> = []
        var numbered: [MetricDescription] = []
        for var description in descriptions {
            if let problem = MetricName.problem(with: description.name) {
                throw .name(description.name, problem)
            }
            guard names.insert(description.name).inserted else { throw .duplicate(description.name) }
            if let resolution = description.resolution, !resolution.holds(description.limits) {
                throw .limitsTooWide(description.name, description.limits, resolution)
            }
            description.index = numbered.count
            numbered.append(description)
        }
        metrics = numbered
    }

    /// The numbers of the metrics.
    public var all: [Metric] { metrics.indices.map { Metric(rawValue: $0) } }

    /// The description of a metric.
    public subscript(metric: Metric) -> MetricDescription { metrics[metric.rawValue] }

    /// The steps of a sensor's readings: those of the metrics, and its own where a metric has none.
    package func resolutions(of sensor: Sensor) -> [Resolution] {
        metrics.map { $0.resolution ?? sensor.resolutions[$0.index] }
    }

    /// The metrics of which a reading may be NULL without an event.
    package var optional: MetricSet { MetricSet(all.filter { self[$0].isOptional }) }

    /// The metric of a name, or nil.
    public subscript(name: String) -> MetricDescription? { metrics.first { $0.name == name } }
}

/// What is known of a metric without its numbers.
public struct MetricDescription: Hashable, Sendable {
    /// What makes a metric's healthy readings.
    public enum Model: String, CaseIterable, Sendable {
        /// Season, weather and place, as the standard temperature, humidity and pressure have.
        case climate
        /// A sensor's power supply, as the standard voltage has.
        case supply
        /// Cycles, red noise and what it follows.
        case process
        /// A formula of metrics listed before.
        case derived
        /// A count that only grows.
        case counter
        /// One of a few states.
        case state
        /// A column of a recording.
        case replay
        /// A machine that wears, fails and is mended.
        case life
    }

    /// The text of a state has no more bytes: in SQLite its type is then a single byte.
    static let stateLimit = 48

    /// Number of the column, from 0.
    public fileprivate(set) var index: Int
    /// The name of the column, the JSON key and the recipe key.
    public let name: String
    /// The unit's symbol; empty where there is none.
    public let unit: String
    /// One line on what it is.
    public let summary: String
    /// The step of readings; nil where each sensor's part has its own.
    public let resolution: Resolution?
    /// Every reading, anomalous ones included, lies inside.
    public let limits: ClosedRange<Double>
    /// What makes the healthy readings.
    public let model: Model
    /// Of a state: the texts of its counts, from 0; otherwise none.
    public let states: [String]
    /// Of a recording: whether some of its readings are without a value.
    package let hasGaps: Bool

    /// A metric; its index is that of its place in a schema.
    public init(
        index: Int = 0,
        name: String,
        unit: String,
        summary: String,
        resolution: Resolution?,
        limits: ClosedRange<Double>,
        model: Model,
        states: [String] = []
    ) {
        self.init(
            index: index,
            name: name,
            unit: unit,
            summary: summary,
            resolution: resolution,
            limits: limits,
            model: model,
            states: states,
            hasGaps: false
        )
    }

    /// A metric of a recording, or another.
    init(
        index: Int = 0,
        name: String,
        unit: String,
        summary: String,
        resolution: Resolution?,
        limits: ClosedRange<Double>,
        model: Model,
        states: [String] = [],
        hasGaps: Bool
    ) {
        (self.index, self.name, self.unit, self.summary) = (index, name, unit, summary)
        (self.resolution, self.limits, self.model, self.states) = (resolution, limits, model, states)
        self.hasGaps = hasGaps
    }
}

extension MetricDescription {
    /// The standard metric that it is, in whatever column; nil for one of another model.
    var standard: StandardMetric? {
        guard model == .climate || model == .supply else { return nil }
        return StandardMetric.allCases.first { $0.name == name }
    }

    /// Whether a reading may be NULL without an event: a formula may have no result, and a recording a gap.
    package var isOptional: Bool { model == .derived || hasGaps }

    /// Whether a sensing part that fails reports something else in its place.
    ///
    /// Not the supply voltage and not a state, which are the device's own; a derived metric follows its inputs.
    var isOfPart: Bool { [.climate, .process, .counter, .replay].contains(model) }
}

/// Why metrics make no schema.
public enum MetricSchemaError: Error, Hashable, CustomStringConvertible {
    /// More than 64.
    case tooMany(Int)
    /// A name that is none, and why.
    case name(String, String)
    /// A name that stands twice.
    case duplicate(String)
    /// Limits beyond 32 bits of a resolution.
    case limitsTooWide(String, ClosedRange<Double>, Resolution)

    /// One line on what is wrong and what would be right.
    public var description: String {
        switch self {
        case .tooMany(let count): "\(count) metrics; at most \(MetricSchema.maximumCount) are possible"
        case .name(let name, let problem): "'\(name)' \(problem)"
        case .duplicate(let name): "the metric \(name) stands twice"
        case .limitsTooWide(let name, let limits, let resolution):
            "the limits of \(name), \(limits.lowerBound.plainText) to \(limits.upperBound.plainText), are too wide for readings "
                + "in steps of \(resolution.text), which lie between -\(resolution.largest.text) and "
                + "\(resolution.largest.text); state narrower limits, which reach beyond min and max unless they are stated, or "
                + "a coarser resolution"
        }
    }
}

extension Resolution {
    /// The largest number that readings hold: 2 · 10⁹ counts of 10⁻ᵈ, so that another step fits into 32 bits, too.
    package var largest: FixedPoint { FixedPoint(count: 2_000_000_000, decimals: decimals) }

    /// Whether readings can be as small and as large as some limits.
    func holds(_ limits: ClosedRange<Double>) -> Bool {
        limits.lowerBound >= -largest.double && limits.upperBound <= largest.double
    }
}
