/// Which codes of a column are in use, and the place of each among them: a dictionary's entries, sorted without a hash.
struct CodeRanks {
    /// The codes in use, in their order, once they are counted.
    private(set) var codes: [UInt32] = []
    /// By code: 1 if it is in use, else 0.
    private var isUsed: [UInt8] = []
    /// By code, once they are counted: its place if it is in use.
    private var places: [UInt32] = []

    /// Codes beyond which a table of them is not worth its memory.
    static let limit = 1 << 22

    /// The code of NULL, and its place.
    static let null = ColumnDomain.null

    /// Begins with codes below a number, none of which is in use.
    mutating func reset(below count: Int) {
        isUsed.refill(with: 0, count: count)
        codes.removeAll(keepingCapacity: true)
    }

    /// Counts the codes in use.
    mutating func count() -> Int {
        let limit = isUsed.count
        codes.refill(with: 0, count: limit + 1)
        if places.count < limit { places.refill(with: 0, count: limit) }
        let count = Self.list(isUsed, &codes, &places)
        codes.removeLast(limit + 1 - count)
        return count
    }

    /// Lists the codes in use, and gives each its place; returns how many there are.
    private static func list(_ isUsed: [UInt8], _ codes: inout [UInt32], _ places: inout [UInt32]) -> Int {
        let isUsed = isUsed.span
        var codes = codes.mutableSpan
        var places = places.mutableSpan
        // Without branches, as no one knows which codes are in use: one that is not is written over by the next.
        var count = 0
        for code in isUsed.indices {
            codes[count] = UInt32(truncatingIfNeeded: code)
            places[code] = UInt32(truncatingIfNeeded: count)
            count &+= Int(isUsed[code])
        }
        return count
    }

    // MARK: - Codes

    /// Takes note of a code.
    mutating func note(_ code: UInt32) {
        if code != Self.null { isUsed[Int(code)] = 1 }
    }

    /// Takes note of codes.
    mutating func note(_ codes: [UInt32]) {
        let codes = codes.span
        var isUsed = isUsed.mutableSpan
        for index in codes.indices where codes[index] != Self.null { isUsed[Int(codes[index])] = 1 }
    }

    /// The place of a code.
    func place(of code: UInt32) -> UInt32 { code == Self.null ? Self.null : places[Int(code)] }

    /// Replaces places by those of some of the codes.
    func take(_ codes: [UInt32], _ rows: Range<Int>, into result: inout [UInt32]) {
        let (codes, places) = (codes.span.extracting(rows), places.span)
        result.removeAll(keepingCapacity: true)
        result.append(addingCapacity: codes.count) { result in
            for index in codes.indices {
                let code = codes[index]
                result.append(code == Self.null ? code : places[Int(code)])
            }
        }
    }

    // MARK: - Counts

    /// Takes note of the counts of a metric above the least of them.
    mutating func note(_ counts: Span<Int32>, above least: Int32) {
        var isUsed = isUsed.mutableSpan
        for index in counts.indices where counts[index] != .min {
            isUsed[Int(UInt32(bitPattern: counts[index] &- least))] = 1
        }
    }

    /// Packs the places of the counts of a metric above the least of them, none of which is NULL.
    func pack(_ counts: Span<Int32>, above least: Int32, width: Int, to writer: inout ByteWriter) {
        let places = places.span
        BitPacking.append(counts.count, width: width, to: &writer) {
            UInt64(places[Int(UInt32(bitPattern: counts[$0] &- least))])
        }
    }

    /// Replaces places by those of the counts of a metric above the least of them.
    func take(_ counts: Span<Int32>, above least: Int32, into result: inout [UInt32]) {
        let places = places.span
        result.removeAll(keepingCapacity: true)
        result.append(addingCapacity: counts.count) { result in
            for index in counts.indices {
                let count = counts[index]
                result.append(count == .min ? Self.null : places[Int(UInt32(bitPattern: count &- least))])
            }
        }
    }
}

extension Array where Element: FixedWidthInteger {
    /// Replaces the elements by so many equal ones, in the same storage.
    ///
    /// Here, and not beside those that do the like for all arrays, so that the compiler knows the element.
    mutating func refill(with element: Element, count: Int) {
        removeAll(keepingCapacity: true)
        append(contentsOf: repeatElement(element, count: count))
    }
}
