/// Where the prepared ticks lie among the points of ``FineCourse``.
struct FineGrid: Sendable {
    /// Ticks between the same points: the knot and the point before, and the index behind the last tick.
    struct Part: Sendable {
        let knot: Int64
        let point: Int
        var end: Int
    }

    private(set) var parts: [Part] = []
    /// Way from the point before to the point behind, 0..<1, per tick.
    private(set) var fractions: [Double] = []
    /// The blend of the fastest octave, per tick.
    private(set) var cosines: [Double] = []
    private(set) var sines: [Double] = []

    mutating func prepare(_ grid: TickGrid, ticks: Range<Int64>) {
        fractions.resize(to: ticks.count, filler: 0)
        cosines.resize(to: ticks.count, filler: 0)
        sines.resize(to: ticks.count, filler: 0)
        parts.removeAll(keepingCapacity: true)
        var (begin, end) = (Int64.min, Int64.min)
        var first = 0.0
        var index = 0
        grid.forEachTime(of: ticks) { time in
            if time >= end || time < begin {
                let number = time.flooredQuotient(by: FinePoint.spacing)
                (begin, end) = (number * FinePoint.spacing, (number + 1) * FinePoint.spacing)
                let knot = number.flooredQuotient(by: Int64(FinePoint.count))
                let point = Int(number - knot * Int64(FinePoint.count))
                parts.append(Part(knot: knot, point: point, end: index))
                // A cell of the fastest octave has two points.
                first = Double(point & 1) * 0.5
            }
            parts[parts.count - 1].end = index + 1
            let fraction = Double(time - begin) * (1 / Double(FinePoint.spacing))
            fractions[index] = fraction
            cosines[index] = Elementary.quarterSine(1 - first - 0.5 * fraction)
            sines[index] = Elementary.quarterSine(first + 0.5 * fraction)
            index += 1
        }
    }

    /// The number of the part that a tick's index is in.
    func part(of index: Int) -> Int {
        var (low, high) = (0, parts.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if parts[middle].end > index { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
