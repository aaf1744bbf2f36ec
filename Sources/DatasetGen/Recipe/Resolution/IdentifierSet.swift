/// The ids of groups, without a list of all of them.
struct IdentifierSet {
    private var numbered: [String: [(numbers: Range<Int>, group: Int)]] = [:]
    private var fixed: [String: Int] = [:]
    private var fixedNumbers: [String: [(number: Int, group: Int)]] = [:]

    /// Adds the ids of a group; the group that has one of them already, if there is one.
    mutating func insert(_ naming: SensorNaming, count: Int, ofGroup group: Int) -> Int? {
        switch naming {
        case .derived, .recorded:
            return nil
        case .fixed(let id):
            if let clash = fixed[id] { return clash }
            fixed[id] = group
            guard let (prefix, number) = Self.parts(of: id) else { return nil }
            fixedNumbers[prefix, default: []].append((number, group))
            return numbered[prefix]?.first { $0.numbers.contains(number) }?.group
        case .numbered(let prefix, let start):
            let numbers = start..<(start + count)
            let clash =
                numbered[prefix]?.first { $0.numbers.overlaps(numbers) }?.group
                ?? fixedNumbers[prefix]?.first { numbers.contains($0.number) }?.group
            numbered[prefix, default: []].append((numbers, group))
            return clash
        }
    }

    /// Prefix and number of an id such as `PREFIX_000001`; nil for an id of another form.
    private static func parts(of id: String) -> (prefix: String, number: Int)? {
        guard let mark = id.lastIndex(of: "_") else { return nil }
        let digits = id[id.index(after: mark)...]
        let isPadded = digits.count == 6 || (digits.count > 6 && digits.first != "0")
        guard isPadded, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits) else { return nil }
        return (String(id[..<mark]), number)
    }
}
