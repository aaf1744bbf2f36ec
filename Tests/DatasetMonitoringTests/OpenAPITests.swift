import DatasetGen
import DatasetMonitoring
import Testing
import synthetic_monitor

/// The description is true.
@Suite struct OpenAPITests {
    @Test func itsPathsAreTheRoutes() async throws {
        try await Served.run {
            $0.healthPath = "/live"
        } test: { server in
            let description = try await server.ask("/openapi.json").json
            #expect(description["openapi"] == "3.1.0")
            let described = try #require(description["paths"]).members.map(\.key)
            let routes = try #require(try await server.ask("/nowhere").json["message"]?.stringValue)
            #expect(routes == "there is nothing here; there is " + described.joined(separator: ", "))
            for path in described {
                #expect(try await server.ask(path).status == 200, "\(path)")
                #expect(try await server.ask(path, method: "POST").status == 405, "\(path)")
            }
        }
    }

    @Test(arguments: [nil, 6])
    func answersHaveTheKeysThatItsSchemasRequire(metrics: Int?) async throws {
        var run = SyntheticRun()
        if let metrics { run.schema = try .synthetic(metrics) }
        try await Served.run(run) { server in
            let paths = try #require(try await server.ask("/openapi.json").json["paths"])
            for (path, item) in paths.members.map({ ($0.key, $0.value) }) {
                let content = item["get"]?["responses"]?["200"]?["content"]?["application/json"]
                guard let schema = content?["schema"] else { continue }
                let answer = try await server.ask(path).json
                for problem in Self.problems(of: answer, under: schema, at: path) { Issue.record("\(problem)") }
            }
        }
    }

    @Test func itsParametersAreTaken() async throws {
        try await Served.run { server in
            let paths = try #require(try await server.ask("/openapi.json").json["paths"])
            let values = [
                "sensor": "LOAD_000001", "limit": "1000", "after": "0", "q": "load", "metric": "pressure", "step": "60",
                "columns": "3", "since": "2026-01-01", "from": "2026-01-01", "to": "2099-01-01T00:00:00Z",
                "points": "10",
            ]
            var taken = 0
            for path in paths.members {
                for parameter in path.value["get"]?["parameters"]?.elements ?? [] {
                    let name = try #require(parameter["name"]?.stringValue)
                    #expect(try await server.ask("\(path.key)?\(name)=\(try #require(values[name]))").status == 200)
                    taken += 1
                }
            }
            #expect(taken == 14)
        }
    }

    /// What a JSON Schema forbids of a value; of the keywords, those that the description uses.
    private static func problems(of value: JSONValue, under schema: JSONValue, at place: String) -> [String] {
        if let choices = schema["anyOf"]?.elements {
            let fits = choices.contains { problems(of: value, under: $0, at: place).isEmpty }
            return fits ? [] : ["\(place): \(value.compactText) fits no choice"]
        }
        switch (schema["type"]?.stringValue, value) {
        case ("object", .object):
            let missing = (schema["required"]?.elements ?? []).compactMap(\.stringValue).filter { value[$0] == nil }
            return missing.map { "\(place): no \($0)" }
                + value.members.flatMap { member -> [String] in
                    let inner = schema["properties"]?[member.key] ?? schema["additionalProperties"]
                    if inner == nil, schema["properties"] != nil { return ["\(place): \(member.key) is not described"] }
                    return inner.map { problems(of: member.value, under: $0, at: "\(place).\(member.key)") } ?? []
                }
        case ("array", .array(let elements)):
            return elements.flatMap { problems(of: $0, under: schema["items"] ?? [:], at: "\(place)[]") }
        case ("string", .string), ("null", .literal("null")):
            return []
        case ("boolean", .literal(let text)) where ["true", "false"].contains(text):
            return []
        case ("integer", _) where value.integerValue != nil, ("number", _) where value.doubleValue != nil:
            return []
        default:
            return ["\(place): \(value.compactText) is no \(schema["type"]?.stringValue ?? "?")"]
        }
    }
}
