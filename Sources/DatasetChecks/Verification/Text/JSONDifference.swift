import DatasetGen

/// A place at which two JSON values differ.
struct JSONDifference {
    /// Where, such as `labels.types.spike.events`.
    let path: String
    /// What stands there, as a message shows it.
    let stored: String
    /// What should.
    let expected: String

    /// The first difference of two values; nil if they are equal.
    static func first(_ stored: JSONValue, _ expected: JSONValue) -> JSONDifference? {
        all(stored, expected, limit: 1).first
    }

    /// The differences of two values, in the order of what is expected, as many as `limit`.
    static func all(_ stored: JSONValue, _ expected: JSONValue, limit: Int = .max) -> [JSONDifference] {
        var found: [JSONDifference] = []
        collect(stored, expected, at: "", into: &found, limit)
        return found
    }

    private static func collect(
        _ stored: JSONValue?,
        _ expected: JSONValue?,
        at path: String,
        into found: inout [JSONDifference],
        _ limit: Int
    ) {
        guard stored != expected, found.count < limit else { return }
        func child(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
        switch (stored, expected) {
        case (.object(let left), .object(let right)):
            for member in right {
                collect(stored?[member.key], member.value, at: child(member.key), into: &found, limit)
            }
            for member in left where expected?[member.key] == nil {
                collect(member.value, nil, at: child(Excerpt.text(member.key)), into: &found, limit)
            }
            // The same keys with the same values: their order differs, or one is there twice.
            if found.isEmpty, left != right {
                found.append(JSONDifference(path: child("keys"), stored: names(left), expected: names(right)))
            }
        case (.array(let left), .array(let right)) where left.count == right.count:
            for index in left.indices { collect(left[index], right[index], at: child("\(index)"), into: &found, limit) }
        default:
            found.append(JSONDifference(path: path, stored: shown(stored), expected: shown(expected)))
        }
    }

    private static func names(_ members: [JSONValue.Member]) -> String {
        Excerpt.text(members.map(\.key).joined(separator: " "))
    }

    private static func shown(_ value: JSONValue?) -> String {
        switch value {
        case nil: "missing"
        case .string(let text): Excerpt.text(text)
        case .literal(let text): Excerpt.text(text)
        case .array(let elements): "a list of \(elements.count)"
        case .object: "an object"
        }
    }
}
