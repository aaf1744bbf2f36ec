import DatasetGen
import Testing

@Suite("Words and whole numbers")
struct RecipeGrammarTests {
    /// What a recipe, an option and a variable say, which must be the same.
    private func enabled(_ word: String) -> [Bool?] {
        [
            try? readRecipe("monitoring: {enabled: \(word)}"),
            try? readRecipe("", overrides: [.set("monitoring.enabled=\(word)")]),
            try? readRecipe("", environment: ["MONITORING_ENABLED": word]),
        ]
        .map { $0?.live.monitoring.isEnabled }
    }

    @Test("truth has the same spellings in files, options and variables")
    func truth() {
        for (word, value) in [
            ("yes", true), ("on", true), ("true", true), ("no", false), ("off", false), ("false", false),
        ] {
            for spelling in [word, word.prefix(1).uppercased() + word.dropFirst(), word.uppercased()] {
                #expect(enabled(spelling) == [value, value, value], "\(spelling)")
            }
        }
        #expect(enabled("1") == [true, true, true])
        #expect(enabled("0") == [false, false, false])
        for word in ["y", "N", "tRue", "enabled", "2", "01"] { #expect(enabled(word) == [nil, nil, nil], "\(word)") }
    }

    @Test("outputs are turned on and off by any of the words", arguments: ["No", "OFF", "false", "0"])
    func outputs(word: String) throws {
        #expect(try readRecipe("outputs: {csv: \(word), jsonl: YES}").outputs.map(\.format) == [.jsonl])
    }

    @Test(
        "whole numbers may have an exponent or a point, for seeds as for counts",
        arguments: ["1000000", "1e6", "1E+06", "1.0e6", "1000000.0", "+1000000", "10000000e-1"]
    )
    func whole(text: String) throws {
        #expect(try readRecipe("dataset: {seed: \(text)}").seed == 1_000_000)
        #expect(try readRecipe("", overrides: [.seed(text)]).seed == 1_000_000)
        #expect(try readRecipe("replicas: {count: \(text)}").sensorCount == 1_000_000)
    }

    @Test("all 64 bits of a seed are exact, however it is written")
    func exact() throws {
        let seeds: [UInt64] = [.max, .max - 1, 1 << 63, (1 << 53) + 1]
        for seed in seeds {
            let digits = String(seed)
            let exponent = digits.prefix(1) + "." + digits.dropFirst() + "e\(digits.count - 1)"
            for text in [digits, exponent, digits + ".0", digits + "0e-1"] {
                #expect(try readRecipe("dataset: {seed: \(text)}").seed == seed, "\(text)")
            }
        }
    }

    @Test("what is not whole, or too large, is refused")
    func refused() {
        let expected = "expected a whole number from 0 to 18446744073709551615"
        for text in ["1.5", "1e-1", "0.1e0", "one", "0x10", "1_000", "1e", "\"5\""] {
            let found = complaints("dataset: {seed: \(text)}")
            #expect(found.count == 1 && found[0].contains(expected), "\(found)")
        }
        for text in ["18446744073709551616", "1.8446744073709551616e19", "1e20", "1e999999999999", "-1", "-1e0"] {
            let found = complaints("dataset: {seed: \(text)}")
            #expect(found.count == 1 && found[0].contains("is not between 0 and"), "\(found)")
        }
        for text in ["1e-9223372036854775808", "1e9223372036854775807"] {
            #expect(complaints("simulation: {interval: \(text)}").count == 1)
            #expect(complaints("dataset: {duration: \(text)}").count == 1)
        }
    }

    @Test("a fleet has no more groups, and a recipe no more phases, than can be looked through")
    func limits() {
        let groups = Array(repeating: "{}", count: 10_001).joined(separator: ",")
        #expect(
            complaints("fleet: [\(groups)]")
                == ["recipe.yaml:1:1: fleet: the list has 10,001 groups; at most 10,000 are possible"]
        )
        let phases = (0...1_000).map { "{at: \($0)s, probability: 0.1}" }.joined(separator: ",")
        #expect(
            complaints("anomalies: {phases: [\(phases)]}")
                == ["recipe.yaml:1:13: anomalies.phases: the list has 1,001 phases; at most 1,000 are possible"]
        )
    }
}
