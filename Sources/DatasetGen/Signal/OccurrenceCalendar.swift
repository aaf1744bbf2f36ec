/// When something that comes now and then happens, such as the incidents of a cause to sensors of one scope, with random access in
/// time.
///
/// Time is cut into cells, an eighth as long as the mean time between two occurrences unless these last for too long for that.
/// A cell has one by the probability that makes their mean number right, somewhere within it: occurrences come
/// nearly as in a Poisson process, do not overlap, and those of a cell are known without the cells before. Where the cells
/// begin is drawn once for a key, so that occurrences are equally likely at all times.
struct OccurrenceCalendar: Sendable {
    /// When occurrences begin.
    typealias Timing = IncidentParameters.Timing

    /// An occurrence; its times are microseconds from the start of the run.
    struct Occurrence {
        /// Its number, which tells it from others of the same key.
        let number: Int64
        let begin: Int64
        let end: Int64
    }

    private let timing: Timing
    private let duration: ClosedRange<Int64>
    /// Microseconds from the beginning of an occurrence until nothing is left of it, at most.
    let longest: Int64
    /// Microseconds of a cell.
    private let cell: Int64
    /// The probability that a cell has an occurrence.
    private let probability: Double

    /// Occurrences that last for so many microseconds, and leave traces for so many more.
    init(_ timing: Timing, duration: ClosedRange<Int64>, traces: Int64) {
        (self.timing, self.duration) = (timing, duration)
        longest = duration.upperBound + traces
        if case .every(let time) = timing {
            cell = min(time, max(time / 8, 2 * longest))
            probability = Double(cell) / Double(time)
        } else {
            (cell, probability) = (1, 0)
        }
    }

    /// Streams of a key.
    private enum Stream: UInt64 {
        case phase, happens, length, place, effect
    }

    /// What the occurrence of a number does, below its key.
    static func effectKey(of number: Int64, below key: RandomKey) -> RandomKey {
        key.stream(Stream.effect.rawValue).stream(UInt64(bitPattern: number))
    }

    /// Calls `body` with every occurrence that may be felt at one of some microseconds from the start, in the order of
    /// their numbers, below their key.
    func forEach(in times: Range<Int64>, below key: RandomKey, _ body: (Occurrence) -> Void) {
        guard !times.isEmpty else { return }
        switch timing {
        case .at(let offsets):
            for (index, offset) in offsets.enumerated() where offset < times.upperBound {
                guard offset + longest > times.lowerBound else { continue }
                body(occurrence(Int64(index), from: offset, below: key))
            }
        case .every:
            let phase = phase(below: key)
            let first = (times.lowerBound - phase).flooredQuotient(by: cell)
            let last = (times.upperBound - 1 - phase).flooredQuotient(by: cell)
            for number in first...last {
                if let occurrence = occurrence(ofCell: number, phase, below: key) { body(occurrence) }
            }
        }
    }

    /// The first cell begins at or before the start of the run.
    private func phase(below key: RandomKey) -> Int64 {
        -Int64(key.stream(Stream.phase.rawValue).integer(0, below: UInt64(cell)))
    }

    private func occurrence(ofCell number: Int64, _ phase: Int64, below key: RandomKey) -> Occurrence? {
        let counter = UInt64(bitPattern: number)
        guard key.stream(Stream.happens.rawValue).uniform(counter) < probability else { return nil }
        let room = cell - longest - (length(number, below: key) - duration.upperBound)
        let place = key.stream(Stream.place.rawValue).integer(counter, below: UInt64(room + 1))
        return occurrence(number, from: phase + number * cell + Int64(place), below: key)
    }

    private func occurrence(_ number: Int64, from begin: Int64, below key: RandomKey) -> Occurrence {
        Occurrence(number: number, begin: begin, end: begin + length(number, below: key))
    }

    private func length(_ number: Int64, below key: RandomKey) -> Int64 {
        key.stream(Stream.length.rawValue).integer(UInt64(bitPattern: number), in: duration)
    }

    /// How many occurrences there are on average in some microseconds from the start.
    func expectedCount(in microseconds: Int64) -> Double {
        switch timing {
        case .every(let time): Double(microseconds) / Double(time)
        case .at(let offsets): Double(offsets.count { $0 < microseconds })
        }
    }
}
