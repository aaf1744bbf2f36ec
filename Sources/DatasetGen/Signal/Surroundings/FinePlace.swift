/// Where an instant lies in the lattice of one octave of ``FineCourse``: the cell, and the weights of its blend.
struct FinePlace: Sendable {
    /// Counted since 1970.
    private(set) var cell: Int64
    let cosine: Float
    let sine: Float

    /// Cells of the four lattices, from the slowest on, from one knot to the next.
    private static let cells: [Int64] = [1, 2, 5, 10]

    /// The place in an octave of so many microseconds, less than ``Knot/spacing``, behind a knot.
    @inline(__always)
    static func inOctave(_ octave: Int, knot: Int64, microseconds: Int64) -> FinePlace {
        let (second, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        var place = rest == 0 ? seconds[octave * secondCount + Int(second)] : FinePlace(microseconds, octave)
        place.cell += knot * cells[octave]
        return place
    }

    /// By octave, the places of whole seconds, as nearly all readings have them.
    private static let seconds = cells.indices.flatMap { octave in
        (0..<secondCount).map { FinePlace(Int64($0) * 1_000_000, octave) }
    }
    private static let secondCount = Int(Knot.spacing / 1_000_000)

    /// The place behind the knot at 1970.
    private init(_ microseconds: Int64, _ octave: Int) {
        let (cell, rest) = (microseconds * Self.cells[octave]).quotientAndRemainder(dividingBy: Knot.spacing)
        let fraction = Double(rest) / Double(Knot.spacing)
        self.cell = cell
        (cosine, sine) = (Float(Elementary.quarterSine(1 - fraction)), Float(Elementary.quarterSine(fraction)))
    }
}
