/// What ``RowMatcher`` does with each row; lives as long as the buffers that it looks into are lent.
@unsafe
struct RowMatcherKernel {
    /// Matches reach back so far (RFC 1951, section 2).
    private static let window = 32_768

    var writer: TokenWriter
    private let marks: UnsafeBufferPointer<RowMark>
    private let sensors: UnsafeBufferPointer<RowLayout.Pieces>
    private let atoms: UnsafeBufferPointer<RowLayout.Atom>
    private let lastRows: UnsafeMutableBufferPointer<UInt32>
    private let lastTexts: UnsafeMutableBufferPointer<UInt32>
    private let rowBase: UInt32
    private let textBase: UInt32
    private let commonEnd: Int
    private let separators: SIMD4<UInt8>
    private let twinLead: Int

    init(
        writer: TokenWriter,
        marks: UnsafeBufferPointer<RowMark>,
        sensors: UnsafeBufferPointer<RowLayout.Pieces>,
        atoms: UnsafeBufferPointer<RowLayout.Atom>,
        lastRows: UnsafeMutableBufferPointer<UInt32>,
        lastTexts: UnsafeMutableBufferPointer<UInt32>,
        rowBase: UInt32,
        textBase: UInt32,
        layout: RowLayout
    ) {
        unsafe self.writer = unsafe writer
        unsafe self.marks = unsafe marks
        unsafe self.sensors = unsafe sensors
        unsafe self.atoms = unsafe atoms
        unsafe self.lastRows = unsafe lastRows
        unsafe self.lastTexts = unsafe lastTexts
        unsafe self.rowBase = rowBase
        unsafe self.textBase = textBase
        unsafe commonEnd = layout.commonEnd
        unsafe separators = layout.separators
        unsafe twinLead = layout.twinLead
    }

    /// Takes down a row.
    @inline(__always)
    mutating func match(_ index: Int) {
        let row = unsafe marks[index]
        let end = unsafe index + 1 < marks.count ? Int(marks[index + 1].start) : writer.end
        let pieces = unsafe sensors[Int(row.sensor)]
        let previous = unsafe index == 0 ? nil : near(marks[index - 1], end)
        let own = unsafe lastRow(of: Int(row.sensor), before: index, end)
        let position: Int
        if let own {
            unsafe matchBeginning(row, previous, limit: Int(row.before))
            unsafe position = matchOwn(row, pieces, own)
        } else {
            let readings = Int(row.before) + Int(pieces.before)
            unsafe matchBeginning(row, previous, limit: readings)
            unsafe position = matchShared(row, pieces, previous)
        }
        if unsafe twinLead > 0 { unsafe matchTwin(row, pieces, at: position, end) }
    }

    /// A row, if all of it is in reach.
    @inline(__always)
    private func near(_ row: RowMark, _ end: Int) -> RowMark? {
        unsafe end - Int(row.start) <= Self.window ? row : nil
    }

    /// The sensor's last row in this block, if it is in reach, and notes that the next one is `index`.
    @inline(__always)
    private func lastRow(of sensor: Int, before index: Int, _ end: Int) -> RowMark? {
        let last = unsafe lastRows[sensor]
        unsafe lastRows[sensor] = rowBase &+ UInt32(truncatingIfNeeded: index)
        guard unsafe last >= rowBase else { return nil }
        return unsafe near(marks[Int(last &- rowBase)], end)
    }

    // MARK: - The beginning of a row

    /// Takes down number and time, and what follows to `limit` if it continues like the previous row.
    @inline(__always)
    private mutating func matchBeginning(_ row: RowMark, _ previous: RowMark?, limit: Int) {
        let (start, time) = (Int(row.start), Int(row.time))
        guard let previous else { return unsafe writer.close(at: start) }
        if time > start {
            let distance = start - Int(previous.start)
            if unsafe writer.distance != distance {
                unsafe writer.close(at: start)
                if time - start == Int(previous.time) - Int(previous.start) {
                    unsafe writer.open(at: start, distance: distance)
                }
            }
            if unsafe writer.distance != 0 {
                unsafe writer.close(at: start + writer.equalBytes(start, start - distance, atMost: time - start))
            }
        }
        let distance = time - Int(previous.time)
        if unsafe writer.distance != distance {
            unsafe writer.close(at: time)
            unsafe writer.open(at: time, distance: distance)
        }
        let count = unsafe writer.equalBytes(time, time - distance, atMost: limit - time)
        if count < limit - time { unsafe writer.close(at: time + count) }
    }

    // MARK: - The rest of a row whose sensor has one in reach

    /// Takes down what follows the time, from the sensor's last row; gives where the last piece ends.
    @inline(__always)
    private mutating func matchOwn(_ row: RowMark, _ pieces: RowLayout.Pieces, _ own: RowMark) -> Int {
        var (position, source) = (Int(row.before), Int(own.before))
        let distance = position - source
        if unsafe writer.distance != distance {
            if unsafe writer.distance != 0 {
                unsafe writer.close(at: position)
                unsafe writer.open(at: position, distance: distance)
            } else {
                // The end of the time, which stands before the same piece in both rows.
                let count = unsafe writer.equalBytes(before: position, source, atMost: position - writer.literals)
                unsafe writer.open(at: position - count, distance: distance)
            }
        }
        position += Int(pieces.before)
        source += Int(pieces.before)
        unsafe matchReadings(row.lengths.lowHalf, own.lengths.lowHalf, &position, &source)
        let label = Int(row.label)
        source += label - position
        let labelCount = Int(row.after) - label
        let equal = unsafe writer.equalBytes(label, source, atMost: labelCount)
        if equal < labelCount || Int(own.after) - source != labelCount {
            unsafe writer.close(at: label + equal)
            unsafe writer.open(at: Int(row.after), distance: Int(row.after) - Int(own.after))
        }
        return Int(row.after) + Int(pieces.after)
    }

