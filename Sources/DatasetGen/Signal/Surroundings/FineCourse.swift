/// What a sensor's surroundings do within minutes, in all four metrics: octaves of about ten, five, two minutes and one, as
/// noise whose lattices have points at whole parts of the five minutes between two knots.
struct FineCourse {
    private let noise: SmoothSurroundings
    private var tenMinutes: Octave
    private var fiveMinutes: Octave
    private var twoMinutes: Octave
    private var minute: Octave

    /// The course of a sensor whose surroundings have these sizes.
    init(_ sensor: SensorCore, _ sizes: FineSizes) {
        noise = SmoothSurroundings(sensor)
        tenMinutes = Octave(.tenMinutes, sizes.tenMinutes, noise)
        fiveMinutes = Octave(.fiveMinutes, sizes.fiveMinutes, noise)
        twoMinutes = Octave(.twoMinutes, sizes.twoMinutes, noise)
        minute = Octave(.minute, sizes.minute, noise)
    }

    /// The three slower octaves at a point behind a knot whose first cells are `cells`, in steps, by ``StandardMetric/rawValue``.
    @inline(__always)
    mutating func value(_ cells: SIMD4<Int64>, _ point: borrowing FinePoint) -> SIMD4<Double> {
        tenMinutes.value(cells.x &+ point.cells.x, noise, point.cosines.x, point.sines.x)
            + fiveMinutes.value(cells.y &+ point.cells.y, noise, point.cosines.y, point.sines.y)
            + twoMinutes.value(cells.z &+ point.cells.z, noise, point.cosines.z, point.sines.z)
    }

    /// What the fastest octave is made of between a point and the next.
    @inline(__always)
    mutating func minuteCell(_ cells: SIMD4<Int64>, _ point: borrowing FinePoint) -> SmoothFour {
        minute.cell(cells.w &+ point.cells.w, noise)
    }

    /// The first cells of the four lattices behind a knot.
    static func cells(_ knot: Int64) -> SIMD4<Int64> { knot &* FinePoint.cells }

    /// Where a sensor is in a lattice: the numbers around the cell are drawn once when points come in order.
    private struct Octave {
        private let octave: SmoothSurroundings.Octave
        private let amplitude: SIMD4<Double>
        private var number: Int64
        private var second: SmoothFour.Point
        private var third: SmoothFour.Point
        private var fourth: SmoothFour.Point
        private var parts: SmoothFour

        init(_ octave: SmoothSurroundings.Octave, _ amplitude: SIMD4<Double>, _ noise: SmoothSurroundings) {
            (self.octave, self.amplitude) = (octave, amplitude)
            number = .min
            let none = SmoothFour.Point(0)
            (second, third, fourth) = (none, none, none)
            parts = SmoothFour()
        }

        @inline(__always)
        mutating func value(
            _ cell: Int64,
            _ noise: SmoothSurroundings,
            _ cosine: Double,
            _ sine: Double
        ) -> SIMD4<Double> {
            self.cell(cell, noise).value(cosine: cosine, sine: sine)
        }

        @inline(__always)
        mutating func cell(_ cell: Int64, _ noise: SmoothSurroundings) -> SmoothFour {
            if cell != number { move(to: cell, noise) }
            return parts
        }

        private mutating func move(to cell: Int64, _ noise: SmoothSurroundings) {
            let isNext = cell == number &+ 1
            let first = isNext ? second : noise.point(octave, cell - 1)
            second = isNext ? third : noise.point(octave, cell)
            third = isNext ? fourth : noise.point(octave, cell + 1)
            fourth = noise.point(octave, cell + 2)
            number = cell
            parts = SmoothFour(first, second, third, fourth, amplitude: amplitude)
        }
    }
}

/// One of the points at which ``FineCourse`` is evaluated between two knots, 15 seconds apart.
struct FinePoint: Sendable {
    /// Microseconds between points.
    static let spacing: Int64 = 15_000_000
    /// Points from one knot to the next.
    static let count = Int(Knot.spacing / spacing)
    /// Cells of the four lattices, from the slowest on, from one knot to the next.
    fileprivate static let cells = SIMD4<Int64>(1, 2, 5, 10)

    /// Way from the knot before to the one behind, 0…1.
    let way: Double
    /// The cells of the four lattices, from the knot's on, and the weights of their blends.
    let cells: SIMD4<Int64>
    let cosines: SIMD4<Double>
    let sines: SIMD4<Double>

    /// From a knot to the next, which is the end of the last cells.
    static let all = (0...count).map { FinePoint($0) }

    private init(_ number: Int) {
        way = Double(number) / Double(Self.count)
        var (cells, cosines, sines) = (SIMD4<Int64>(), SIMD4<Double>(), SIMD4<Double>())
        for octave in 0..<4 {
            let place = number * Int(Self.cells[octave])
            cells[octave] = min(Int64(place / Self.count), Self.cells[octave] - 1)
            let fraction = Double(place) / Double(Self.count) - Double(cells[octave])
            cosines[octave] = Elementary.quarterSine(1 - fraction)
            sines[octave] = Elementary.quarterSine(fraction)
        }
        (self.cells, self.cosines, self.sines) = (cells, cosines, sines)
    }
}
