package import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Readings as messages of a broker: one each, and how far each has come.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
package final class EncodedMessages: EncodedPiece, @unchecked Sendable {
    private enum State: UInt8 {
        case waiting
        case sent
        case acknowledged
    }

    /// The payloads, one behind the other.
    package var bytes = ByteBuffer()
    /// Where each payload ends in ``bytes``.
    private var ends: [Int] = []
    /// Bytes between the end of a payload and the next one.
    private var gap = 0
    /// Whose readings they are, by ``Sensor/index``.
    package private(set) var sensors: [Int32] = []
    /// When they were taken, in microseconds since 1970.
    package private(set) var times: [Int64] = []
    /// When they arrive, in microseconds since 1970; empty where nothing happens on the way.
    package private(set) var arrivals: [Int64] = []
    private var states: [State] = []
    /// How often a message was sent that may have arrived before.
    package private(set) var repeats: Int64 = 0
    /// Whether an earlier run may have brought them.
    private var isUncertain = false

    package init() {}

    package var byteCount: Int { bytes.count }

    /// The number of messages.
    package var count: Int { ends.count }

    /// Where the payload of a message lies in ``bytes``.
    package func range(_ message: Int) -> Range<Int> {
        (message == 0 ? 0 : ends[message - 1] + gap)..<ends[message]
    }

    /// Lends out the bytes of all payloads.
    package func withPayloads<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let bytes = self.bytes.bytes
        try unsafe bytes.span.withUnsafeBytes(body)
    }

    /// Forgets the messages and keeps the storage.
    package func removeAll() {
        bytes.removeAll()
        ends.removeAll(keepingCapacity: true)
        sensors.removeAll(keepingCapacity: true)
        times.removeAll(keepingCapacity: true)
        arrivals.removeAll(keepingCapacity: true)
        states.removeAll(keepingCapacity: true)
        repeats = 0
        isUncertain = false
    }

    /// Notes that an earlier run has sent messages, which may have arrived.
    package func expectRepeats() {
        guard !isUncertain else { return }
        isUncertain = true
        for message in states.indices where states[message] == .waiting { states[message] = .sent }
    }

    /// Makes messages of the lines behind those that are there: one for each reading that is not omitted.
    ///
    /// - Complexity: O(bytes).
    func addLines(of readings: ReadingSlice) {
        gap = 1
        var start = ends.last.map { $0 + gap } ?? 0
        unsafe withPayloads { text in
            for index in 0..<readings.count where !readings.isOmitted(index) {
                // Texts in JSON have no line feed of their own.
                guard let begin = text.baseAddress,
                    let end = unsafe memchr(begin + start, Int32(UInt8(ascii: "\n")), text.count - start)
                else { preconditionFailure("a reading without its line") }
                add(reading: index, of: readings, endingAt: unsafe UnsafeRawPointer(end) - begin)
                start = ends[ends.count - 1] + gap
            }
        }
    }

    /// Takes note of a message whose payload has been appended.
    package func add(reading index: Int, of readings: ReadingSlice, endingAt end: Int) {
        let place = readings.places.lowerBound + index
        ends.append(end)
        sensors.append(readings.sensors[place])
        times.append(readings.times[place])
        if !readings.arrivals.isEmpty { arrivals.append(readings.arrivals[place]) }
        states.append(.waiting)
    }

    /// Whether the broker has said that it has a message.
    package func isAcknowledged(_ message: Int) -> Bool { states[message] == .acknowledged }

    /// Whether the broker has said that it has all of them.
    package var areAcknowledged: Bool { states.allSatisfy { $0 == .acknowledged } }

    /// Notes that a message leaves; that it may be there twice then, if it has left before.
    package func noteSent(_ message: Int) {
        if states[message] == .sent { repeats += 1 }
        states[message] = .sent
    }

    /// Notes that a message that has left did not arrive.
    package func noteLost(_ message: Int) { states[message] = .waiting }

    /// Notes that the broker has a message.
    package func acknowledge(_ message: Int) { states[message] = .acknowledged }

    /// Notes that the broker has so many messages, from the first one on.
    package func acknowledgeFirst(_ count: Int) {
        for message in 0..<count { states[message] = .acknowledged }
    }
}
