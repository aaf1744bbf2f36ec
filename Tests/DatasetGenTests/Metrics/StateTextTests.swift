import DatasetFormats
import DatasetGen
import Testing

/// States are texts in every format, whatever they are called.
@Suite struct StateTextTests {
    private static let states = [
        "closed", "a,b", "say \"no\"", "back\\slash", "日本", " x", String(repeating: "y", count: 48),
    ]

    private static var recipe: String {
        let shares = states.enumerated().map { "\(JSONText.quoted($0.element)): \($0.offset == 0 ? 0.4 : 0.1)" }
        return """
            dataset: {duration: 30m, seed: 3}
            replicas: {count: 5}
            simulation: {interval: 5s}
            outputs: {clean: true}
            metrics:
              temperature: {}
              door: {model: state, states: {\(shares.joined(separator: ", "))}, dwell: 10s}
              root: {formula: sqrt(temperature - 20)}
              place: {formula: door * 10}
            """
    }

    private static func block() throws -> (GenerationPlan, GeneratedBlock) {
        let plan = try GenerationPlan(yaml: recipe)
        var block = GeneratedBlock()
        var generator = BlockGenerator(plan)
        generator.generate(block: 0, into: &block)
        return (plan, block)
    }

    @Test func csvHasThemInQuotesWhereReadersNeedThem() throws {
        let (plan, block) = try Self.block()
        var encoder = CSVEncoder(
            sensors: plan.fleet.sensors,
            timestamps: .naive,
            includesCleanTwin: true,
            schema: plan.recipe.schema
        )
        var buffer = ByteBuffer()
        encoder.encode(block.readings, into: &buffer)
        let lines = String(decoding: buffer.bytes, as: UTF8.self).split(separator: "\n")
        for state in Self.states {
            let needsQuotes = state.contains { ",\"".contains($0) } || state.hasPrefix(" ")
            let field = needsQuotes ? "\"\(state.replacing("\"", with: "\"\""))\"" : state
            #expect(lines.contains { $0.contains(",\(field),") }, "\(field)")
        }
    }

    @Test func formulasTakeTheirPlaceInTheList() throws {
        let (_, block) = try Self.block()
        for row in 0..<block.readings.count where block.readings.metrics[1][row] != ReadingBlock.null {
            #expect(block.readings.metrics[3][row] == block.readings.metrics[1][row] * 1_000)
        }
        let states = Set(block.readings.metrics[1])
        #expect(states.subtracting([ReadingBlock.null]).count == Self.states.count)
    }
}

private enum JSONText {
    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
