/// Where in a script of a row stand the parts that a compressor makes use of, for rows that are what a ``RowLayout`` describes.
///
/// That is: the number if there is one, the time, one piece, readings with the same bytes between them, one piece, what the label
/// tells, and one piece.
struct MarkedScript: Sendable {
    /// The steps at which parts begin.
    struct Places: Sendable {
        /// The first step that belongs to the time.
        var time = 0
        /// The step of the piece before the readings.
        var before = 0
        /// The step at which the label begins.
        var label = 0
        /// The step of the piece behind the label.
        var after = 0
    }

    /// Where the parts begin.
    private(set) var places = Places()
    /// The steps between the readings.
    private(set) var separators: [Int] = []
    /// Readings.
    private(set) var readingCount = 0

    /// Nil for a script of another kind.
    init?(_ steps: [RowScripts.Step]) {
        var index = 0
        func isPiece(_ index: Int) -> Bool {
            if index < steps.count, case .value = steps[index] { return false }
            return index < steps.count
        }
        func isShared(_ index: Int) -> Bool {
            if index < steps.count, case .shared = steps[index] { return true }
            return false
        }
        func value(_ index: Int) -> RowValue? {
            if index < steps.count, case .value(let value) = steps[index] { return value }
            return nil
        }
        func reading(_ index: Int) -> Bool {
            if case .metric? = value(index) { true } else { false }
        }
        func telling(_ index: Int) -> Bool {
            switch value(index) {
            case .label, .eventID, .difficulty: true
            default: false
            }
        }
        if isPiece(index) { index += 1 }
        if value(index) == .number {
            index += 1
            places.time = index
            if isPiece(index) { index += 1 }
        }
        guard value(index) == .time, isPiece(index + 1), reading(index + 2) else { return nil }
        places.before = index + 1
        index += 2
        while reading(index) {
            readingCount += 1
            guard isShared(index + 1), reading(index + 2) else {
                index += 1
                break
            }
            separators.append(index + 1)
            index += 2
        }
        if isPiece(index) { index += 1 }
        places.label = index
        if telling(index) {
            index += 1
            while isShared(index), telling(index + 1) { index += 2 }
        }
        places.after = index
        if isPiece(index) { index += 1 }
        guard index == steps.count else { return nil }
    }
}

extension RowScripts {
    /// What is known of the rows, which the scripts have marks for.
    func layout(_ marks: [MarkedScript], readingLimit: Int, labelLimit: Int) -> RowLayout {
        func length(_ script: Int, _ step: Int) -> Int {
            if case .shared(let range) = scripts[script][step] { range.count } else { 0 }
        }
        func piece(_ sensor: Int, _ script: Int, _ step: Int) -> Range<Int> {
            guard step >= 0, step < scripts[script].count else { return 0..<0 }
            return switch scripts[script][step] {
            case .shared(let range): range
            case .own(let piece): pieces[sensor * pieceCount + piece]
            case .value: 0..<0
            }
        }
        var parts: [(before: Range<Int>, between: Range<Int>, after: Range<Int>)] = []
        parts.reserveCapacity(ownCounts.count * marks.count)
        for sensor in ownCounts.indices {
            for (script, marks) in marks.enumerated() {
                parts.append(
                    (
                        piece(sensor, script, marks.places.before), piece(sensor, script, marks.places.label - 1),
                        piece(sensor, script, marks.places.after)
                    )
                )
            }
        }
        let labels = marks.indices.map { script in
            (marks[script].places.label..<marks[script].places.after)
                .reduce(0) { sum, step in
                    if case .value = scripts[script][step] { sum + labelLimit } else { sum + length(script, step) }
                }
        }
        return RowLayout(
            bytes: bytes,
            sensors: parts,
            separators: (marks.first?.separators ?? []).map { UInt8(truncatingIfNeeded: length(0, $0)) } + [0],
            twinLead: 0,
            readingLimit: UInt8(clamping: readingLimit),
            labelLimit: labels.max() ?? 0
        )
    }

    /// Where the parts of all scripts stand; nil if not all are what a layout describes.
    func marks() -> [MarkedScript]? {
        var marks: [MarkedScript] = []
        for steps in scripts {
            guard let marked = MarkedScript(steps) else { return nil }
            let lengths = marked.separators.map { step in
                if case .shared(let range) = steps[step] { range.count } else { Int.max }
            }
            guard lengths.allSatisfy({ $0 <= UInt8.max }) else { return nil }
            marks.append(marked)
        }
        // Scripts of several rows have a reading each, so that nothing is between readings.
        return marks.isEmpty || (marks.count > 1 && marks.contains { $0.readingCount != 1 }) ? nil : marks
    }
}
