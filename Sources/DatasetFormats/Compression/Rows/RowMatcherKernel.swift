/// What ``RowMatcher`` does with each row; lives as long as the buffers that it looks into are lent.
@unsafe
struct RowMatcherKernel {
    var writer: TokenWriter
    private let marks: UnsafeBufferPointer<RowMark>
    private let lengths: UnsafeBufferPointer<UInt8>
    private let sensors: UnsafeBufferPointer<RowLayout.Pieces>
    private let atoms: UnsafeBufferPointer<RowLayout.Atom>
    private let lastRows: UnsafeMutableBufferPointer<UInt32>
    private let lastTexts: UnsafeMutableBufferPointer<UInt32>
    private let lastValues: UnsafeMutableBufferPointer<UInt32>
    private let rowBase: UInt32
    private let textBase: UInt32
    private let commonEnd: Int
    private let separators: UnsafeBufferPointer<UInt8>
    private let metricCount: Int
    private let lengthCount: Int
    private let sharesReadings: Bool
    private let twinLead: Int
    private let usesValues: Bool
    private let readingLimit: UInt8
    private let labelLimit: Int
    /// A sensor's rows whose pieces before the readings lie so far apart are in reach of each other as a whole.
    private let reach: Int

    init(
        writer: TokenWriter,
        marks: UnsafeBufferPointer<RowMark>,
        lengths: UnsafeBufferPointer<UInt8>,
        sensors: UnsafeBufferPointer<RowLayout.Pieces>,
        atoms: UnsafeBufferPointer<RowLayout.Atom>,
        separators: UnsafeBufferPointer<UInt8>,
        lastRows: UnsafeMutableBufferPointer<UInt32>,
        lastTexts: UnsafeMutableBufferPointer<UInt32>,
        lastValues: UnsafeMutableBufferPointer<UInt32>,
        rowBase: UInt32,
        textBase: UInt32,
        layout: RowLayout,
        effort: RowDeflater.Effort
    ) {
        unsafe self.writer = unsafe writer
        unsafe self.marks = unsafe marks
        unsafe self.lengths = unsafe lengths
        unsafe self.sensors = unsafe sensors
        unsafe self.atoms = unsafe atoms
        unsafe self.lastRows = unsafe lastRows
        unsafe self.lastTexts = unsafe lastTexts
        unsafe self.lastValues = unsafe lastValues
        unsafe self.rowBase = rowBase
        unsafe self.textBase = textBase
        unsafe commonEnd = layout.commonEnd
        unsafe self.separators = unsafe separators
        unsafe metricCount = layout.metricCount
        unsafe lengthCount = layout.metricCount * (layout.twinLead > 0 ? 2 : 1)
        // Without names between them, readings of another sensor repeat too little.
        unsafe sharesReadings = layout.separators.first.map { $0 >= 4 } ?? false
        unsafe twinLead = layout.twinLead
        unsafe usesValues = effort == .thorough
        unsafe readingLimit = layout.readingLimit
        unsafe labelLimit = layout.labelLimit
        unsafe reach = DistanceSymbol.window - layout.spread
    }

