import DatasetGen
import Testing

@Suite("The section incidents")
struct IncidentSectionTests {
    private static func item(_ keys: String) -> String {
        "simulation: {interval: 1m}\nincidents:\n  - {\(keys)}\n"
    }

    @Test("has defaults, and comes back from the resolved recipe")
    func roundTrip() throws {
        let recipe = try readRecipe(
            Self.item("cause: power, every: 7d, duration: [20m, 4h], effect: {missing_data: {modes: [omit, stuck]}}")
                + "  - {cause: rollout, scope: firmware_version, only: 1.4, at: [0s, 1d], duration: 1h, spread: 5m, share: 0.5, "
                + "effect: {trend: {shape: plateau, magnitude: [3, 5], metrics: pressure}}}\n"
        )
        let (power, rollout) = (recipe.incidents[0], recipe.incidents[1])
        #expect(power.scope == .fleet && power.share == 1 && power.spread == 0 && power.only == [])
        #expect(power.timing == .every(7 * 86_400_000_000) && power.effect.missingModes == [.omit, .stuck])
        #expect(
            rollout.timing == .at([0, 86_400_000_000]) && rollout.only == ["1.4"]
                && rollout.effect.metrics == [.pressure]
        )
        #expect(rollout.effect.duration == 3_600_000_000...3_600_000_000 && rollout.effect.shapes == [.plateau])
        #expect(try readRecipe(RecipeWriter.text(of: recipe)) == recipe)
    }

    @Test(
        "refuses what makes no sense",
        arguments: [
            ("every: 1d, duration: 1h, effect: {noise: {}}", "3:5: incidents.0: the key cause is missing"),
            (
                "cause: Power, every: 1d, duration: 1h, effect: {noise: {}}",
                "incidents.0.cause: expected a name of up to 32 small letters, digits and `_`, a letter first, such as power, found Power"
            ),
            ("cause: p, duration: 1h, effect: {noise: {}}", "incidents.0: every or at is missing: when incidents come"),
            (
                "cause: p, every: 1d, at: [1h], duration: 1h, effect: {noise: {}}",
                "incidents.0.at: cannot be given together with every"
            ),
            ("cause: p, at: [2h, 1h], duration: 1h, effect: {noise: {}}", "incidents.0.at.1: the offsets must rise"),
            ("cause: p, every: 1d, effect: {noise: {}}", "incidents.0: the key duration is missing"),
            (
                "cause: p, every: 1d, duration: 11h, spread: 2h, effect: {noise: {}}",
                "incidents.0.duration: with spread longer than half of every: at most 12h is possible"
            ),
            (
                "cause: p, every: 1d, duration: 30s, effect: {noise: {}}",
                "incidents.0.duration: shorter than the time between two readings, 1m"
            ),
            (
                "cause: p, every: 1d, duration: 1h, effect: {noise: {}, spike: {}}",
                "incidents.0.effect: an incident has one effect, not 2; one of spike, trend, pattern, missing_data, noise"
            ),
            (
                "cause: p, every: 1d, duration: 1h, effect: {}",
                "incidents.0.effect: an incident has one effect, not 0; one of spike, trend, pattern, missing_data, noise"
            ),
            (
                "cause: p, every: 1d, duration: 1h, effect: {noise: {duration: 1h}}",
                "incidents.0.effect.noise.duration: the incident itself says how often it comes and how long it lasts"
            ),
            (
                "cause: p, only: [A], every: 1d, duration: 1h, effect: {noise: {}}",
                "incidents.0.only: means nothing in the scope fleet, which is all sensors"
            ),
            (
                "cause: p, every: 1d, duration: 1h, effect: {noise: {}}}\n  - {cause: p, every: 2d, duration: 1h, effect: {spike: {}}",
                "4:6: incidents.1.cause: p stands twice; each cause has a name of its own"
            ),
            ("cause: p, scope: town, every: 1d, duration: 1h, effect: {noise: {}}", "found town"),
        ]
    )
    func refusals(keys: String, message: String) {
        let found = complaints(Self.item(keys))
        #expect(found.count == 1 && found[0].hasSuffix(message), "\(found)")
    }

    @Test("has no place beside a recording, and none for metrics that are not measured")
    func others() {
        let states = "metrics: {door: {model: state, states: {shut: 0.9, open: 0.1}}}\n"
        let found = complaints(
            states
                + Self.item("cause: p, every: 1d, duration: 1h, effect: {noise: {}}")
                .replacing("1m}", with: "1m}\nanomalies: {enabled: false}")
        )
        #expect(found.count == 1 && found[0].contains("none of the recipe's metrics is a measured number"), "\(found)")
    }
}
