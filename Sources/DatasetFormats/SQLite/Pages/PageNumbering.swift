/// The numbers that pages get which are appended to a database file: all but those that are set aside.
package struct PageNumbering {
    /// Ranges of numbers that no appended page gets, in rising order.
    private let gaps: [Range<UInt32>]

    /// All numbers but that of the page that holds byte 2³⁰, and those of `reserved`, which must not hold it.
    package init(_ layout: SQLitePageLayout, reserved: Range<UInt32>? = nil) {
        let lock = layout.lockBytePage..<layout.lockBytePage + 1
        gaps = ([lock] + (reserved.map { [$0] } ?? [])).sorted { $0.lowerBound < $1.lowerBound }
    }

    /// The number `distance` places behind the first one from `number` on.
    package func number(from number: UInt32, advancedBy distance: Int) -> UInt32 {
        gaps.reduce(number + UInt32(distance)) { result, gap in
            number <= gap.lowerBound && result >= gap.lowerBound ? result + UInt32(gap.count) : result
        }
    }

    /// How many numbers follow one another from `number` on, which is not set aside, itself included.
    package func run(from number: UInt32) -> Int {
        gaps.first { $0.lowerBound > number }.map { Int($0.lowerBound - number) } ?? Int.max
    }
}
