/// A firmware version: SemVer 2.0, and the short forms `1.4` and `2`.
public struct FirmwareVersion: Hashable, Sendable {
    /// The text as the recipe has it.
    public let text: String
    /// The first number.
    public let major: Int
    /// Whether there is a pre-release part, such as `-beta.2`.
    public let isPrerelease: Bool

    /// Nil if the text is not a version.
    ///
    /// Source: semver.org, version 2.0.0, items 2, 9 and 10.
    public init?(_ text: String) {
        self.text = text
        let withoutBuild = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = withoutBuild[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let core = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(Self.number)
        guard (1...3).contains(core.count), let major = core[0], core.allSatisfy({ $0 != nil }) else { return nil }
        guard parts.count == 1 || Self.areIdentifiers(parts[1], numbersMayPad: false),
            withoutBuild.count == 1 || Self.areIdentifiers(withoutBuild[1], numbersMayPad: true)
        else { return nil }
        self.major = major
        isPrerelease = parts.count == 2
    }

    private static func number(_ text: Substring) -> Int? {
        guard isNumeric(text), text.count == 1 || text.first != "0" else { return nil }
        return Int(text)
    }

    private static func areIdentifiers(_ text: Substring, numbersMayPad: Bool) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false)
            .allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
                    && (numbersMayPad || !isNumeric(part) || number(part) != nil)
            }
    }

    private static func isNumeric(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
    }
}
