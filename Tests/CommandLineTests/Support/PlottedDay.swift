/// What `plot.py` finds in a picture.
struct PlottedDay: Decodable {
    struct Panel: Decodable {
        var heading: String
        /// Per type the captions of its bands.
        var bands: [String: [String]]
        /// Points of the line of readings, and the pieces that gaps leave of it.
        var points: Int
        var lines: Int
        var twinPoints: Int
        /// The lowest and highest reading, by the labels of the axis, and how exact that is.
        var low: Double
        var high: Double
        var tolerance: Double
        var ticks: [String]
    }

    var title: String
    var description: String
    var texts: [String]
    var panels: [String: Panel]
    /// Shapes whose colours stand in style sheets alone.
    var undrawn: [String]
    /// What the picture would need besides itself.
    var outside: [String]
}
