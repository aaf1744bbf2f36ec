/// What a sensor's surroundings do within minutes, in all four metrics: octaves of about ten, five, two minutes and one, as
/// noise whose lattices have points at whole parts of the five minutes between two knots.
///
/// The scratch memory of one worker.
struct FineCourse {
    /// By tick of the last call, in steps, by ``StandardMetric/rawValue``.
    private(set) var values: [SIMD4<Float>] = []
    /// The slower octaves by point, from the one before the first tick on.
    private var points: [SIMD4<Float>] = []

    /// Computes the course of a sensor whose surroundings have these sizes, at some ticks of a grid.
    mutating func evaluate(_ sensor: SensorCore, _ sizes: FineSizes, _ grid: borrowing FineGrid, ticks: Range<Int>) {
        let noise = SmoothSurroundings(sensor)
        if values.count < ticks.count { values.resize(to: ticks.count, filler: .zero) }
        if grid.points.isEmpty {
            Self.compute(0, sizes, noise, grid, ticks, in: &values) { _, _ in .zero }
            for octave in 1..<4 { Self.compute(octave, sizes, noise, grid, ticks, in: &values) { _, sum in sum } }
            return
        }
        let first = Int(grid.points[ticks.lowerBound])
        let range = first..<Int(grid.points[ticks.upperBound - 1]) + 2
        if points.count < range.count { points.resize(to: range.count, filler: .zero) }
        Self.compute(0, sizes, noise, grid, range, in: &points) { _, _ in .zero }
        for octave in 1..<3 { Self.compute(octave, sizes, noise, grid, range, in: &points) { _, sum in sum } }
        // Between points the slower octaves are linear.
        let list = points
        let (numbers, fractions, points) = (grid.points.span, grid.fractions.span, list.span)
        Self.compute(3, sizes, noise, grid, ticks, in: &values) { tick, _ in
            let point = Int(numbers[tick]) - first
            return points[point] + (points[point + 1] - points[point]) * fractions[tick]
        }
    }

    /// Computes one octave at some of its places, and puts it on what `base` gives for the index and what is there.
    @inline(__always)
    private static func compute(
        _ number: Int,
        _ sizes: FineSizes,
        _ noise: SmoothSurroundings,
        _ grid: borrowing FineGrid,
        _ range: Range<Int>,
        in values: inout [SIMD4<Float>],
        onto base: (Int, SIMD4<Float>) -> SIMD4<Float>
    ) {
        let (octave, amplitude) = (SmoothSurroundings.Octave.fine[number], sizes.amplitude(ofOctave: number))
        let list = grid.places[number]
        let places = list.span
        var values = values.mutableSpan
        func point(_ cell: Int64) -> SmoothFour.Point { noise.point(octave, cell) }
        var number = Int64.min
        var second = SmoothFour.Point(0)
        var (third, fourth) = (second, second)
        var parts = SmoothFour()
        for index in range {
            let place = places[index]
            let cell = place.cell
            if cell != number {
                // The numbers around the cell are drawn once where places come in order.
                let first: SmoothFour.Point
                switch cell &- number {
                case 1: (first, second, third) = (second, third, fourth)
                case 2: (first, second, third) = (third, fourth, point(cell + 1))
                default: (first, second, third) = (point(cell - 1), point(cell), point(cell + 1))
                }
                fourth = point(cell + 2)
                number = cell
                parts = SmoothFour(first, second, third, fourth, amplitude: amplitude)
            }
            let slot = index - range.lowerBound
            values[slot] = base(index, values[slot]) + parts.value(cosine: place.cosine, sine: place.sine)
        }
    }
}
