/// The data of a path of straight lines with gaps.
struct SVGPath {
    /// The value of the attribute `d`.
    private(set) var data = ""
    private var last: (x: String, y: String)?
    private var isLonely = false

    /// Goes on to a point, or begins a line there after a gap.
    mutating func add(_ x: Double, _ y: Double) {
        let point = (x: MarkupDocument.number(x), y: MarkupDocument.number(y))
        if let last {
            guard point != last else { return }
            data += "L\(point.x) \(point.y)"
            isLonely = false
        } else {
            data += "M\(point.x) \(point.y)"
            isLonely = true
        }
        last = point
    }

    /// Ends a line.
    ///
    /// A point alone becomes a line of no length, which round caps make a dot (SVG 1.1, section 11.4).
    mutating func end() {
        if isLonely { data += "h0" }
        last = nil
        isLonely = false
    }
}
