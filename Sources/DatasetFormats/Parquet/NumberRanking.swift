/// The places of numbers among the different ones that there are, in their order; the scratch memory of one worker.
struct NumberRanking {
    /// The different numbers, in their order.
    private(set) var keys: [UInt64] = []
    private var (entries, sorted): ([Entry], [Entry]) = ([], [])

    /// A number, and where it stands.
    private struct Entry {
        let key: UInt64
        let index: Int
    }

    /// The place of each number among them; that of nil is NULL.
    ///
    /// - Complexity: O(numbers): they are sorted byte by byte, the least significant first, without those bytes that are
    ///   the same in all.
    mutating func codes(of numbers: [UInt64?]) -> [UInt32] {
        entries.removeAll(keepingCapacity: true)
        for index in numbers.indices {
            if let key = numbers[index] { entries.append(Entry(key: key, index: index)) }
        }
        for byte in 0..<UInt64(8) { sort(by: 8 * byte) }
        var codes = [UInt32](repeating: CodeRanks.null, count: numbers.count)
        keys.removeAll(keepingCapacity: true)
        for entry in entries {
            if keys.last != entry.key { keys.append(entry.key) }
            codes[entry.index] = UInt32(truncatingIfNeeded: keys.count - 1)
        }
        return codes
    }

    /// Sorts by eight bits, and keeps the order of those whose bits are equal.
    private mutating func sort(by shift: UInt64) {
        guard let first = entries.first else { return }
        var starts = [Int](repeating: 0, count: 257)
        for entry in entries { starts[Int(entry.key >> shift & 0xff) + 1] += 1 }
        if starts[Int(first.key >> shift & 0xff) + 1] == entries.count { return }
        for byte in 1...256 { starts[byte] += starts[byte - 1] }
        sorted.removeAll(keepingCapacity: true)
        sorted.append(contentsOf: entries)
        for entry in entries {
            let byte = Int(entry.key >> shift & 0xff)
            sorted[starts[byte]] = entry
            starts[byte] += 1
        }
        swap(&entries, &sorted)
    }

    // MARK: - Numbers with a point

    private static let sign: UInt64 = 1 << 63

    /// A number that is the greater the greater another is.
    static func key(of number: Double) -> UInt64 {
        let bits = number.bitPattern
        return bits & sign == 0 ? bits | sign : ~bits
    }

    /// The number of a key.
    static func double(_ key: UInt64) -> Double { Double(bitPattern: key & sign == 0 ? ~key : key & ~sign) }
}
