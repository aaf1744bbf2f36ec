/// Counts the lines and bytes of a text file, and checks its frames if it is compressed.
struct LineCounter {
    /// Line feeds.
    private(set) var lines: Int64 = 0
    /// Bytes of the text, uncompressed.
    private(set) var bytes: Int64 = 0
    /// What is wrong with the file; nil if nothing.
    private(set) var problem: String?

    /// Reads the file.
    ///
    /// - Throws: ``FileError`` when it cannot be read.
    init(path: String, compression: CompressedFormat?) throws(FileError) {
        var (lines, bytes): (Int64, Int64) = (0, 0)
        func count(_ text: ArraySlice<UInt8>) {
            bytes += Int64(text.count)
            for byte in text where byte == UInt8(ascii: "\n") { lines += 1 }
        }
        problem = try TextReader(path: path, compression: compression).read(count)
        (self.lines, self.bytes) = (lines, bytes)
    }
}
