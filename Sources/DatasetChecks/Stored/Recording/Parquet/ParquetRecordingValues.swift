import DatasetFormats
import DatasetGen

/// Values of a column as text, out of a page or a dictionary.
struct ParquetRecordingValues {
    private let type: ParquetRecordingType
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// What is wrong with a value that could be read, as the end of a sentence; nil where it is the bytes.
    private(set) var problem: String?

    init(_ type: ParquetRecordingType) { self.type = type }

    var count: Int { ends.count }

    /// The text of a value.
    func field(_ index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

    /// Appends values in an encoding, of which there are so many; false for bytes that are none.
    mutating func append(_ content: Span<UInt8>, from start: Int, encoding: Int64, count: Int) -> Bool {
        ends.reserveCapacity(ends.count + count)
        switch encoding {
        case 0: return appendPlain(content, from: start, count: count)
        case 3 where type.physical == .boolean: return appendRuns(content, from: start, count: count)
        case 5 where type.physical == .int32 || type.physical == .int64:
            var position = start
            guard let numbers = ParquetDecoding.deltas(content, at: &position, count: count) else { return false }
            for number in numbers {
                // Differences of 32 bits wrap around in these.
                let whole = type.physical == .int32 ? Int64(Int32(truncatingIfNeeded: number)) : number
                guard append(type.text(of: whole)) else { return false }
            }
            return true
        case 6 where type.isText: return appendLengths(content, from: start, count: count)
        case 7 where type.isText: return appendSuffixes(content, from: start, count: count)
        case 9: return appendStreams(content, from: start, count: count)
        default:
            problem = "whose encoding is not read here; another program can write it as PLAIN"
            return false
        }
    }

    private mutating func append(_ text: String?) -> Bool {
        guard let text else {
            problem = "with a time that is none of 1900 to 2199 in whole microseconds"
            return false
        }
        bytes.append(contentsOf: text.utf8)
        ends.append(bytes.count)
        return true
    }

    private mutating func append(_ content: Span<UInt8>, _ range: Range<Int>) {
        for index in range { bytes.append(content[index]) }
        ends.append(bytes.count)
    }

    private mutating func append(flag: Bool) {
        bytes.append(flag ? UInt8(ascii: "1") : UInt8(ascii: "0"))
        ends.append(bytes.count)
    }

    private mutating func appendPlain(_ content: Span<UInt8>, from start: Int, count: Int) -> Bool {
        if type.physical == .boolean {
            guard (count + 7) / 8 <= content.count - start else { return false }
            for index in 0..<count { append(flag: content[start + index / 8] >> UInt8(index % 8) & 1 == 1) }
            return true
        }
        var position = start
        for _ in 0..<count {
            var length = type.width ?? 0
            if type.width == nil {
                guard content.count - position >= 4 else { return false }
                length = (0..<4).reversed().reduce(0) { $0 << 8 | Int(content[position + $1]) }
                position += 4
            }
            guard length <= content.count - position else { return false }
            if type.isText {
                append(content, position..<position + length)
            } else {
                guard append(type.text(of: content.extracting(position..<position + length))) else { return false }
            }
            position += length
        }
        return true
    }

    /// Flags as runs, behind the length of these.
    private mutating func appendRuns(_ content: Span<UInt8>, from start: Int, count: Int) -> Bool {
        guard let flags = ParquetDecoding.hybrid(content, from: start + 4, width: 1, count: count) else { return false }
        for flag in flags { append(flag: flag == 1) }
        return true
    }

    /// The lengths of all texts, and then the texts.
    private mutating func appendLengths(_ content: Span<UInt8>, from start: Int, count: Int) -> Bool {
        var position = start
        guard let lengths = ParquetDecoding.deltas(content, at: &position, count: count) else { return false }
        for length in lengths {
            guard length >= 0, length <= content.count - position else { return false }
            append(content, position..<position + Int(length))
            position += Int(length)
        }
        return true
    }

    /// Texts of which each goes on behind what it has in common with the one before.
    private mutating func appendSuffixes(_ content: Span<UInt8>, from start: Int, count: Int) -> Bool {
        var position = start
        guard let prefixes = ParquetDecoding.deltas(content, at: &position, count: count),
            let lengths = ParquetDecoding.deltas(content, at: &position, count: count)
        else { return false }
        var last: ArraySlice<UInt8> = []
        for (prefix, length) in zip(prefixes, lengths) {
            guard prefix >= 0, prefix <= last.count, length >= 0, length <= content.count - position else {
                return false
            }
            bytes.append(contentsOf: last.prefix(Int(prefix)))
            append(content, position..<position + Int(length))
            position += Int(length)
            last = field(ends.count - 1)
        }
        return true
    }

    /// The first bytes of all values, then the second ones, and so on.
    private mutating func appendStreams(_ content: Span<UInt8>, from start: Int, count: Int) -> Bool {
        guard let width = type.width, width > 0, content.count - start >= count * width else { return false }
        var value = [UInt8](repeating: 0, count: width)
        for index in 0..<count {
            for byte in 0..<width { value[byte] = content[start + byte * count + index] }
            guard append(type.text(of: value.span)) else { return false }
        }
        return true
    }
}
