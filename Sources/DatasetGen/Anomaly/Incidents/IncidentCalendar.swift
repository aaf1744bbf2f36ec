/// When the incidents of a cause happen to sensors of one scope, with random access in time.
///
/// Time is cut into cells, an eighth as long as the mean time between two incidents unless these last for too long for that.
/// A cell has an incident by the probability that makes their mean number right, somewhere within it: incidents come
/// nearly as in a Poisson process, do not overlap, and those of a cell are known without the cells before. Where the cells
/// begin is drawn once for a scope, so that incidents are equally likely at all times.
struct IncidentCalendar: Sendable {
    /// An incident; its times are microseconds from the start of the run.
    struct Incident {
        /// Its number, which tells it from others of the same cause and scope.
        let number: Int64
        let begin: Int64
        let end: Int64
    }

    private let timing: IncidentParameters.Timing
    private let duration: ClosedRange<Int64>
    /// Microseconds from the beginning of an incident until it has left its last sensor, at most.
    let longest: Int64
    /// Microseconds of a cell.
    private let cell: Int64
    /// The probability that a cell has an incident.
    private let probability: Double

    init(_ parameters: IncidentParameters) {
        (timing, duration) = (parameters.timing, parameters.duration)
        longest = parameters.duration.upperBound + parameters.spread
        if case .every(let time) = parameters.timing {
            cell = min(time, max(time / 8, 2 * longest))
            probability = Double(cell) / Double(time)
        } else {
            (cell, probability) = (1, 0)
        }
    }

    /// Streams of a scope's key.
    private enum Stream: UInt64 {
        case phase, happens, length, place, effect
    }

    /// What the incident of a number does, below the key of its scope.
    static func effectKey(of number: Int64, below key: RandomKey) -> RandomKey {
        key.stream(Stream.effect.rawValue).stream(UInt64(bitPattern: number))
    }

    /// Calls `body` with every incident that may hit a sensor at one of some microseconds from the start, in the order of
    /// their numbers, below the key of its scope.
    func forEach(in times: Range<Int64>, below key: RandomKey, _ body: (Incident) -> Void) {
        guard !times.isEmpty else { return }
        switch timing {
        case .at(let offsets):
            for (index, offset) in offsets.enumerated() where offset < times.upperBound {
                guard offset + longest > times.lowerBound else { continue }
                body(incident(Int64(index), from: offset, below: key))
            }
        case .every:
            let phase = phase(below: key)
            let first = (times.lowerBound - phase).flooredQuotient(by: cell)
            let last = (times.upperBound - 1 - phase).flooredQuotient(by: cell)
            for number in first...last {
                if let incident = incident(ofCell: number, phase, below: key) { body(incident) }
            }
        }
    }

    /// The first cell of a scope begins at or before the start of the run.
    private func phase(below key: RandomKey) -> Int64 {
        -Int64(key.stream(Stream.phase.rawValue).integer(0, below: UInt64(cell)))
    }

    private func incident(ofCell number: Int64, _ phase: Int64, below key: RandomKey) -> Incident? {
        let counter = UInt64(bitPattern: number)
        guard key.stream(Stream.happens.rawValue).uniform(counter) < probability else { return nil }
        let room = cell - longest - (length(number, below: key) - duration.upperBound)
        let place = key.stream(Stream.place.rawValue).integer(counter, below: UInt64(room + 1))
        return incident(number, from: phase + number * cell + Int64(place), below: key)
    }

    private func incident(_ number: Int64, from begin: Int64, below key: RandomKey) -> Incident {
        Incident(number: number, begin: begin, end: begin + length(number, below: key))
    }

    private func length(_ number: Int64, below key: RandomKey) -> Int64 {
        let width = UInt64(duration.upperBound - duration.lowerBound)
        let drawn = key.stream(Stream.length.rawValue).integer(UInt64(bitPattern: number), below: width + 1)
        return duration.lowerBound + Int64(drawn)
    }

    /// How many incidents a scope has on average in some microseconds from the start.
    func expectedCount(in microseconds: Int64) -> Double {
        switch timing {
        case .every(let time): Double(microseconds) / Double(time)
        case .at(let offsets): Double(offsets.count { $0 < microseconds })
        }
    }
}
