import CISAL
package import DatasetFormats
import DatasetGen

/// A database file that SQLite has made, to which whole pages are appended.
///
/// SQLite must not have the file open meanwhile. It is a sound database again once every page that was appended is part
/// of a table. Its header does not say how many pages there are, so that SQLite goes by the size of the file; the first
/// transaction of SQLite that changes something enters it.
package final class PageFile {
    package let layout: SQLitePageLayout
    private let file: OpenFile
    private var writeBehind = WriteBehind()
    private var numbering: PageNumbering
    /// The digest of the pages before the reserved ones, as far as they are there; nil if none are reserved.
    private var digest: SHA256?
    /// The first of the reserved pages.
    private let digestEnd: UInt32
    /// Page 1, as the digest knows it.
    private var firstPage: [UInt8] = []
    /// The number of the page that comes next.
    private(set) var nextPage: UInt32
    /// CRC-32 of the appended pages that the digest has not taken.
    private var checksum: UInt32 = 0

    /// Opens the file.
    ///
    /// No appended page gets a number that is `reserved`, for a page that is written at last. The pages before are final
    /// once they are appended, and their digest is taken on the way.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - layout: its pages.
    ///   - reserved: the pages that are set aside.
    ///   - made: how many pages SQLite has made; nil for all of the file.
    ///   - fileSystem: where it is.
    /// - Throws: ``FileError`` when it cannot be opened.
    package init(
        path: String,
        layout: SQLitePageLayout,
        reserved: Range<UInt32>? = nil,
        made: UInt32? = nil,
        in fileSystem: FileSystem = FileSystem()
    ) throws(FileError) {
        self.layout = layout
        numbering = PageNumbering(layout, reserved: reserved)
        digestEnd = reserved?.lowerBound ?? 1
        let size = try FileSystem.size(ofFile: path)
        nextPage = 1 + (made ?? UInt32(size / Int64(layout.pageSize)))
        file = try fileSystem.open(path, .existing)
        try forgetPageCount()
        guard reserved != nil else { return }
        var hash = SHA256()
        firstPage = try file.bytes(at: 0, count: layout.pageSize)
        try update(&hash, pages: 1..<nextPage)
        digest = hash
    }

    /// Bytes of the file.
    package var size: Int64 { Int64(nextPage - 1) * Int64(layout.pageSize) }

    /// Makes the pages written so far safe.
    var flusher: FileFlusher { file.flusher }

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
            throw FileError(.write, file.path, reason: "SQLite allows no more pages; a greater page_size holds more")
        }
        nextPage = next
        writeBehind.grow(to: size, descriptor: file.descriptor)
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
        try file.write(page, at: offset(ofPage: number))
    }

    /// The number that the page `distance` pages behind the next one gets.
    func number(ofNext distance: Int) -> UInt32 {
        numbering.number(from: nextPage, advancedBy: distance)
    }

    /// Sets no pages aside any more; none of them has been passed yet.
    func releaseReserved() {
        numbering = PageNumbering(layout)
        digest = nil
    }

    /// Cuts the file off behind a page, or adds zeros up to it.
    func resize(to page: UInt32) throws(FileError) {
        try file.cut(to: Int64(page) * Int64(layout.pageSize))
    }

    /// Waits until the file, which SQLite has completed, is on the disk, and closes it.
    ///
    /// Where the pages before the reserved ones are in the digest already, page 1 gets back the header that the digest
    /// knows, and only the other pages are read.
    ///
    /// - Returns: the digest of the file.
    /// - Throws: ``FileError`` when it cannot be read or written.
    package func finish() throws(FileError) -> SHA256Text {
        var hash = digest ?? SHA256()
        if digest != nil { try write(firstPage, page: 1) }
        try update(&hash, pages: (digest == nil ? 1 : digestEnd)..<UInt32.max)
        try file.flush()
        try file.close()
        return SHA256Text(hash.finalize())
    }

    private func append(_ bytes: UnsafeRawBufferPointer, page number: UInt32) throws(FileError) {
        unsafe note(bytes, page: number)
        try unsafe file.write(bytes, at: offset(ofPage: number))
    }

    /// Takes note of the bytes of the pages from `number` on, behind those that were noted before.
    private func note(_ bytes: UnsafeRawBufferPointer, page number: UInt32) {
        // A page that nobody may use is all zeros.
        for _ in nextPage..<max(nextPage, min(number, digestEnd)) {
            digest?.update(data: [UInt8](repeating: 0, count: layout.pageSize))
        }
        if digest != nil, number < digestEnd {
            unsafe digest?.update(bufferPointer: bytes)
        } else {
            let start = unsafe bytes.assumingMemoryBound(to: UInt8.self).baseAddress
            checksum = unsafe cisal_crc32(checksum, start, UInt64(bytes.count))
        }
    }

    private func offset(ofPage number: UInt32) -> Int { Int(number - 1) * layout.pageSize }

    /// Has SQLite go by the size of the file: needed whenever SQLite has changed something and pages will be appended.
    ///
    /// Section 1.3.8 of https://sqlite.org/fileformat2.html: the count of pages is at byte 28, and zero is invalid.
    func forgetPageCount() throws(FileError) {
        try file.write([UInt8](repeating: 0, count: 4), at: 28)
    }

    /// Takes the bytes of some pages, as far as the file has them, into a digest.
    private func update(_ hash: inout SHA256, pages: Range<UInt32>) throws(FileError) {
        try read(pages) { bytes in unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) } }
    }

    private func read(_ pages: Range<UInt32>, _ body: ([UInt8]) -> Void) throws(FileError) {
        var offset = offset(ofPage: pages.lowerBound)
        let end = self.offset(ofPage: pages.upperBound)
        while offset < end {
            // Pieces that stay in the processor's cache between reading and hashing.
            let piece = try file.bytes(at: offset, count: min(1 << 18, end - offset))
            if piece.isEmpty { return }
            body(piece)
            offset += piece.count
        }
    }

    /// "The maximum page count is 4294967294", section 1.2 of https://sqlite.org/limits.html, item 13.
    private static let maximumPage: UInt32 = 4_294_967_294
}

