/// Addresses and names of machines as text.
package enum NetworkHost {
    /// Whether this is an IPv4 address of four decimal numbers.
    package static func isIPv4(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(isDigit)
                    && Int(part).map { $0 <= 255 } == true
            }
    }

    /// Whether this is an IPv6 address without brackets (RFC 4291, section 2.2); a zone may follow, as in `fe80::1%eth0`.
    package static func isIPv6(_ text: String) -> Bool {
        let address = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = address.first, address.count == 1 || !address[1].isEmpty else { return false }
        let halves = String(first).replacing("::", with: "\n", maxReplacements: 1)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let groups = halves.enumerated().map { groupCount(of: $1, mayEndInIPv4: $0 == halves.count - 1) }
        guard groups.allSatisfy({ $0 != nil }) else { return false }
        let total = groups.reduce(0) { $0 + ($1 ?? 0) }
        return halves.count == 2 ? total <= 7 : total == 8
    }

    /// Whether this is a name of a machine: labels of letters, digits, `-` and `_`, not all digits in the last.
    package static func isName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, let last = labels.last, !last.utf8.allSatisfy(isDigit) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy {
                    isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                }
        }
    }

    /// How many groups of 16 bits a part of an IPv6 address has; nil if it is none.
    private static func groupCount(of text: Substring, mayEndInIPv4: Bool) -> Int? {
        if text.isEmpty { return 0 }
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        var count = 0
        for (index, group) in groups.enumerated() {
            if mayEndInIPv4, index == groups.count - 1, isIPv4(String(group)) {
                count += 2
            } else if (1...4).contains(group.utf8.count), group.utf8.allSatisfy(isHexadecimal) {
                count += 1
            } else {
                return nil
            }
        }
        return count
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
