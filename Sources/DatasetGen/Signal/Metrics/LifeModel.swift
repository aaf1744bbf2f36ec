/// The model `life`: a machine that wears, fails, and is replaced or mended.
///
/// Lives are drawn from a Weibull distribution. Time is cut into cells of 32 lives and repairs. The 32nd parts of the
/// distribution are dealt out to the lives of a cell, each is drawn from its part, and all are stretched alike so that
/// their mean is that of the recipe; of the repairs, each two add up to twice the mean. So a cell is as long as any other, and
/// what a machine does at a time is known without its earlier lives. Cells begin at random, each machine's for itself: machines
/// are of all ages at the start of a run, as in a fleet that has been at work for long.
package struct LifeModel: Sendable {
    /// Lives to a cell.
    static let count = RandomOrder.count

    /// The tag of the metric whose lives they are.
    let tag: MetricTag
    let scope: MetricScope
    let value: LifeValue
    /// From this part of a life on, a machine that runs has a fault; nil for never.
    let faultAt: Double?
    /// Microseconds of the lives of a cell together.
    let lives: Int64
    /// One by the shape of the distribution.
    let exponent: Double
    /// Microseconds.
    let repair: ClosedRange<Int64>
    var grid: TickGrid
    /// One step in the unit, and counts of 10⁻ᵈ in a step.
    let (unit, step): (Double, Int32)

    /// What a metric tells of its machine's lives.
    ///
    /// - Parameters:
    ///   - name: the metric that declares the lives; metrics of one name and scope tell of the same ones.
    ///   - life: the distribution.
    ///   - scope: whose machine it is.
    ///   - value: what is told.
    ///   - faultAt: from which part of a life on a machine has a fault.
    ///   - resolution: the step of the readings.
    ///   - grid: when these are taken.
    /// - Throws: ``MetricModelError`` for lives that readings cannot tell of: too short for their interval, too long for their
    ///   resolution.
    package init(
        _ name: String,
        _ life: MetricDeclaration.LifeParameters.Life,
        scope: MetricScope = .sensor,
        value: LifeValue,
        faultAt: Double? = nil,
        resolution: Resolution,
        grid: TickGrid
    ) throws(MetricModelError) {
        (tag, self.scope, self.value, self.faultAt, self.grid) = (MetricTag(name), scope, value, faultAt, grid)
        lives = life.mean * Int64(Self.count)
        exponent = 1 / life.shape
        repair = life.repair
        (unit, step) = (resolution.value, resolution.step)
        guard Double(life.mean) >= grid.interval.seconds * 1e6 else {
            throw .value(name, key: "life.mean", "a life is at least as long as the time between two readings")
        }
        // All lives of a cell may be nearly none but for one.
        let hours = Double(lives) / 3.6e9
        let run = Double(grid.end.microseconds - grid.start.microseconds)
        let most =
            switch value {
            case .remaining, .age: hours
            case .failures: (run / Double(cell) + 2) * Double(Self.count)
            case .wear, .state: 1.0
            }
        guard most <= resolution.largest.double else {
            let problem = "\(resolution.text) is too fine: readings are at most \(resolution.largest.text) then"
            throw .value(name, key: "resolution", problem)
        }
    }

    /// Microseconds of a cell.
    var cell: Int64 { lives + (repair.lowerBound + repair.upperBound) * Int64(Self.count / 2) }

    /// The cell that the start of the run is in begins so many microseconds before it.
    func phase(below key: RandomKey) -> Int64 { Int64(key.integer(0, below: UInt64(cell))) }

    /// The lives of a cell that begins at a time, below the key of its machine; the first has the number 32 · `number`.
    func lives(ofCell number: Int64, from begin: Int64, below key: RandomKey) -> [Life] {
        let key = key.stream(1).stream(UInt64(bitPattern: number))
        let orders = key.bits(0)
        let order = RandomOrder(bits: UInt32(truncatingIfNeeded: orders))
        let pairs = RandomOrder(bits: UInt32(orders >> 32))
        var parts: [Double] = []
        for index in 0..<Self.count {
            // 1 − u for u in 0..<1 lies in the part of (0, 1] that is dealt to this life.
            let survival = (Double(order[index]) + 1 - key.uniform(UInt64(1 + index))) / Double(Self.count)
            let hazard = -Elementary.logarithm(survival)
            // The quantile of a Weibull distribution but for its scale.
            parts.append(hazard > 0 ? Elementary.exponential(Elementary.logarithm(hazard) * exponent) : 0)
        }
        let total = parts.reduce(0, +)
        var (time, lived, sum) = (begin, Int64(0), 0.0)
        return (0..<Self.count)
            .map { index in
                sum += parts[index]
                let end = index + 1 == Self.count ? lives : Int64(Double(lives) * (sum / total))
                let drawn = key.integer(UInt64(64 + pairs[index] / 2), in: repair)
                let mended = pairs[index] % 2 == 0 ? drawn : repair.lowerBound + repair.upperBound - drawn
                let life = Life(
                    number: number * Int64(Self.count) + Int64(index),
                    begin: time,
                    failure: time + end - lived,
                    end: time + end - lived + mended
                )
                (time, lived) = (life.end, end)
                return life
            }
    }
}

/// A life of a machine, in microseconds since 1970.
struct Life {
    /// Its number: the later, the greater.
    var number: Int64
    var begin: Int64
    /// When it ends.
    var failure: Int64
    /// When the next one begins.
    var end: Int64
}

/// What a metric tells of a machine's life.
package enum LifeValue: String, CaseIterable, Sendable {
    /// Hours until the failure; 0 in maintenance.
    case remaining
    /// Hours since the life began; in maintenance its length.
    case age
    /// The part of the life that is over; 1 in maintenance.
    case wear
    /// How many failures there have been since the start of the run.
    case failures
    /// Whether the machine runs, has a fault, or is in maintenance.
    case state
}
