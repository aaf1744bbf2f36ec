import DatasetGen

/// Ids of sensors with commas between, in which `*` stands for any letters and `?` for any letter.
struct SensorPatterns {
    private let patterns: [String]

    init(_ list: String) {
        patterns = list.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
    }

    /// Whether one of them says nothing.
    var hasEmpty: Bool { patterns.contains("") }

    /// The sensors whose ids are meant, by their indices in the fleet.
    ///
    /// - Throws: `RecipeErrors` when one of the patterns means none.
    func sensors(of fleet: Fleet) throws(RecipeErrors) -> [Int] {
        var wanted: Set<Int> = []
        var places: [String: Int]?
        for pattern in patterns {
            let isExact = !pattern.contains { $0 == "*" || $0 == "?" }
            var found: [Int] = []
            if isExact {
                let known = places ?? Dictionary(fleet.sensors.map { ($0.id, $0.index) }) { first, _ in first }
                places = known
                found = known[pattern].map { [$0] } ?? []
            } else {
                let scalars = Array(pattern.unicodeScalars)
                found = fleet.sensors.indices.filter { Self.matches(fleet.sensors[$0].id, scalars) }
            }
            guard !found.isEmpty else { throw Self.error(pattern, isExact, fleet) }
            wanted.formUnion(found)
        }
        return wanted.sorted()
    }

    private static func error(_ pattern: String, _ isExact: Bool, _ fleet: Fleet) -> RecipeErrors {
        let candidates = fleet.sensors.prefix(suggestionLimit).lazy.map(\.id)
        let nearest = isExact ? Suggestion.nearest(to: pattern, among: candidates) : nil
        let hint = nearest.map { "did you mean \($0)?" } ?? "the first one is \(fleet.sensors.first?.id ?? "")"
        return RecipeErrors([
            RecipeDiagnostic(
                origin: .option("--only-sensors"),
                keyPath: "",
                message: "no sensor is called \(pattern.quoted); \(hint)"
            )
        ])
    }

    /// Among more sensors no similar name is looked for.
    private static let suggestionLimit = 10_000

    /// Whether a whole text is what a pattern says.
    ///
    /// - Complexity: O(*text* · *pattern*): behind a mismatch only the last `*` takes more.
    private static func matches(_ text: String, _ pattern: [Unicode.Scalar]) -> Bool {
        let text = Array(text.unicodeScalars)
        var (place, next) = (0, 0)
        var star: (next: Int, place: Int)?
        while place < text.count {
            if next < pattern.count, pattern[next] == "*" {
                star = (next, place)
                next += 1
            } else if next < pattern.count, pattern[next] == "?" || pattern[next] == text[place] {
                (place, next) = (place + 1, next + 1)
            } else if let last = star {
                star = (last.next, last.place + 1)
                (place, next) = (last.place + 1, last.next + 1)
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == "*" }
    }
}
