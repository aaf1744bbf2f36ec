/// Counts the lines and bytes of a text file, and checks its gzip frame if it has one.
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
    init(path: String, isCompressed: Bool) throws(FileError) {
        var (lines, bytes): (Int64, Int64) = (0, 0)
        func count(_ text: ArraySlice<UInt8>) {
            bytes += Int64(text.count)
            for byte in text where byte == UInt8(ascii: "\n") { lines += 1 }
        }
        if isCompressed {
            problem = try GzipReader(path: path).read(count)
        } else {
            let reader = try FileReader(path: path)
            while true {
                let piece = try reader.next()
                if piece.isEmpty { break }
                count(piece[...])
            }
        }
        (self.lines, self.bytes) = (lines, bytes)
    }
}
