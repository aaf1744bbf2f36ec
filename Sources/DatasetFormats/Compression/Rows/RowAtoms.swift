/// Takes the pieces of all sensors apart into atoms: texts that several sensors share, and the rest.
///
/// Fields that always stand together are one atom.
struct RowAtoms {
    /// How a text occurs.
    private struct Occurrence {
        /// How often.
        var count: Int32 = 0
        /// The text of the field behind it, if that is the same wherever it occurs; -1 if not.
        var next: Int32 = -1
    }

    private let pieces: PieceFields
    /// The text of each field, by its number.
    private var texts: [Int32] = []
    /// By the text's number.
    private var occurrences: [Occurrence] = []

    /// - Parameters:
    ///   - bytes: what the pieces lie in.
    ///   - pieces: the pieces to take apart.
    init(_ bytes: [UInt8], _ pieces: [Range<Int>]) {
        self.pieces = PieceFields(bytes, pieces)
        var numbers = TextNumbers(bytes, fieldCount: self.pieces.fields.count)
        texts.reserveCapacity(self.pieces.fields.count)
        for field in self.pieces.fields {
            let text = numbers.number(of: field)
            texts.append(text)
            if Int(text) == occurrences.count { occurrences.append(Occurrence()) }
        }
        for piece in pieces.indices {
            let fields = self.pieces.bounds[piece]..<self.pieces.bounds[piece + 1]
            for field in fields {
                note(texts[field], before: field + 1 < fields.upperBound ? texts[field + 1] : -1)
            }
        }
    }

    private mutating func note(_ text: Int32, before next: Int32) {
        var occurrence = occurrences[Int(text)]
        if occurrence.count == 0 {
            occurrence.next = next
        } else if occurrence.next != next {
            occurrence.next = -1
        }
        occurrence.count += 1
        occurrences[Int(text)] = occurrence
    }

    /// The atoms of all pieces, where those of each piece begin and, at last, where they end, and the number of texts.
    func atoms() -> (atoms: [RowLayout.Atom], bounds: [Int32], textCount: Int) {
        var atoms: [RowLayout.Atom] = []
        atoms.reserveCapacity(texts.count)
        var bounds: [Int32] = [0]
        bounds.reserveCapacity(pieces.bounds.count)
        /// By the text's number: its number among those that are shared; -1 for the others.
        var shared = [Int32](repeating: -1, count: occurrences.count)
        var sharedCount = 0
        for piece in 1..<pieces.bounds.count {
            let fields = pieces.bounds[piece - 1]..<pieces.bounds[piece]
            for field in fields {
                let (text, length) = (Int(texts[field]), Int32(pieces.fields[field].range.count))
                if field > fields.lowerBound, isOne(texts[field - 1], texts[field]) {
                    atoms[atoms.count - 1].length += length
                    continue
                }
                if occurrences[text].count > 1, shared[text] < 0 {
                    shared[text] = Int32(sharedCount)
                    sharedCount += 1
                }
                atoms.append(RowLayout.Atom(length: length, text: shared[text]))
            }
            bounds.append(Int32(atoms.count))
        }
        return (atoms, bounds, sharedCount)
    }

    /// Whether two neighbouring fields always stand together.
    private func isOne(_ left: Int32, _ right: Int32) -> Bool {
        let (before, behind) = (occurrences[Int(left)], occurrences[Int(right)])
        guard left != right, before.count == behind.count else { return false }
        return before.count == 1 || before.next == right
    }
}
