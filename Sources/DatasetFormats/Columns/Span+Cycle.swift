extension Span<Int32> {
    /// The first element, if all numbers below a count follow one another from it on, again and again.
    func cycleStart(of cycle: Int) -> Int? {
        guard !isEmpty, cycle > 1 else { return nil }
        let first = Int(self[0])
        var (index, place) = (0, first)
        while index < count {
            let length = Swift.min(cycle - place, count - index)
            var difference: Int32 = 0
            for step in 0..<length { difference |= self[index + step] ^ Int32(truncatingIfNeeded: place + step) }
            if difference != 0 { return nil }
            (index, place) = (index + length, 0)
        }
        return first
    }
}
