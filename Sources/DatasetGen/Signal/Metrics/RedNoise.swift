/// Red noise of variance 1: a sum of octaves, each of them lattice noise of a period of its own, the short ones larger at
/// some times than at others.
package struct RedNoise: Hashable, Sendable {
    /// Lattice noise of one period.
    package struct Octave: Hashable, Sendable {
        /// Microseconds.
        package var period: Int64
        /// Its part of the variance.
        package var share: Double

        /// An octave.
        package init(period: Int64, share: Double) { (self.period, self.share) = (period, share) }
    }

    /// How much the size of short octaves varies.
    package struct Volatility: Hashable, Sendable {
        /// The standard deviation of the logarithm of their size.
        package var size: Double
        /// Microseconds in which the size changes at the slowest; octaves that are no longer than that have it.
        package var period: Int64

        /// A volatility.
        package init(size: Double, period: Int64) { (self.size, self.period) = (size, period) }
    }

    /// The octaves, whose shares add up to 1 within ``tolerance``.
    package let octaves: [Octave]
    /// Microseconds of the longest octave of three usual ones; nil for octaves of a recipe's own.
    package let longest: Int64?
    /// How the size of short octaves varies; nil where it does not.
    package let volatility: Volatility?
    /// The octaves of one size at all times.
    let steady: [Part]
    /// The octaves whose size varies.
    let volatile: [Part]
    /// The octaves of the logarithm of the size, of variance 1 together.
    let sizes: [Part]

    /// A lattice as it is computed: how large it is, and where its random numbers come from.
    struct Part: Hashable {
        let period: Int64
        /// Microseconds by which its points are later.
        var offset: Int64 = 0
        /// Standard deviation.
        let amplitude: Double
        /// The number of the stream of its deviates.
        let stream: UInt64
    }

    /// By how much shares may differ from 1 together; they are brought to it.
    package static let tolerance = 0.005
    /// How many octaves there may be.
    package static let octaveLimit = 16
    /// Of the usual octaves: by what the period is divided, and the standard deviation.
    static let usual: [(divisor: Int64, share: Double, amplitude: Double)] = [
        (1, 0.6, 0.6.squareRoot()), (3, 0.3, 0.3.squareRoot()), (9, 0.1, 0.1.squareRoot()),
    ]

    /// Red noise of a longest period P: octaves of P, P/3 and P/9.
    package init(period: Int64, volatility: Volatility? = nil) {
        let octaves = Self.usual.map { Octave(period: max(1, period / $0.divisor), share: $0.share) }
        self.init(octaves, Self.usual.map(\.amplitude), longest: period, volatility)
    }

    /// Red noise of some octaves.
    package init(octaves: [Octave], volatility: Volatility? = nil) {
        let sum = octaves.reduce(0) { $0 + $1.share }
        self.init(octaves, octaves.map { ($0.share / sum).squareRoot() }, longest: nil, volatility)
    }

    private init(_ octaves: [Octave], _ amplitudes: [Double], longest: Int64?, _ volatility: Volatility?) {
        (self.octaves, self.longest, self.volatility) = (octaves, longest, volatility)
        var parts = octaves.indices.map {
            Part(period: octaves[$0].period, amplitude: amplitudes[$0], stream: UInt64($0))
        }
        if longest == nil {
            // Between two points noise moves, and at a point it rests: the sum of two lattices half a cell apart moves evenly.
            for index in parts.indices {
                let part = parts[index]
                let amplitude = part.amplitude * 0.707_106_781_186_547_5
                parts[index] = Part(period: part.period, amplitude: amplitude, stream: part.stream)
                parts.append(
                    Part(
                        period: part.period,
                        offset: part.period / 2,
                        amplitude: amplitude,
                        stream: part.stream + UInt64(Self.octaveLimit)
                    )
                )
            }
        }
        let slowest = volatility?.period ?? 0
        steady = parts.filter { $0.period > slowest }
        volatile = parts.filter { $0.period <= slowest }
        sizes =
            volatility.map { volatility in
                Self.usual.enumerated()
                    .map { number, octave in
                        let period = max(1, volatility.period / octave.divisor)
                        return Part(period: period, amplitude: octave.amplitude, stream: 0x1_0100 + UInt64(number))
                    }
            } ?? []
    }

    /// The correlation of the noise with itself some microseconds later, over all phases of the lattices.
    package func correlation(after lag: Int64) -> Double {
        lag == 0 ? 1 : Self.correlation(of: steady, after: lag) + volatileCorrelation(after: lag)
    }

    /// The part of ``correlation(after:)`` that octaves of varying size have.
    ///
    /// Two sizes exp(s·V − s²), V of variance 1 and a correlation ρ, have the mean product exp(−s²(1 − ρ)).
    package func volatileCorrelation(after lag: Int64) -> Double {
        guard let volatility else { return 0 }
        let likeness = Self.correlation(of: sizes, after: lag)
        let size = Elementary.exponential(-volatility.size * volatility.size * (1 - likeness))
        return Self.correlation(of: volatile, after: lag) * size
    }

    private static func correlation(of parts: [Part], after lag: Int64) -> Double {
        parts.reduce(0) { sum, part in
            sum + part.amplitude * part.amplitude * correlation(ofPeriod: part.period, after: lag)
        }
    }

    /// The correlation of one octave with itself some microseconds later, over all phases of the lattice.
    package static func correlation(ofPeriod period: Int64, after lag: Int64) -> Double {
        let lag = abs(lag)
        guard lag < 2 * period else { return 0 }
        let phases: Int64 = 256
        var sum = 0.0
        for phase in 0..<phases {
            let time = period / phases * phase
            let first = LatticePosition(time: SimulatedTime(microseconds: time), period: period)
            let second = LatticePosition(time: SimulatedTime(microseconds: time + lag), period: period)
            sum += first.likeness(to: second)
        }
        return sum / Double(phases)
    }

    /// The expected square of the change after some microseconds from an instant on, were no octave to vary in size: of octaves
    /// longer than a period, and of the others.
    package func squaredChange(at time: Int64, after lag: Int64, upTo longest: Int64) -> (
        longer: Double, shorter: Double
    ) {
        var (longer, shorter) = (0.0, 0.0)
        for part in steady + volatile {
            let begin = SimulatedTime(microseconds: time - part.offset)
            let first = LatticePosition(time: begin, period: part.period)
            let end = SimulatedTime(microseconds: time + lag - part.offset)
            let second = LatticePosition(time: end, period: part.period)
            let square = 2 * part.amplitude * part.amplitude * (1 - first.likeness(to: second))
            if part.period > longest { longer += square } else { shorter += square }
        }
        return (longer, shorter)
    }

    /// What is wrong with the noise, with its key; nil if nothing is.
    var problem: (key: String, text: String)? {
        let second: Int64 = 1_000_000
        guard (longest ?? second) >= second else { return ("period", "a period is at least one second") }
        if longest == nil {
            guard (1...Self.octaveLimit).contains(octaves.count) else {
                return ("octaves", "\(octaves.count) octaves; from 1 to \(Self.octaveLimit) are possible")
            }
            for (index, octave) in octaves.enumerated() {
                guard octave.period >= second else {
                    return ("octaves.\(index).period", "a period is at least one second")
                }
                guard octave.share > 0, octave.share <= 1 else {
                    return ("octaves.\(index).share", "\(octave.share) is not above 0 and at most 1")
                }
            }
            let sum = octaves.reduce(0) { $0 + $1.share }
            guard abs(sum - 1) <= Self.tolerance else {
                return ("octaves", "shares add up to \(FixedPoint(rounding: sum, decimals: 3).text), not to 1")
            }
        }
        guard let volatility else { return nil }
        guard (0...1).contains(volatility.size) else {
            return ("volatility.size", "\(volatility.size) is not between 0 and 1")
        }
        guard volatility.period >= second else { return ("volatility.period", "a period is at least one second") }
        guard !volatile.isEmpty else {
            let shortest = DurationText.text(ofMicroseconds: octaves.map(\.period).min() ?? 0)
            return ("volatility.period", "is shorter than all octaves, of which the shortest is \(shortest)")
        }
        return nil
    }
}
