/// Takes the pieces of all sensors apart into atoms: texts that several sensors share, and the rest.
///
/// Fields that always stand together are one atom.
struct RowAtoms {
    /// Less is not worth a match.
    private static let leastLength = 4

    /// A field of a piece, and the number of its text.
    private struct Field {
        var range: Range<Int>
        var text: Int32
    }

    private let bytes: [UInt8]
    /// Where each text occurs first, by its number.
    private var ranges: [Range<Int>] = []
    /// How often each text occurs, by its number.
    private var counts: [Int32] = []
    /// The number of the text with a hash.
    private var numbers: [UInt64: Int32] = [:]
    /// How often two texts follow each other.
    private var neighbours: [UInt64: Int32] = [:]
    private var fields: [Field] = []
    /// Where the fields of each piece begin.
    private var starts: [Int] = []

    /// - Parameter bytes: what ranges of pieces refer to.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Adds the next piece.
    mutating func append(_ piece: Range<Int>) {
        starts.append(fields.count)
        let first = fields.count
        var start = piece.lowerBound
        for index in piece {
            // Commas begin a field, colons end a key.
            let isEnd =
                index + 1 == piece.upperBound || bytes[index] == UInt8(ascii: ":")
                || bytes[index + 1] == UInt8(ascii: ",")
            guard isEnd, index + 1 - start >= Self.leastLength || index + 1 == piece.upperBound else { continue }
            let range = start..<index + 1
            fields.append(Field(range: range, text: number(of: range)))
            start = index + 1
        }
        guard fields.count > first else { return }
        for index in first + 1..<fields.count {
            neighbours[Self.pair(fields[index - 1].text, fields[index].text), default: 0] += 1
        }
    }

    private mutating func number(of range: Range<Int>) -> Int32 {
        // FNV-1a.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in range { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
        if let number = numbers[hash], bytes[ranges[Int(number)]] == bytes[range] {
            counts[Int(number)] += 1
            return number
        }
        let number = Int32(ranges.count)
        ranges.append(range)
        counts.append(1)
        // If two texts ever had the same hash, the first one would be taken for unique from here on.
        numbers[hash] = number
        return number
    }

    private static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    /// The atoms of all pieces, where those of each piece begin and, at last, where they end, and the number of texts.
    func atoms() -> (atoms: [RowLayout.Atom], starts: [Int], textCount: Int) {
        var atoms: [RowLayout.Atom] = []
        var bounds: [Int] = []
        var texts = [Int32](repeating: -1, count: counts.count)
        var textCount = 0
        for (piece, first) in starts.enumerated() {
            bounds.append(atoms.count)
            let end = piece + 1 < starts.count ? starts[piece + 1] : fields.count
            for index in first..<end {
                let field = fields[index]
                if index > first, isOne(fields[index - 1].text, field.text) {
                    atoms[atoms.count - 1].length += Int32(field.range.count)
                    continue
                }
                let number = Int(field.text)
                if counts[number] > 1, texts[number] < 0 {
                    texts[number] = Int32(textCount)
                    textCount += 1
                }
                atoms.append(RowLayout.Atom(length: Int32(field.range.count), text: texts[number]))
            }
        }
        return (atoms, bounds + [atoms.count], textCount)
    }

    /// Whether two neighbouring fields always stand together.
    private func isOne(_ left: Int32, _ right: Int32) -> Bool {
        let count = counts[Int(left)]
        guard left != right, counts[Int(right)] == count else { return false }
        return count == 1 || neighbours[Self.pair(left, right)] == count
    }
}
