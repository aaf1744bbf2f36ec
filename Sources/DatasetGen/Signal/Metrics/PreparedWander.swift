/// The wander of one metric at prepared ticks: octaves of one size at all times, and those whose size varies.
struct PreparedWander {
    private var steady: [PreparedLattice]
    private var volatile: [PreparedLattice]
    /// Of the logarithm of the size of the volatile ones.
    private var sizes: [PreparedLattice]
    private let volatility: Double
    private var moved: [Double] = []
    private var logarithms: [Double] = []

    init(_ wander: ProcessLatent.Wander) {
        steady = wander.noise.steady.map { PreparedLattice(wander, $0, times: wander.amplitude) }
        volatile = wander.noise.volatile.map { PreparedLattice(wander, $0, times: wander.amplitude) }
        let volatility = wander.noise.volatility?.size ?? 0
        self.volatility = volatility
        sizes = wander.noise.sizes.map { PreparedLattice(wander, $0, times: volatility) }
    }

    mutating func prepare(_ times: [Int64]) {
        for index in steady.indices { steady[index].prepare(times) }
        for index in volatile.indices { volatile[index].prepare(times) }
        for index in sizes.indices { sizes[index].prepare(times) }
        guard !volatile.isEmpty else { return }
        moved.resize(to: times.count, filler: 0)
        logarithms.resize(to: times.count, filler: 0)
    }

    /// Adds the wander of a sensor at `count` prepared ticks from the one of an index on.
    mutating func add(_ sensor: MetricKeys, from first: Int, count: Int, to values: inout [Double]) {
        for lattice in steady { lattice.add(sensor, from: first, count: count, to: &values) }
        guard !volatile.isEmpty else { return }
        // The mean square of the size is 1.
        for index in 0..<count { (moved[index], logarithms[index]) = (0, -volatility * volatility) }
        for lattice in volatile { lattice.add(sensor, from: first, count: count, to: &moved) }
        for lattice in sizes { lattice.add(sensor, from: first, count: count, to: &logarithms) }
        for index in 0..<count { values[index] += moved[index] * Elementary.exponential(logarithms[index]) }
    }
}
