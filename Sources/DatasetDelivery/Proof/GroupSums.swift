/// What is compared of a sensor's rows in a window: numbers that stores can compute, too.
///
/// One array for all groups, so that a hundred thousand sensors take some megabytes.
struct GroupSums: Sendable {
    /// Numbers of a group, by their places.
    struct Layout: Hashable, Sendable {
        /// Columns of readings: the metrics, and the healthy twin's behind them.
        let columnCount: Int

        static let rows = 0
        static let firstTime = 1
        static let lastTime = 2
        /// Sum of the hashes of all rows.
        static let hash = 3
        /// Rows per ``AnomalyType/rawValue``, 1…5.
        static let labels = 4

        /// Sum of the microseconds from the times of rows to those of their arrival.
        static let delays = 9

        /// Values that are not NULL.
        func values(_ column: Int) -> Int { 10 + 2 * column }
        /// The sum of their counts, of a state that of its number among the states.
        func sum(_ column: Int) -> Int { 11 + 2 * column }
        var stride: Int { 10 + 2 * columnCount }
    }

    let layout: Layout
    let groupCount: Int
    var numbers: [Int64]

    init(groups: Int, columns: Int) {
        layout = Layout(columnCount: columns)
        groupCount = groups
        numbers = [Int64](repeating: 0, count: groups * layout.stride)
        for group in 0..<groups {
            numbers[group * layout.stride + Layout.firstTime] = .max
            numbers[group * layout.stride + Layout.lastTime] = .min
        }
    }

    subscript(_ group: Int, _ place: Int) -> Int64 {
        get { numbers[group * layout.stride + place] }
        set { numbers[group * layout.stride + place] = newValue }
    }

    /// Adds the sums of other readings.
    mutating func add(_ other: GroupSums) {
        for group in 0..<groupCount {
            for place in 0..<layout.stride {
                switch place {
                case Layout.firstTime: self[group, place] = min(self[group, place], other[group, place])
                case Layout.lastTime: self[group, place] = max(self[group, place], other[group, place])
                // Sums are compared modulo 2⁶⁴.
                default: self[group, place] &+= other[group, place]
                }
            }
        }
    }
}
