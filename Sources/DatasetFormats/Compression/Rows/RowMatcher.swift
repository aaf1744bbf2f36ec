/// Finds what a row repeats without searching: in the row before, in the sensor's last row, and where the fields that
/// sensors share were written last.
///
/// The bytes of the pieces that never change are not looked at: they are known to be equal.
@safe
final class RowMatcher {
    private let layout: RowLayout
    private let effort: RowDeflater.Effort
    /// The number of each sensor's last row, counted over all blocks.
    private var lastRows: [UInt32]
    /// The position of each shared text's last occurrence, counted over all blocks.
    private var lastTexts: [UInt32]
    /// The position of a reading's last occurrence by a hash of its text, counted over all blocks.
    private var lastValues: [UInt32]
    /// The counted number of the block's first row, and the counted position of its first byte.
    private var (rowBase, textBase): (UInt32, UInt32) = (1, 1)
    /// What the next block's first row and byte count as.
    private var (nextRowBase, nextTextBase): (UInt32, UInt32) = (1, 1)

    init(_ layout: RowLayout, effort: RowDeflater.Effort) {
        self.effort = effort
        self.layout = layout
        lastRows = Array(repeating: 0, count: layout.sensors.count)
        lastTexts = Array(repeating: 0, count: layout.textCount)
        lastValues = Array(repeating: 0, count: layout.metricCount * 512)
    }

    /// Forgets the block before: nothing refers to it any more.
    func begin(rowCount: Int, textCount: Int) {
        let rows = nextRowBase.addingReportingOverflow(UInt32(rowCount))
        let texts = nextTextBase.addingReportingOverflow(UInt32(textCount))
        if rows.overflow || texts.overflow {
            for index in lastRows.indices { lastRows[index] = 0 }
            for index in lastTexts.indices { lastTexts[index] = 0 }
            for index in lastValues.indices { lastValues[index] = 0 }
            (rowBase, textBase) = (1, 1)
            (nextRowBase, nextTextBase) = (UInt32(rowCount) + 1, UInt32(textCount) + 1)
        } else {
            (rowBase, textBase) = (nextRowBase, nextTextBase)
            (nextRowBase, nextTextBase) = (rows.partialValue, texts.partialValue)
        }
    }

    /// Takes down some rows of the block.
    func match(_ range: Range<Int>, of rows: borrowing RowMarks, into writer: inout TokenWriter) {
        let (marks, lengths) = (rows.marks, rows.lengths)
        unsafe marks.withUnsafeBufferPointer { marks in
            unsafe layout.sensors.withUnsafeBufferPointer { sensors in
                unsafe layout.atoms.withUnsafeBufferPointer { atoms in
                    unsafe lastRows.withUnsafeMutableBufferPointer { lastRows in
                        unsafe lastTexts.withUnsafeMutableBufferPointer { lastTexts in
                            unsafe lastValues.withUnsafeMutableBufferPointer { lastValues in
                                unsafe lengths.withUnsafeBufferPointer { lengths in
                                    unsafe layout.separators.withUnsafeBufferPointer { separators in
                                        var kernel = unsafe RowMatcherKernel(
                                            writer: writer,
                                            marks: marks,
                                            lengths: lengths,
                                            sensors: sensors,
                                            atoms: atoms,
                                            separators: separators,
                                            lastRows: lastRows,
                                            lastTexts: lastTexts,
                                            lastValues: lastValues,
                                            rowBase: rowBase,
                                            textBase: textBase,
                                            layout: layout,
                                            effort: effort
                                        )
                                        for row in range { unsafe kernel.match(row) }
                                        unsafe writer = unsafe kernel.writer
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
