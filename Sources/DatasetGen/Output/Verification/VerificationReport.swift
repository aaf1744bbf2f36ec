/// What a check of a dataset found.
public struct VerificationReport: Sendable {
    /// One checked file or property.
    public struct Check: Sendable {
        /// What was checked, such as a file's name.
        public let subject: String
        /// What is right about it, or what is wrong.
        public let finding: String
        /// Whether it is as the manifest says.
        public let isRight: Bool
    }

    /// All checks, in the order they were made.
    public internal(set) var checks: [Check] = []

    /// Whether the dataset is what its manifest says.
    public var isRight: Bool { checks.allSatisfy(\.isRight) }

    /// The report as JSON.
    public var json: JSONValue {
        [
            "ok": .literal(isRight ? "true" : "false"),
            "checks": .array(
                checks.map { check in
                    [
                        "subject": .string(check.subject), "ok": .literal(check.isRight ? "true" : "false"),
                        "finding": .string(check.finding),
                    ]
                }
            ),
        ]
    }

    mutating func add(_ subject: String, _ finding: String, isRight: Bool) {
        checks.append(Check(subject: subject, finding: finding, isRight: isRight))
    }

    /// Adds one check of several aspects: right if there are no problems.
    mutating func add(_ subject: String, right: String, problems: [String]) {
        add(subject, problems.isEmpty ? right : problems.joined(separator: "; "), isRight: problems.isEmpty)
    }
}
