#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A database file that SQLite has made, to which whole pages are appended.
///
/// SQLite must not have the file open meanwhile. ``finish()`` makes it a sound database again, if every page that was
/// appended is part of a table by then.
package final class PageFile {
    package let layout: SQLitePageLayout
    private let path: String
    private var descriptor: Int32
    private var writeBehind = WriteBehind()
    /// The number of the page that comes next.
    private(set) var nextPage: UInt32

    /// Opens the file.
    ///
    /// - Throws: ``FileError`` when it cannot be opened.
    package init(path: String, layout: SQLitePageLayout) throws(FileError) {
        self.path = path
        self.layout = layout
        nextPage = UInt32(try FileSystem.size(ofFile: path) / Int64(layout.pageSize)) + 1
        descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(.open, path) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Bytes of the file.
    package var size: Int64 { Int64(nextPage - 1) * Int64(layout.pageSize) }

    /// Appends pages in a row, which get the numbers of ``number(ofNext:)``.
    func append(_ pages: borrowing PageMemory, _ range: Range<Int>) throws(FileError) {
        guard !range.isEmpty else { return }
        let number = number(ofNext: 0)
        let untilLock = number < layout.lockBytePage ? Int(layout.lockBytePage - number) : Int.max
        if range.count > untilLock {
            let middle = range.lowerBound + untilLock
            try append(pages, range.lowerBound..<middle)
            return try append(pages, middle..<range.upperBound)
        }
        try unsafe pages.withBytes(ofPages: range) { bytes throws(FileError) in try unsafe write(bytes, page: number) }
        guard let next = UInt32(exactly: UInt64(number) + UInt64(range.count)), next <= Self.maximumPage else {
            throw FileError(.write, path, reason: "SQLite allows no more pages; a greater page_size holds more")
        }
        nextPage = next
        writeBehind.grow(to: size, descriptor: descriptor)
    }

    /// Appends a page, and gives its number.
    func append(_ page: [UInt8]) throws(FileError) -> UInt32 {
        let number = number(ofNext: 0)
        try write(page, page: number)
        nextPage = number + 1
        return number
    }

    /// Replaces a page.
    func write(_ page: [UInt8], page number: UInt32) throws(FileError) {
        try unsafe page.span.withUnsafeBytes { bytes throws(FileError) in try unsafe write(bytes, page: number) }
    }

    /// The number that the page `distance` pages behind the next one gets.
    func number(ofNext distance: Int) -> UInt32 {
        layout.page(nextPage == layout.lockBytePage ? nextPage + 1 : nextPage, advancedBy: distance)
    }

    /// Brings the file's header up to date, and closes the file.
    ///
    /// Source: section 1.3 of https://sqlite.org/fileformat2.html: the count of pages at offset 28 is valid only if the
    /// change counter at 24 equals the number at 92 that it was valid for.
    package func finish() throws(FileError) {
        var header = [UInt8](repeating: 0, count: 100)
        let count = unsafe header.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count == header.count else { throw FileError(.read, path) }
        let changes = (24..<28).reduce(UInt32(0)) { $0 << 8 | UInt32(header[$1]) } &+ 1
        for (offset, value) in [(24, changes), (28, nextPage - 1), (92, changes)] {
            for index in 0..<4 { header[offset + index] = UInt8(truncatingIfNeeded: value >> (24 - 8 * index)) }
        }
        try write(header, page: 1)
        let status = close(descriptor)
        descriptor = -1
        guard status == 0 else { throw FileError(.write, path) }
    }

    private func write(_ bytes: UnsafeRawBufferPointer, page number: UInt32) throws(FileError) {
        var (done, offset) = (0, Int(number - 1) * layout.pageSize)
        while done < bytes.count {
            let written = unsafe pwrite(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, offset)
            if written < 0 {
                if errno == EINTR { continue }
                throw FileError(.write, path)
            }
            done += written
            offset += written
        }
    }

    /// "The maximum page count is 4294967294", section 1.2 of https://sqlite.org/limits.html, item 13.
    private static let maximumPage: UInt32 = 4_294_967_294
}
