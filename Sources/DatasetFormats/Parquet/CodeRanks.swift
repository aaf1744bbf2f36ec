/// Which codes of a column are in use, and the place of each among them: a dictionary's entries, sorted without a hash.
struct CodeRanks {
    /// The codes in use, in their order, once they are counted.
    private(set) var codes: [UInt32] = []
    /// By code: whether it is in use, and once they are counted its place.
    private var places: [UInt32] = []

    /// Codes beyond which a table of them is not worth its memory.
    static let limit = 1 << 22

    /// The code of NULL, and its place.
    static let null = ColumnDomain.null

    /// Begins with codes below a number, none of which is in use.
    mutating func reset(below count: Int) {
        places.refill(with: 0, count: count)
        codes.removeAll(keepingCapacity: true)
    }

    /// Counts the codes in use.
    mutating func count() -> Int {
        // Moved out and back, so that codes can be appended meanwhile.
        var used = self.codes
        self.codes = []
        var places = places.mutableSpan
        for code in places.indices where places[code] != 0 {
            places[code] = UInt32(truncatingIfNeeded: used.count)
            used.append(UInt32(truncatingIfNeeded: code))
        }
        self.codes = used
        return used.count
    }

    // MARK: - Codes

    /// Takes note of a code.
    mutating func note(_ code: UInt32) {
        if code != Self.null { places[Int(code)] = 1 }
    }

    /// Takes note of codes.
    mutating func note(_ codes: [UInt32]) {
        let codes = codes.span
        var places = places.mutableSpan
        for index in codes.indices where codes[index] != Self.null { places[Int(codes[index])] = 1 }
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
        var places = places.mutableSpan
        for index in counts.indices where counts[index] != .min {
            places[Int(UInt32(bitPattern: counts[index] &- least))] = 1
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