    /// Takes down four readings and what is between them; the open match, if any, leads to `source`.
    @inline(__always)
    private mutating func matchReadings(
        _ lengths: SIMD4<UInt8>,
        _ sourceLengths: SIMD4<UInt8>,
        _ position: inout Int,
        _ source: inout Int
    ) {
        for metric in 0..<Metric.count {
            let (length, sourceLength) = (Int(lengths[metric]), Int(sourceLengths[metric]))
            let separator = unsafe metric + 1 < Metric.count ? Int(separators[metric]) : 0
            let count = unsafe writer.equalBytes(position, source, atMost: min(length, sourceLength))
            let isEqual = count == length && length == sourceLength
            if !isEqual { unsafe writer.close(at: position + count) }
            position += length
            source += sourceLength
            if !isEqual { unsafe writer.open(at: position, distance: position - source) }
            position += separator
            source += separator
        }
    }

    // MARK: - The rest of a row whose sensor has none in reach

    /// Takes down what follows the piece before the readings, from what other sensors share; gives where the last piece
    /// ends.
    @inline(__always)
    private mutating func matchShared(_ row: RowMark, _ pieces: RowLayout.Pieces, _ previous: RowMark?) -> Int {
        var position = Int(row.before) + Int(pieces.before)
        var source = 0
        if let previous {
            source = unsafe Int(previous.before) + Int(sensors[Int(previous.sensor)].before)
            if unsafe commonEnd >= 4, unsafe writer.distance == 0 {
                unsafe writer.open(at: position - commonEnd, distance: position - source)
            }
        }
        unsafe writer.close(at: position)
        for metric in 0..<Metric.count {
            position += Int(row.lengths[metric])
            guard metric + 1 < Metric.count else { break }
            let separator = unsafe Int(separators[metric])
            if let previous, separator >= 4 {
                source += Int(previous.lengths[metric])
                unsafe writer.open(at: position, distance: position - source)
                unsafe writer.close(at: position + separator)
                source += separator
            }
            position += separator
        }
        unsafe matchAtoms(Int(pieces.firstBetween)..<Int(pieces.firstAfter), &position)
        unsafe matchLabel(row, pieces, previous)
        position = Int(row.after)
        unsafe matchAtoms(Int(pieces.firstAfter)..<Int(pieces.endOfAtoms), &position)
        return position
    }

    /// Takes down the label: from where the text behind it is, or from the previous row.
    @inline(__always)
    private mutating func matchLabel(_ row: RowMark, _ pieces: RowLayout.Pieces, _ previous: RowMark?) {
        let (label, after) = (Int(row.label), Int(row.after))
        let count = after - label
        if unsafe writer.distance != 0 {
            let equal = unsafe writer.equalBytes(label, label - writer.distance, atMost: count)
            if equal < count { unsafe writer.close(at: label + equal) }
            return
        }
        if pieces.firstAfter < pieces.endOfAtoms,
            let source = unsafe lastPlace(atoms[Int(pieces.firstAfter)].text, near: after), source >= count,
            unsafe writer.equalBytes(label, source - count, atMost: count) == count
        {
            return unsafe writer.open(at: label, distance: after - source)
        }
        if let previous, Int(previous.after) - Int(previous.label) == count,
            unsafe writer.equalBytes(label, Int(previous.label), atMost: count) == count
        {
            unsafe writer.open(at: label, distance: label - Int(previous.label))
        }
    }

    /// Takes down a piece by its atoms.
    @inline(__always)
    private mutating func matchAtoms(_ range: Range<Int>, _ position: inout Int) {
        for index in range {
            let atom = unsafe atoms[index]
            let length = Int(atom.length)
            let place = unsafe lastPlace(atom.text, near: position)
            if unsafe place == nil || writer.distance != position - (place ?? 0) {
                let distance = unsafe writer.distance
                let equal =
                    unsafe distance == 0 ? 0 : writer.equalBytes(position, position - distance, atMost: length)
                if equal < length || distance == 0 {
                    if let place {
                        unsafe writer.close(at: position)
                        unsafe writer.open(at: position, distance: position - place)
                    } else {
                        unsafe writer.close(at: position + equal)
                    }
                }
            }
            if atom.text >= 0 {
                unsafe lastTexts[Int(atom.text)] = textBase &+ UInt32(truncatingIfNeeded: position)
            }
            position += length
        }
    }

    /// Where a text was written last in this block, if that is in reach.
    @inline(__always)
    private func lastPlace(_ text: Int32, near position: Int) -> Int? {
        guard text >= 0 else { return nil }
        let place = unsafe lastTexts[Int(text)]
        guard unsafe place >= textBase else { return nil }
        let found = unsafe Int(place &- textBase)
        return unsafe position - found <= Self.window ? found : nil
    }

    // MARK: - The healthy twin

    /// Takes down the readings of the twin, which mostly are those of the row itself.
    @inline(__always)
    private mutating func matchTwin(_ row: RowMark, _ pieces: RowLayout.Pieces, at lead: Int, _ end: Int) {
        var position = unsafe lead + twinLead
        if unsafe writer.distance != 0 {
            unsafe writer.close(at: lead + writer.equalBytes(lead, lead - writer.distance, atMost: twinLead))
        }
        var source = Int(row.before) + Int(pieces.before)
        // A name of a place may be longer than the window.
        guard unsafe end - source <= Self.window else { return }
        unsafe writer.open(at: position, distance: position - source)
        unsafe matchReadings(row.lengths.highHalf, row.lengths.lowHalf, &position, &source)
        unsafe writer.close(at: position)
    }
}
