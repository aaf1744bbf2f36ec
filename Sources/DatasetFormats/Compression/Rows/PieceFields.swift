import DatasetGen

/// The fields of the sensors' pieces, in their order, each with a hash of its text.
struct PieceFields {
    /// A field of a piece.
    struct Field {
        /// Where its text lies among the bytes of all pieces.
        let range: Range<Int>
        /// FNV-1a of the text.
        let hash: UInt64
    }

    /// Less is not worth a match.
    private static let leastLength = 4
    /// Fewer pieces are not worth another thread.
    private static let leastPieces = 8_192

    /// The fields of all pieces.
    private(set) var fields: [Field] = []
    /// Where the fields of each piece begin and, at last, where they end.
    private(set) var bounds = [0]

    /// - Parameters:
    ///   - bytes: what the pieces lie in.
    ///   - pieces: the pieces to take apart.
    init(_ bytes: [UInt8], _ pieces: [Range<Int>]) {
        let parts = inParallel(pieces.count, atLeast: Self.leastPieces) { PieceFields(bytes, pieces[$0]) }
        fields.reserveCapacity(parts.reduce(0) { $0 + $1.fields.count })
        bounds.reserveCapacity(pieces.count + 1)
        for part in parts {
            let first = fields.count
            fields += part.fields
            bounds += part.bounds.dropFirst().map { first + $0 }
        }
    }

    private init(_ bytes: [UInt8], _ pieces: ArraySlice<Range<Int>>) {
        bounds.reserveCapacity(pieces.count + 1)
        for piece in pieces {
            append(piece, of: bytes.span)
            bounds.append(fields.count)
        }
    }

    private mutating func append(_ piece: Range<Int>, of bytes: Span<UInt8>) {
        let basis: UInt64 = 0xcbf2_9ce4_8422_2325
        var (start, hash) = (piece.lowerBound, basis)
        for index in piece {
            hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3
            let end = index + 1
            // Commas begin a field, colons end a key.
            let isBorder =
                end == piece.upperBound || bytes[index] == UInt8(ascii: ":") || bytes[end] == UInt8(ascii: ",")
            guard isBorder, end - start >= Self.leastLength || end == piece.upperBound else { continue }
            fields.append(Field(range: start..<end, hash: hash))
            (start, hash) = (end, basis)
        }
    }
}
