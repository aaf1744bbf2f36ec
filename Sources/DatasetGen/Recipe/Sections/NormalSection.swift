/// Section `normal_parameters` as a recipe states it.
struct NormalSection: Sendable {
    var temperature: Stated<MetricSection>?
    var humidity: Stated<MetricSection>?
    var pressure: Stated<MetricSection>?
    var voltage: Stated<MetricSection>?

    subscript(metric: StandardMetric) -> Stated<MetricSection>? {
        get { self[keyPath: Self.property(of: metric)] }
        set { self[keyPath: Self.property(of: metric)] = newValue }
    }

    private static func property(of metric: StandardMetric) -> Property<NormalSection, Stated<MetricSection>?> {
        switch metric {
        case .temperature: \.temperature
        case .humidity: \.humidity
        case .pressure: \.pressure
        case .voltage: \.voltage
        }
    }

    static let definition = SectionDefinition(
        name: "normal_parameters",
        summary: "What healthy sensors report: per metric the mean and standard deviation over a long run, and bounds "
            + "that no normal reading leaves.",
        fields: StandardMetric.allCases.map { metric in
            Field(
                metric.name,
                property(of: metric),
                .section(MetricSection.definition(for: metric)),
                "In \(metric.unit)."
            )
        } + [.passedOver("vibration", "A metric of the reference's examples.")],
        empty: { NormalSection() }
    )
}

/// A metric's section of `normal_parameters`.
struct MetricSection: Sendable {
    var mean: Stated<Double>?
    var standardDeviation: Stated<Double>?
    var minimum: Stated<Double>?
    var maximum: Stated<Double>?
    var resolution: Stated<Resolution>?

    static func definition(for metric: StandardMetric) -> SectionDefinition<MetricSection> {
        let limits = metric.physicalLimits
        let bounds = Bounds.from(limits.lowerBound, to: limits.upperBound)
        let normal = MetricParameters.default(for: metric)
        let number = ValueType<Double>.number(bounds, hint: { metric.hint(outside: $0) })
        let followsMean = "; four standard deviations from the mean where `mean` or `std_dev` is given"
        return SectionDefinition(
            name: metric.name,
            summary: "Healthy \(metric.name) in \(metric.unit).",
            fields: [
                Field("mean", \.mean, number, default: normal.mean.plainText, "Mean in \(metric.unit)."),
                Field(
                    "std_dev",
                    \.standardDeviation,
                    .number(.from(0, to: limits.upperBound - limits.lowerBound)),
                    default: normal.standardDeviation.plainText,
                    "Standard deviation in \(metric.unit); zero for a constant."
                ),
                Field(
                    "min",
                    \.minimum,
                    number,
                    default: normal.minimum.plainText + followsMean,
                    "No normal reading is below, in \(metric.unit)."
                ),
                Field(
                    "max",
                    \.maximum,
                    number,
                    default: normal.maximum.plainText + followsMean,
                    "No normal reading is above, in \(metric.unit)."
                ),
                Field(
                    "resolution",
                    \.resolution,
                    .resolution,
                    default: "that of the sensor's part",
                    "Readings are multiples of it, in \(metric.unit)."
                ),
            ],
            empty: { MetricSection() }
        )
    }
}

extension StandardMetric {
    /// What a number beyond the limits may have been meant as: a pressure in pascals.
    fileprivate func hint(outside value: Double) -> String? {
        guard self == .pressure, value > 20_000, value <= 2_000_000 else { return nil }
        let text = value.plainText
        return " in hPa; \(text) looks like Pa, which is \((value / 100).plainText) hPa"
    }
}
