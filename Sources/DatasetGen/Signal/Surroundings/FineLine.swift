/// The readings of a sensor between two points of ``FineCourse``, in steps, before noise and rounding: a line, and the course's
/// fastest octave.
struct FineLine {
    private let sizes: FineSizes
    private var course: FineCourse
    /// The knot before, and the readings of the weather and of slower surroundings there and at the next.
    private(set) var knot = Int64.min
    private var cells = SIMD4<Int64>()
    private var left = SIMD4<Double>()
    private var right = SIMD4<Double>()
    /// The number and the readings of the point behind, which is the next one before.
    private var next: (point: Int, value: SIMD4<Double>, factor: SIMD4<Double>) = (-1, .zero, .zero)
    private(set) var start = SIMD4<Double>()
    private(set) var rise = SIMD4<Double>()
    private(set) var cosine = SIMD4<Double>()
    private(set) var sine = SIMD4<Double>()

    init(_ sensor: SensorCore, _ sizes: FineSizes) {
        self.sizes = sizes
        course = FineCourse(sensor, sizes)
    }

    /// Goes to a knot.
    mutating func move(to knot: Int64, _ values: (left: SIMD4<Double>, right: SIMD4<Double>)) {
        (self.knot, left, right) = (knot, values.left, values.right)
        cells = FineCourse.cells(knot)
        // The point before has the same value but for its last bits.
        next.point = -1
    }

    /// Goes to a point behind the knot; `isAlone` says that only the point itself is asked for.
    @inline(__always)
    mutating func move(to point: Int, isAlone: Bool, _ points: Span<FinePoint>) {
        let (value, factor) = next.point == point ? (next.value, next.factor) : value(at: points[point])
        let minute = course.minuteCell(cells, points[point])
        start = value + factor * minute.sum
        (cosine, sine) = (factor * minute.cosine, factor * minute.sine)
        if isAlone {
            (rise, next.point) = (.zero, -1)
            return
        }
        let behind = self.value(at: points[point + 1])
        next = (point + 1, behind.value, behind.factor)
        rise = behind.value - value
    }

    /// All but the fastest octave.
    @inline(__always)
    private mutating func value(at point: borrowing FinePoint) -> (value: SIMD4<Double>, factor: SIMD4<Double>) {
        let slow = left + (right - left) * point.way
        let factor = sizes.factor(slow)
        return (slow + factor * course.value(cells, point), factor)
    }
}
