/// Section `metrics.*.wander`.
struct MetricWanderSection: Sendable {
    var period: Stated<Int64>?
    var octaves: Stated<[Stated<WanderOctaveSection>]>?
    var volatility: Stated<WanderVolatilitySection>?

    static let definition = SectionDefinition(
        name: "wander",
        summary: "Red noise. Only a metric of the model `process` has `octaves` and `volatility`.",
        fields: [
            Field(
                "period",
                \.period,
                .duration,
                default: "3h",
                "The longest period: octaves of it, of a third and of a ninth of it have 60, 30 and 10 % of the variance."
            ),
            Field(
                "octaves",
                \.octaves,
                ValueType.section(WanderOctaveSection.definition).stated
                    .list(named: "octaves", minimumCount: 1, maximumCount: RedNoise.octaveLimit),
                default: "those of `period`",
                "Octaves of your own, in place of `period`."
            ),
            Field(
                "volatility",
                \.volatility,
                .section(WanderVolatilitySection.definition),
                "That short octaves are larger at some times than at others."
            ),
        ],
        empty: { MetricWanderSection() }
    )
}

/// An item of `metrics.*.wander.octaves`.
struct WanderOctaveSection: Sendable {
    var period: Stated<Int64>?
    var share: Stated<Double>?

    static let definition = SectionDefinition(
        name: "octave",
        summary: "A part of a wander.",
        fields: [
            Field("period", \.period, .duration, required: true, "How slowly it moves."),
            Field(
                "share",
                \.share,
                .number(.above(0)),
                required: true,
                "Its part of the wander's variance; those of all octaves add up to 1, within 0.005."
            ),
        ],
        empty: { WanderOctaveSection() }
    )
}

/// Section `metrics.*.wander.volatility`.
struct WanderVolatilitySection: Sendable {
    var size: Stated<Double>?
    var period: Stated<Int64>?

    static let definition = SectionDefinition(
        name: "volatility",
        summary: "How the size of those octaves varies that are no longer than its period.",
        fields: [
            Field(
                "size",
                \.size,
                .number(.from(0, to: 1)),
                required: true,
                "The standard deviation of the logarithm of their size."
            ),
            Field("period", \.period, .duration, required: true, "In what time the size changes, at the slowest."),
        ],
        empty: { WanderVolatilitySection() }
    )
}

extension MetricWanderSection {
    /// The red noise; keys that are missing are reported already.
    var noise: RedNoise {
        let volatility = volatility.map {
            RedNoise.Volatility(size: $0.value.size?.value ?? 0, period: $0.value.period?.value ?? 1_000_000)
        }
        guard let octaves else { return RedNoise(period: period?.value ?? 10_800_000_000, volatility: volatility) }
        return RedNoise(
            octaves: octaves.value.map {
                .init(period: $0.value.period?.value ?? 1_000_000, share: $0.value.share?.value ?? 1)
            },
            volatility: volatility
        )
    }

    /// What a recipe would have to state for some red noise.
    init(describing noise: RedNoise) {
        period = noise.longest.map { Stated($0) }
        if noise.longest == nil {
            octaves = Stated(
                noise.octaves.map {
                    Stated(WanderOctaveSection(period: Stated($0.period), share: Stated($0.share)))
                }
            )
        }
        volatility = noise.volatility.map {
            Stated(WanderVolatilitySection(size: Stated($0.size), period: Stated($0.period)))
        }
    }
}
