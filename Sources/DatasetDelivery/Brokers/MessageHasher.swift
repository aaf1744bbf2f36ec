import DatasetFormats
import DatasetGen

/// Hashes the messages of readings, byte for byte.
struct MessageHasher: RowHasher {
    let encoder: MessageEncoder

    func add(_ readings: ReadingSlice, _ windows: ProofWindows, to sums: inout GroupSums) {
        var encoder = encoder
        let messages = EncodedMessages()
        encoder.append(readings, to: messages)
        let text = messages.bytes.bytes
        let bytes = text.span
        for message in 0..<messages.count {
            let hash = Self.hash(bytes.extracting(messages.range(message)))
            sums.add(hash, windows.group(Int(messages.sensors[message]), messages.times[message]))
        }
    }

    /// Of a message.
    static func hash(_ payload: Span<UInt8>) -> UInt64 {
        var hash = ByteHash()
        var index = 0
        while index + 8 <= payload.count {
            var word: UInt64 = 0
            for place in 0..<8 { word |= UInt64(payload[index + place]) << UInt64(8 * place) }
            hash.add(word)
            index += 8
        }
        var rest: UInt64 = 0
        while index < payload.count {
            rest = rest << 8 | UInt64(payload[index])
            index += 1
        }
        hash.add(rest)
        return hash.finish(count: payload.count)
    }
}