    /// Takes down a row.
    @inline(__always)
    mutating func match(_ index: Int) {
        let row = unsafe marks[index]
        unsafe checkLimits(row)
        let end = unsafe index + 1 < marks.count ? Int(marks[index + 1].start) : writer.end
        let pieces = unsafe sensors[Int(row.sensor)]
        let previous = unsafe index == 0 ? nil : near(marks[index - 1], end)
        let own = unsafe lastRow(of: Int(row.sensor), before: index, row)
        // Bytes are compared by eight.
        guard unsafe end + 8 <= writer.end else { return unsafe writer.close(at: Int(row.start)) }
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

    /// The reach rests on these limits: a distance beyond the window would be another one in the output, and not be noticed.
    @inline(__always)
    private func checkLimits(_ row: RowMark) {
        let first = Int(row.lengths)
        var longest: UInt8 = 0
        for index in unsafe first..<first + lengthCount { unsafe longest = max(longest, lengths[index]) }
        let isWithin = unsafe longest <= readingLimit
        unsafe precondition(
            isWithin && Int(row.after) - Int(row.label) <= labelLimit,
            "a reading or a label is longer than its layout says"
        )
    }

    /// A row, if all of it is in reach.
    @inline(__always)
    private func near(_ row: RowMark, _ end: Int) -> RowMark? {
        end - Int(row.start) <= DistanceSymbol.window ? row : nil
    }

    /// The sensor's last row in this block, if it is in reach, and notes that the next one is `index`.
    @inline(__always)
    private func lastRow(of sensor: Int, before index: Int, _ row: RowMark) -> RowMark? {
        let last = unsafe lastRows[sensor]
        unsafe lastRows[sensor] = rowBase &+ UInt32(truncatingIfNeeded: index)
        guard unsafe last >= rowBase else { return nil }
        let found = unsafe marks[Int(last &- rowBase)]
        let isNear = unsafe Int(row.before) - Int(found.before) <= reach
        return unsafe isNear || reaches(from: row, found) ? found : nil
    }

    /// Whether all parts of a sensor's row, from its piece before the readings on, are in reach from those of another.
    @inline(never)
    private func reaches(from row: RowMark, _ source: RowMark) -> Bool {
        var distance = Int(row.before) - Int(source.before)
        var farthest = max(distance, Int(row.after) - Int(source.after))
        for metric in unsafe 0..<metricCount {
            farthest = max(farthest, distance)
            unsafe distance += length(row, metric) - length(source, metric)
        }
        return max(farthest, distance) <= DistanceSymbol.window
    }

    /// The length in bytes of a row's reading; the twin's follow.
    @inline(__always)
    private func length(_ row: RowMark, _ reading: Int) -> Int {
        unsafe Int(lengths[Int(row.lengths) + reading])
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
        unsafe matchReadings(
            Int(row.lengths),
            Int(own.lengths),
            &position,
            &source,
            usesValues: false
        )
        let end = Int(row.after) + Int(pieces.after)
        let label = Int(row.label)
        source += label - position
        let labelCount = Int(row.after) - label
        let equal = unsafe writer.equalBytes(label, source, atMost: labelCount)
        if equal < labelCount || Int(own.after) - source != labelCount {
            unsafe writer.close(at: label + equal)
            unsafe writer.open(at: Int(row.after), distance: Int(row.after) - Int(own.after))
        }
        return end
    }

    /// Takes down the readings and what is between them, from a row whose readings begin at `source`, or from where a
    /// reading was written last.
    @inline(__always)
    private mutating func matchReadings(
        _ first: Int,
        _ sourceFirst: Int,
        _ position: inout Int,
        _ source: inout Int,
        usesValues: Bool
    ) {
        var lead = unsafe commonEnd
        for metric in unsafe 0..<metricCount {
            let (length, sourceLength) = unsafe (Int(lengths[first + metric]), Int(lengths[sourceFirst + metric]))
            let separator = unsafe Int(separators[metric])
            let value = unsafe usesValues ? lastPlace(ofReading: metric, position, length) : nil
            let distance = unsafe writer.distance
            // With what follows a reading, as another one may go on.
            let equal = unsafe distance == 0 ? 0 : writer.equalBytes(position, position - distance, atMost: length + 1)
            let isEqual = equal > length
            if !isEqual {
                if let value {
                    unsafe writer.reopen(
                        at: position,
                        lead: lead,
                        equal: min(equal, length),
                        distance: position - value
                    )
                } else {
                    unsafe writer.close(at: position + min(equal, length))
                }
            }
            position += length
            source += sourceLength
            if !isEqual, value == nil {
                // The last digits may be the same again.
                let common = unsafe writer.equalBytes(before: position, source, atMost: length - min(equal, length))
                let start = position - min(common, sourceLength)
                unsafe writer.open(at: start, distance: position - source)
            }
            position += separator
            source += separator
            lead = separator
        }
    }

    /// Where a reading was written last in this block with the same text, if that is in reach; notes its place now.
    @inline(__always)
    private func lastPlace(ofReading metric: Int, _ position: Int, _ length: Int) -> Int? {
        guard length < 8 else { return nil }
        let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 56 &- 8 &* length)
        let word = unsafe writer.word(at: position) & mask
        let slot = Int(truncatingIfNeeded: (word &* 0x9e37_79b9_7f4a_7c15) &>> 55) | metric << 9
        let place = unsafe lastValues[slot]
        unsafe lastValues[slot] = textBase &+ UInt32(truncatingIfNeeded: position)
        guard unsafe place >= textBase else { return nil }
        let found = unsafe Int(place &- textBase)
        guard position - found <= DistanceSymbol.window, unsafe writer.word(at: found) & mask == word else {
            return nil
        }
        return found
    }

    // MARK: - The rest of a row whose sensor has none in reach

    /// Takes down what follows the piece before the readings, from what other sensors share; gives where the last piece
    /// ends.
    @inline(__always)
    private mutating func matchShared(_ row: RowMark, _ pieces: RowLayout.Pieces, _ previous: RowMark?) -> Int {
        var position = Int(row.before) + Int(pieces.before)
        if unsafe sharesReadings, let previous {
            var source = unsafe Int(previous.before) + Int(sensors[Int(previous.sensor)].before)
            if unsafe writer.distance == 0 {
                unsafe writer.open(at: position - commonEnd, distance: position - source)
            }
            unsafe matchReadings(
                Int(row.lengths),
                Int(previous.lengths),
                &position,
                &source,
                usesValues: usesValues
            )
        } else {
            unsafe writer.close(at: position)
            position = Int(row.label) - Int(pieces.between)
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
        return position - found <= DistanceSymbol.window ? found : nil
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
        guard end - source <= DistanceSymbol.window else { return }
        unsafe writer.open(at: position, distance: position - source)
        let first = Int(row.lengths)
        unsafe matchReadings(first + metricCount, first, &position, &source, usesValues: false)
        unsafe writer.close(at: position)
    }
}
