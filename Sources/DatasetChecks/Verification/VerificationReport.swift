public import DatasetGen

/// What a check of a dataset found.
public struct VerificationReport: Sendable {
    /// One checked file or property.
    public struct Check: Sendable {
        /// What came of it.
        public enum Outcome: Sendable {
            /// It is as it should be.
            case right
            /// It is not as it should be.
            case wrong
            /// It was not checked, or is nothing that can be wrong.
            case note
        }

        /// What was checked, such as a file's name.
        public let subject: String
        /// What is right about it, or what is wrong.
        public let finding: String
        /// What came of it.
        public let outcome: Outcome

        /// Whether nothing is wrong with it.
        public var isRight: Bool { outcome != .wrong }
    }

    /// All checks, in the order they were made.
    public private(set) var checks: [Check] = []

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
                        "checked": .literal(check.outcome == .note ? "false" : "true"),
                        "finding": .string(check.finding),
                    ]
                }
            ),
        ]
    }

    /// Adds what is right about a subject.
    mutating func add(_ subject: String, right finding: String) {
        checks.append(Check(subject: subject, finding: finding, outcome: .right))
    }

    /// Adds something that is wrong with a subject.
    mutating func add(_ subject: String, wrong finding: String) {
        checks.append(Check(subject: subject, finding: finding, outcome: .wrong))
    }

    /// Adds something that is to be known of a subject.
    mutating func add(_ subject: String, note finding: String) {
        checks.append(Check(subject: subject, finding: finding, outcome: .note))
    }

    /// Adds one check: each problem, or what is right if there is none.
    mutating func add(_ subject: String, right: String, problems: Problems...) {
        let lines = problems.flatMap(\.lines)
        if lines.isEmpty { add(subject, right: right) }
        for line in lines { add(subject, wrong: line) }
    }

    /// Adds the checks of another report, but for what is said already.
    mutating func add(_ other: VerificationReport) {
        var said = Set(checks.map { [$0.subject, $0.finding] })
        for check in other.checks where said.insert([check.subject, check.finding]).inserted { checks.append(check) }
    }
}
