/// Rows of the event table as bytes, one behind the other, but for their numbers, which only the one who appends them knows.
package struct NumberedRows: Sendable {
    /// The bytes of all rows.
    package private(set) var bytes = ByteBuffer()
    private var ends: [Int] = []

    package init() {}

    /// The number of rows.
    package var count: Int { ends.count }

    /// Replaces the rows by one for each element; `append` appends its bytes.
    @inline(__always)
    mutating func set<Element>(_ elements: [Element], _ append: (Element, inout ByteBuffer) -> Void) {
        bytes.removeAll()
        ends.removeAll(keepingCapacity: true)
        for element in elements {
            append(element, &bytes)
            ends.append(bytes.count)
        }
    }

    /// Where the bytes of a row are.
    package func range(ofRow index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}
