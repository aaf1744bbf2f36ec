/// Where the prepared ticks lie between knots, and in the lattices of ``FineCourse``.
///
/// Ticks that are ten seconds apart or more are looked at one by one. Where they are closer, the three slower octaves are computed
/// at points 15 seconds apart, and are linear between two of them.
struct FineGrid: Sendable {
    /// Ticks between the same knots: the knot before, and the index behind the last tick.
    struct Run: Sendable {
        let knot: Int64
        var end: Int
    }

    /// Microseconds between points.
    static let pointSpacing: Int64 = 15_000_000
    /// Microseconds between ticks, from which on they have no points.
    private static let sparseSpacing: Int64 = 10_000_000

    private(set) var runs: [Run] = []
    /// Way from the knot before to the knot behind, 0..<1, per tick.
    private(set) var ways: [Double] = []
    /// By octave, the places of all ticks; where there are points, those of points in the slower three.
    private(set) var places: [[FinePlace]] = [[], [], [], []]
    /// Per tick, the point before it; empty where ticks are far apart.
    private(set) var points: [Int32] = []
    /// Way from the point before to the one behind, 0..<1, per tick.
    private(set) var fractions: [Float] = []

    mutating func prepare(_ grid: TickGrid, ticks: Range<Int64>) {
        runs.removeAll(keepingCapacity: true)
        for octave in places.indices { places[octave].removeAll(keepingCapacity: true) }
        let hasPoints = grid.interval.wholeMicroseconds < Self.sparseSpacing
        ways.resize(to: ticks.count, filler: 0)
        points.resize(to: hasPoints ? ticks.count : 0, filler: 0)
        fractions.resize(to: hasPoints ? ticks.count : 0, filler: 0)
        var (knot, end, point) = (Int64.min, Int64.min, Int64.min)
        var index = 0
        grid.forEachTime(of: ticks) { time in
            if time >= end || knot == .min {
                knot = time.flooredQuotient(by: Knot.spacing)
                end = (knot + 1) * Knot.spacing
                runs.append(Run(knot: knot, end: index))
            }
            runs[runs.count - 1].end = index + 1
            let behind = time - end + Knot.spacing
            ways[index] = Double(behind) * (1 / Double(Knot.spacing))
            append(3, knot, behind)
            if hasPoints {
                let before = time.flooredQuotient(by: Self.pointSpacing)
                if before != point {
                    // The point before is mostly the one behind of the tick before.
                    if before != point &+ 1 { appendPoint(before) }
                    appendPoint(before + 1)
                    point = before
                }
                points[index] = Int32(places[0].count - 2)
                fractions[index] = Float(Double(time - before * Self.pointSpacing) * (1 / Double(Self.pointSpacing)))
            } else {
                for octave in 0..<3 { append(octave, knot, behind) }
            }
            index += 1
        }
    }

    private mutating func appendPoint(_ number: Int64) {
        let time = number * Self.pointSpacing
        let knot = time.flooredQuotient(by: Knot.spacing)
        for octave in 0..<3 { append(octave, knot, time - knot * Knot.spacing) }
    }

    /// Adds the place in an octave of so many microseconds behind a knot.
    @inline(__always)
    private mutating func append(_ octave: Int, _ knot: Int64, _ microseconds: Int64) {
        places[octave].append(.inOctave(octave, knot: knot, microseconds: microseconds))
    }

    /// The number of the run that a tick's index is in.
    func run(of index: Int) -> Int {
        var (low, high) = (0, runs.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].end > index { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
