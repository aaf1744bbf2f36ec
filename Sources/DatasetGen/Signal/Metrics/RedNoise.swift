/// Red noise of a longest period P: lattice noise at P, P/3 and P/9.
package enum RedNoise {
    /// By octave: by what the period is divided, and the standard deviation of a process of variance 1.
    static let octaves: [(divisor: Int64, amplitude: Double)] = [
        (1, 0.6.squareRoot()), (3, 0.3.squareRoot()), (9, 0.1.squareRoot()),
    ]

    /// The correlation of the noise with itself some microseconds later, over all phases of the lattice.
    package static func correlation(period: Int64, lag: Int64) -> Double {
        guard lag != 0 else { return 1 }
        return octaves.reduce(0) { sum, octave in
            sum + octave.amplitude * octave.amplitude * latticeCorrelation(period / octave.divisor, abs(lag))
        }
    }

    private static func latticeCorrelation(_ period: Int64, _ lag: Int64) -> Double {
        guard lag < 2 * period else { return 0 }
        let phases: Int64 = 256
        var sum = 0.0
        for phase in 0..<phases {
            let time = period / phases * phase
            let first = LatticePosition(time: SimulatedTime(microseconds: time), period: period)
            let second = LatticePosition(time: SimulatedTime(microseconds: time + lag), period: period)
            if first.cell == second.cell {
                sum += first.firstWeight * second.firstWeight + first.secondWeight * second.secondWeight
            } else if first.cell + 1 == second.cell {
                sum += first.secondWeight * second.firstWeight
            }
        }
        return sum / Double(phases)
    }
}
