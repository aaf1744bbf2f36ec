import DatasetGen
import Testing

@Suite("The section phenomena")
struct PhenomenonSectionTests {
    private static func item(_ keys: String, climate: String = "city") -> String {
        "climate: \(climate)\nsensor: {location: Oslo}\nphenomena:\n  - {\(keys)}\n"
    }

    @Test("fills in what is usual for rain, fog, sun and others")
    func defaults() throws {
        let items = ["rain", "fog", "sun"].map { "  - {phenomenon: \($0), every: 2d}\n" }.joined()
        let door = "  - {phenomenon: door, every: 1d, duration: 5m, metrics: {voltage: 12}, share: 0.5, only: X}\n"
        let recipe = try readRecipe("climate: city\nsensor: {location: Oslo}\nphenomena:\n\(items)\(door)")
        let minute: Int64 = 60_000_000
        #expect(recipe.phenomena.map(\.name) == ["rain", "fog", "sun", "door"])
        #expect(recipe.phenomena.map(\.duration.upperBound) == [180, 360, 90, 5].map { $0 * minute })
        #expect(recipe.phenomena.map(\.recovery) == [40, 60, 25, 10].map { $0 * minute })
        #expect(recipe.phenomena[3].share == 0.5 && recipe.phenomena[3].only == ["X"])
    }

    @Test(
        "refuses what cannot be had, at its place",
        arguments: [
            ("every: 1d", "4:5: phenomena.0: the key phenomenon is missing"),
            ("phenomenon: rain", "phenomena.0: the key every is missing"),
            (
                "phenomenon: Rain, every: 1d",
                "phenomena.0.phenomenon: expected rain, fog, sun, or a name of up to 32 small letters, digits and `_`, a letter "
                    + "first, such as door, found Rain"
            ),
            (
                "phenomenon: door, every: 1d, duration: 5m",
                "phenomena.0: metrics is missing: which metrics door changes, and towards what"
            ),
            (
                "phenomenon: door, every: 1d, metrics: {voltage: 12}",
                "phenomena.0: duration is missing: how long door lasts"
            ),
            (
                "phenomenon: rain, every: 1d, metrics: {voltage: 12}",
                "phenomena.0.metrics: means nothing to rain, whose effects are its own; give another name"
            ),
            (
                "phenomenon: rain, every: 1d, share: 0.5",
                "phenomena.0.share: means nothing to rain, which comes to all sensors of a city"
            ),
            (
                "phenomenon: door, every: 1d, duration: 0.5s, metrics: {voltage: 12}",
                "phenomena.0.duration: a phenomenon lasts for a second or more"
            ),
            (
                "phenomenon: door, every: 1d, duration: [5m, 1m], metrics: {voltage: 12}",
                "phenomena.0.duration: 5m is more than 1m"
            ),
            ("phenomenon: fog, every: 20h", "phenomena.0.every: fog comes at most once a day; give 1d or more"),
            (
                "phenomenon: fog, every: 2d, duration: 18h",
                "phenomena.0.duration: fog and its recovery last up to 19h; at most 18h is possible"
            ),
            (
                "phenomenon: rain, every: 5h",
                "phenomena.0.every: rain and its recovery last up to 3h40m; at most 2h30m is possible, half of every"
            ),
            (
                "phenomenon: door, every: 1d, duration: 5m, metrics: {humidity: 101}",
                "phenomena.0.metrics.humidity: beyond what a healthy humidity can be here, 0 to 100"
            ),
            (
                "phenomenon: door, every: 1d, duration: 5m, metrics: {voltage: 2}",
                "phenomena.0.metrics.voltage: beyond what a healthy voltage can be here, 11 to 13"
            ),
            (
                "phenomenon: door, every: 1d, duration: 5m, metrics: {light: 2}",
                "phenomena.0.metrics.light: expected one of temperature, humidity, pressure, voltage, found light"
            ),
            (
                "phenomenon: sun, every: 2d}\n  - {phenomenon: sun, every: 3d",
                "5:6: phenomena.1.phenomenon: sun stands twice; each phenomenon has a name of its own"
            ),
        ]
    )
    func refusals(keys: String, message: String) {
        let found = complaints(Self.item(keys))
        #expect(found.count == 1 && found[0].contains(message), "\(found)")
    }

    @Test("has no weather without a climate, and changes nothing that is not measured")
    func others() {
        let rain = complaints(Self.item("phenomenon: rain, every: 1d", climate: "normal_parameters"))
        #expect(rain.count == 1 && rain[0].hasSuffix("follow climate: city, which no sensor has"), "\(rain)")
        let state = "metrics: {gate: {model: state, states: {shut: 0.9, open: 0.1}}}\n"
        let gate = complaints(state + Self.item("phenomenon: door, every: 1d, duration: 5m, metrics: {gate: 1}"))
        #expect(
            gate.count == 1 && gate[0].contains("phenomena.0.metrics.gate: gate is state; a phenomenon changes"),
            "\(gate)"
        )
    }

    @Test("says only that bounds exclude each other where they do")
    func boundsThatExcludeEachOther() {
        let door = Self.item("phenomenon: door, every: 1d, duration: 5m, metrics: {voltage: 2}")
        let found = complaints("normal_parameters: {voltage: {max: 1}}\n" + door)
        #expect(
            found.count == 1 && found[0].contains("normal_parameters.voltage.max: mean 12 is not below max 1"),
            "\(found)"
        )
    }

    @Test("is held against the groups that have it, not against others")
    func groups() {
        func recipe(_ only: String) -> String {
            """
            fleet:
              - {prefix: GREEN, count: 2, normal_parameters: {temperature: {mean: 26, min: 20, max: 35}}}
              - {prefix: COLD, normal_parameters: {temperature: {mean: 4, min: 2, max: 6}}}
            phenomena:
              - {phenomenon: door, every: 1d, duration: 5m, metrics: {temperature: 30}\(only)}
            """
        }
        #expect(complaints(recipe(", only: GREEN")).isEmpty)
        for only in ["", ", only: COLD"] {
            let found = complaints(recipe(only))
            #expect(
                found.count == 1 && found[0].hasSuffix("beyond what a healthy temperature can be here, 2 to 6"),
                "\(found)"
            )
        }
    }
}
