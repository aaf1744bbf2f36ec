import Crypto

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A database file that SQLite has made, to which whole pages are appended.
///
/// SQLite must not have the file open meanwhile. It is a sound database again once every page that was appended is part
/// of a table. Its header does not say how many pages there are, so that SQLite goes by the size of the file; the first
/// transaction of SQLite that changes something enters it.
package final class PageFile {
    package let layout: SQLitePageLayout
    private let path: String
    private var descriptor: Int32
    private var writeBehind = WriteBehind()
    private let numbering: PageNumbering
    /// The digest of the pages before the reserved ones, as far as they are there; nil if none are reserved.
    private var digest: SHA256?
    /// The first of the reserved pages.
    private let digestEnd: UInt32
    /// Page 1, as the digest knows it.
    private var firstPage: [UInt8] = []
    /// The number of the page that comes next.
    private(set) var nextPage: UInt32

    /// Opens the file.
    ///
    /// No appended page gets a number that is `reserved`, for a page that is written at last. The pages before are final
    /// once they are appended, and their digest is taken on the way.
    ///
    /// - Throws: ``FileError`` when it cannot be opened.
    package init(path: String, layout: SQLitePageLayout, reserved: Range<UInt32>? = nil) throws(FileError) {
        self.path = path
        self.layout = layout
        numbering = PageNumbering(layout, reserved: reserved)
        digestEnd = reserved?.lowerBound ?? 0
        nextPage = UInt32(try FileSystem.size(ofFile: path) / Int64(layout.pageSize)) + 1
        descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(.open, path) }
        // Section 1.3.8 of https://sqlite.org/fileformat2.html: the count of pages at byte 28, of which zero is invalid.
        try unsafe [UInt8](repeating: 0, count: 4).span
            .withUnsafeBytes { bytes throws(FileError) in try unsafe write(bytes, offset: 28) }
        guard reserved != nil else { return }
        var hash = SHA256()
        firstPage = try bytes(at: 0, count: layout.pageSize)
        try update(&hash, fromPage: 1)
        digest = hash
    }

    deinit { closeFile() }

    /// Bytes of the file.
    package var size: Int64 { Int64(nextPage - 1) * Int64(layout.pageSize) }

    /// Appends pages in a row, which get the numbers of ``number(ofNext:)``.
    func append(_ pages: borrowing PageMemory, _ range: Range<Int>) throws(FileError) {
        guard !range.isEmpty else { return }
        let number = number(ofNext: 0)
        let run = numbering.run(from: number)
        if range.count > run {
            let middle = range.lowerBound + run
            try append(pages, range.lowerBound..<middle)
            return try append(pages, middle..<range.upperBound)
        }
        try unsafe pages.withBytes(ofPages: range) { bytes throws(FileError) in try unsafe append(bytes, page: number) }
        guard let next = UInt32(exactly: UInt64(number) + UInt64(range.count)), next <= Self.maximumPage else {
            throw FileError(.write, path, reason: "SQLite allows no more pages; a greater page_size holds more")
        }
        nextPage = next
        writeBehind.grow(to: size, descriptor: descriptor)
    }

    /// Appends a page, and gives its number.
    func append(_ page: [UInt8]) throws(FileError) -> UInt32 {
        let number = number(ofNext: 0)
        try unsafe page.span.withUnsafeBytes { bytes throws(FileError) in try unsafe append(bytes, page: number) }
        nextPage = number + 1
        return number
    }

    /// Replaces a page; not one that the digest has taken.
    func write(_ page: [UInt8], page number: UInt32) throws(FileError) {
        try unsafe page.span
            .withUnsafeBytes { bytes throws(FileError) in try unsafe write(bytes, offset: offset(ofPage: number)) }
    }

    /// The number that the page `distance` pages behind the next one gets.
    func number(ofNext distance: Int) -> UInt32 {
        numbering.number(from: nextPage, advancedBy: distance)
    }

    /// Waits until the file, which SQLite has completed, is on the disk, and closes it.
    ///
    /// Where the pages before the reserved ones are in the digest already, page 1 gets back the header that the digest
    /// knows, and only the other pages are read.
    ///
    /// - Parameter isRead: whether the whole file is read, as pages may have changed.
    /// - Returns: the digest of the file.
    /// - Throws: ``FileError`` when it cannot be read or written.
    package func finish(rereading isRead: Bool) throws(FileError) -> SHA256Text {
        defer { closeFile() }
        var hash = SHA256()
        if let digest, !isRead {
            hash = digest
            try write(firstPage, page: 1)
            try update(&hash, fromPage: digestEnd)
        } else {
            try update(&hash, fromPage: 1)
        }
        guard fsync(descriptor) == 0 else { throw FileError(.flush, path) }
        return SHA256Text(hash.finalize())
    }

    private func closeFile() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    private func append(_ bytes: UnsafeRawBufferPointer, page number: UInt32) throws(FileError) {
        if digest != nil {
            // A page that nobody may use is all zeros.
            for _ in nextPage..<max(nextPage, min(number, digestEnd)) {
                digest?.update(data: [UInt8](repeating: 0, count: layout.pageSize))
            }
            if number < digestEnd { unsafe digest?.update(bufferPointer: bytes) }
        }
        try unsafe write(bytes, offset: offset(ofPage: number))
    }

    private func offset(ofPage number: UInt32) -> Int { Int(number - 1) * layout.pageSize }

    private func write(_ bytes: UnsafeRawBufferPointer, offset: Int) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
            let written = unsafe pwrite(descriptor, rest.baseAddress, rest.count, offset + done)
            if written < 0 {
                if errno == EINTR { continue }
                throw FileError(.write, path)
            }
            done += written
        }
    }

    /// Takes the bytes of the file from a page on into a digest.
    private func update(_ hash: inout SHA256, fromPage number: UInt32) throws(FileError) {
        var offset = offset(ofPage: number)
        while true {
            // Pieces that stay in the processor's cache between reading and hashing.
            let piece = try bytes(at: offset, count: 1 << 18)
            if piece.isEmpty { return }
            unsafe piece.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
            offset += piece.count
        }
    }

    /// Bytes of the file, at most `count`; none at its end.
    private func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
        var buffer = ByteBuffer()
        try unsafe buffer.appendRaw(atMost: count) { room throws(FileError) in
            while true {
                let status = unsafe pread(descriptor, room.baseAddress, room.count, offset)
                if status >= 0 { return status }
                if errno != EINTR { throw FileError(.read, path) }
            }
        }
        return buffer.bytes
    }

    /// "The maximum page count is 4294967294", section 1.2 of https://sqlite.org/limits.html, item 13.
    private static let maximumPage: UInt32 = 4_294_967_294
}
