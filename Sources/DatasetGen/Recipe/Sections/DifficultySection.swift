/// A mix of difficulties as a recipe states it.
struct DifficultySection: Sendable {
    var easy: Stated<Double>?
    var medium: Stated<Double>?
    var hard: Stated<Double>?

    static let definition = SectionDefinition(
        name: "difficulty",
        summary:
            "How many of the anomalies are how hard to tell from what healthy readings do: weights, in proportion to "
            + "one another.",
        fields: [
            Field("easy", \.easy, .number(.from(0, to: 1e6)), default: "0", "Weight of those that a threshold finds."),
            Field(
                "medium",
                \.medium,
                .number(.from(0, to: 1e6)),
                default: "0",
                "Weight of those that a threshold finds at the price of false alarms."
            ),
            Field("hard", \.hard, .number(.from(0, to: 1e6)), default: "0", "Weight of those that hide in the noise."),
        ],
        empty: { DifficultySection() }
    )

    /// The mix; nil if there is no weight.
    fileprivate var mix: DifficultyMix? {
        let weights = [easy, medium, hard].map { $0?.value ?? 0 }
        guard weights.reduce(0, +) > 0 else { return nil }
        return DifficultyMix(easy: weights[0], medium: weights[1], hard: weights[2])
    }
}

extension ValueType where Value == DifficultyMix {
    /// A difficulty by name, or the weights of a mix.
    static let difficulty = {
        let section = ValueType<DifficultySection>.section(DifficultySection.definition)
        let name = ValueType<Difficulty>.choice
        return ValueType(
            expectation: "easy, medium or hard, or a section of their weights",
            schema: .members(["anyOf": .array([name.schema, section.schema])]),
            sections: section.sections
        ) { node, path, decoder in
            guard case .map = node.content else {
                return name.decode(node, path, &decoder).map { DifficultyMix($0) }
            }
            guard let stated = section.decode(node, path, &decoder), decoder.isSound(path) else { return nil }
            if stated.mix == nil { decoder.report("one weight at least must be above 0", at: node.origin, path: path) }
            return stated.mix
        } encode: { mix in
            if let single = mix.single { return name.encode(single) }
            return section.encode(
                DifficultySection(easy: Stated(mix.easy), medium: Stated(mix.medium), hard: Stated(mix.hard))
            )
        }
    }()
}
