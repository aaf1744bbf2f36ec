package import DatasetFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The text of a file, compressed or not, piece by piece, on demand; a compressed file is checked on the way.
///
/// Checksums stand behind what they are of: text that was read before may still turn out to be wrong.
package final class TextStream {
    /// Bytes of text at a time.
    private static let pieceSize = 1 << 20

    private var file: FileReader
    private var path: String
    private var decompressor: (any Decompressor)?
    /// What is read when the file at hand has ended well.
    private var following: ArraySlice<StoredFile>
    private let compression: CompressedFormat?
    /// Whether gzip members may follow one another.
    private let takesMembers: Bool
    /// Bytes of the text of each file so far.
    package private(set) var byteCounts: [Int64] = [0]
    private var input: [UInt8] = []
    private var offset = 0
    private var isAtEnd = false
    /// What is wrong with the file as far as it has been read; nil if nothing.
    package private(set) var problem: String?

    /// Reads an open file, and others behind it as if they were one; without a compression their bytes are the text.
    ///
    /// Files of this program have one gzip member, as many readers stop after the first. Those of others may have more (RFC
    /// 1952, section 2.2), which `takesMembers` takes.
    package init(
        _ file: StoredFile,
        following: [StoredFile] = [],
        compression: CompressedFormat?,
        takesMembers: Bool = false
    ) {
        (self.following, self.compression, self.takesMembers) = (following[...], compression, takesMembers)
        self.file = FileReader(file)
        path = file.path
        decompressor = compression?.makeDecompressor()
    }

    /// Opens a file; without a compression its bytes are the text.
    ///
    /// - Throws: ``FileError`` when the file cannot be opened.
    package convenience init(path: String, compression: CompressedFormat?) throws(FileError) {
        self.init(try StoredFile(path: path), compression: compression)
    }

    /// Reads an open file, and others behind it, compressed if its name says so.
    package convenience init(_ file: StoredFile, following: [StoredFile] = []) {
        self.init(file, following: following, compression: CompressedFormat(path: file.path))
    }

    /// Appends the next piece of text, at most 1 MiB; false at the end, be it right or wrong.
    package func read(into text: inout ByteBuffer) throws(FileError) -> Bool {
        if isAtEnd { return false }
        let (index, before) = (byteCounts.count - 1, text.count)
        defer { byteCounts[index] += Int64(text.count - before) }
        guard let decompressor else {
            let piece = try file.next()
            text.append(piece)
            return piece.isEmpty ? end(nil) : true
        }
        // Behind all text stands a checksum, which waits for the text before it: used up input holds back none.
        if offset == input.count {
            input = try file.next()
            offset = 0
            if input.isEmpty { return end(decompressor.problemAtEnd) }
        }
        switch decompressor.decompress(input.span, from: &offset, into: &text, atMost: Self.pieceSize) {
        case .proceeding: return true
        case .finished:
            if offset == input.count { (input, offset) = (try file.next(), 0) }
            if offset == input.count {
                _ = end(nil)
            } else if takesMembers, isMember(input[offset...]) {
                self.decompressor = compression?.makeDecompressor()
            } else {
                _ = end("there are bytes behind the end")
            }
            return true
        case .failed(let problem): return end(problem)
        case .outOfMemory: throw FileError(.read, path, code: ENOMEM)
        }
    }

    /// Calls `body` with the text, piece by piece to the end.
    ///
    /// - Returns: nil if the file is whole and undamaged, else what is wrong.
    /// - Throws: ``FileError`` when the file cannot be read.
    package func read(_ body: (ArraySlice<UInt8>) -> Void) throws(FileError) -> String? {
        var text = ByteBuffer()
        while try read(into: &text) {
            body(text.bytes[...])
            text.removeAll()
        }
        // What came before the damage was found.
        if text.count > 0 { body(text.bytes[...]) }
        return problem
    }

    /// Whether what there is of the input begins as a gzip member, by its first two bytes.
    private func isMember(_ rest: ArraySlice<UInt8>) -> Bool {
        GzipMember.header.prefix(2).starts(with: rest.prefix(2))
    }

    /// Goes on with the next file; false where there is none, or this one is wrong.
    private func end(_ problem: String?) -> Bool {
        if problem == nil, let next = following.popFirst() {
            (file, path, decompressor) = (FileReader(next), next.path, compression?.makeDecompressor())
            (input, offset) = ([], 0)
            byteCounts.append(0)
            return true
        }
        isAtEnd = true
        self.problem = problem
        return false
    }
}
