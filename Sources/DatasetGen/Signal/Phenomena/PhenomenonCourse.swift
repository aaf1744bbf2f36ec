/// How much of a phenomenon is felt at an instant: it comes on, and goes again, as a body takes on the temperature around it.
struct PhenomenonCourse: Sendable {
    private let onset: Double
    private let recovery: Double

    /// Microseconds until it is felt in full, and from its end until nothing is felt.
    init(onset: Int64, recovery: Int64) {
        (self.onset, self.recovery) = (Double(onset), Double(recovery))
    }

    /// The part, 0…1, at some microseconds from its beginning, of one that ends at `end` from there.
    func part(_ time: Int64, end: Int64) -> Double {
        if time < 0 { return 0 }
        if time < end { return risen(Double(time)) }
        let way = Double(time - end) / recovery
        guard way < 1 else { return 0 }
        return risen(Double(end)) * (Self.exponential(way) - Self.rest) / (1 - Self.rest)
    }

    private func risen(_ time: Double) -> Double {
        let way = time / onset
        return way < 1 ? (1 - Self.exponential(way)) / (1 - Self.rest) : 1
    }

    /// Three time constants long, so that a twentieth is left, which is spread over the whole.
    private static func exponential(_ way: Double) -> Double { Elementary.exponential(-3 * way) }

    private static let rest = exponential(1)
}
