/// Section `anomalies` as a recipe states it.
struct AnomaliesSection: Sendable {
    var isEnabled: Stated<Bool>?
    var probability: Stated<Double>?
    var difficulty: Stated<DifficultyMix>?
    var phases: Stated<[Stated<PhaseSection>]>?
    var types: Stated<AnomalyTypesSection>?
    var tellsRealised: Stated<Bool>?

    static let definition = SectionDefinition(
        name: "anomalies",
        summary: "How often and in which ways sensors fail.",
        fields: [
            Field("enabled", \.isEnabled, .bool, default: "true", "Whether there are anomalies."),
            Field(
                "probability",
                \.probability,
                .number(.from(0, to: 1)),
                default: "0.05",
                "Expected share of anomalous readings, before the factors of manufacturer and firmware."
            ),
            Field(
                "difficulty",
                \.difficulty,
                .difficulty,
                default: "{easy: 0.4, medium: 0.4, hard: 0.2}",
                "How hard the anomalies are to tell from what healthy readings do."
            ),
            Field(
                "phases",
                \.phases,
                ValueType.section(PhaseSection.definition).stated
                    .list(named: "phases", maximumCount: PhaseSection.maximumCount),
                "Later probabilities, by rising offset from the start."
            ),
            Field(
                "types",
                \.types,
                .section(AnomalyTypesSection.definition),
                default: "all five",
                "The types that occur; a type that is not listed does not."
            ),
            Field(
                "realised",
                \.tellsRealised,
                .bool,
                default: "false",
                "Whether events tell the sizes that they have turned out to have, beside those that were meant."
            ),
        ],
        empty: { AnomaliesSection() }
    )
}

/// A phase of `anomalies`.
struct PhaseSection: Sendable {
    var offset: Stated<Int64>?
    var probability: Stated<Double>?

    /// The most phases: which of them holds is looked up for each event.
    static let maximumCount = 1_000

    static let definition = SectionDefinition(
        name: "phase",
        summary: "A probability of anomalies that holds from an offset on.",
        fields: [
            Field("at", \.offset, .offset, required: true, "Offset from the start of the dataset."),
            Field(
                "probability",
                \.probability,
                .number(.from(0, to: 1)),
                required: true,
                "As `anomalies.probability`, from then on."
            ),
        ],
        empty: { PhaseSection() }
    )
}

/// Section `anomalies.types`.
struct AnomalyTypesSection: Sendable {
    var spike: Stated<AnomalyTypeSection>?
    var trend: Stated<AnomalyTypeSection>?
    var pattern: Stated<AnomalyTypeSection>?
    var missingData: Stated<AnomalyTypeSection>?
    var noise: Stated<AnomalyTypeSection>?

    subscript(type: AnomalyType) -> Stated<AnomalyTypeSection>? {
        get { self[keyPath: Self.property(of: type)] }
        set { self[keyPath: Self.property(of: type)] = newValue }
    }

    static func property(
        of type: AnomalyType
    ) -> Property<AnomalyTypesSection, Stated<AnomalyTypeSection>?> {
        switch type {
        case .spike: \.spike
        case .trend: \.trend
        case .pattern: \.pattern
        case .missingData: \.missingData
        case .noise: \.noise
        }
    }

    static let definition = SectionDefinition(
        name: "anomaly_types",
        summary: "The types of anomalies that occur.",
        fields: AnomalyType.allCases.map { type in
            Field(
                type.name,
                property(of: type),
                .section(AnomalyTypeSection.definition(for: type), emptyIfNull: true),
                type.summary
            )
        },
        empty: { AnomalyTypesSection() }
    )
}

extension AnomalyType {
    /// One line for schema and documentation.
    fileprivate var summary: String {
        switch self {
        case .spike: "A metric or two jump for a reading."
        case .trend: "A metric drifts away from its healthy value and comes back."
        case .pattern: "Temperature and humidity, or the `metrics` given, oscillate against each other."
        case .missingData: "The sensor reports nothing, or nothing new."
        case .noise: "All metrics gain variance."
        }
    }
}