extension PageFile {
    /// Appends how far the file has come.
    func store(in state: inout StateWriter) {
        state.append(nextPage)
        state.append(checksum)
        state.append(digest.map { Array($0.finalize()) })
    }

    /// Takes the pages that an interrupted run has appended, and cuts off what the file has beyond.
    ///
    /// - Throws: ``FileError`` when they cannot be read or are not those that were appended.
    func resume(from state: inout StateReader) throws(FileError) {
        let (end, checksum, digest): (UInt32, UInt32, [UInt8]?)
        do throws(StateError) {
            (end, checksum, digest) = (try state.next(), try state.next(), try state.next())
        } catch { throw FileError(changed: file.path) }
        while number(ofNext: 0) < end {
            let first = number(ofNext: 0)
            let last = UInt32(min(UInt64(end), UInt64(first) + UInt64(clamping: numbering.run(from: first))))
            // As many at a time as stay in the processor's cache.
            let piece = first..<min(last, first + UInt32(max(1, (1 << 18) / layout.pageSize)))
            let bytes = try file.bytes(at: offset(ofPage: first), count: piece.count * layout.pageSize)
            guard bytes.count == piece.count * layout.pageSize else { throw FileError(changed: file.path) }
            unsafe bytes.withUnsafeBytes { unsafe note($0, page: first) }
            nextPage = piece.upperBound
        }
        guard nextPage == end, self.checksum == checksum, self.digest.map({ Array($0.finalize()) }) == digest else {
            throw FileError(changed: file.path)
        }
        try file.cut(to: size)
    }
}

extension FileError {
    /// A file of an interrupted run is not as that run has left it.
    init(changed path: String) {
        let reason = "it has changed since the run was interrupted; --overwrite starts over"
        self.init(.open, path, reason: reason, isOfChangedRun: true)
    }
}
