package import DatasetFiles
import DatasetFormats
package import DatasetGen

/// Reads a file of readings that somebody has: CSV with a header, compressed or not.
///
/// Numbers are taken by their decimal text, never by way of floating point: what stands in the file stands in the dataset.
package enum RecordingReader {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - request: what of it.
    /// - Returns: the readings.
    /// - Throws: ``RecordingError`` with file, line, column and what would be right.
    package static func read(_ file: StoredFile, _ request: RecordingRequest) throws(RecordingError) -> Recording {
        let (digest, compression): (String, CompressedFormat?)
        do throws(FileError) {
            (digest, compression) = (try SHA256Text(of: file).text, try Self.compression(of: file))
        } catch { throw RecordingError(error.description, isMissing: true) }
        var rows = try RecordingRows(TextStream(file, compression: compression), request)
        try rows.readAll()
        return try rows.recording(
            Recording.Source(
                path: request.path,
                sha256: digest,
                bytes: file.size,
                suffix: compression?.suffix ?? "",
                textBytes: rows.textBytes,
                time: rows.header.timeName,
                sensor: rows.header.sensorName
            )
        )
    }

    /// How a file is compressed, by its first bytes: names may be anything.
    ///
    /// Sources: RFC 1952, section 2.3.1; RFC 8878, section 3.1.1.
    private static func compression(of file: StoredFile) throws(FileError) -> CompressedFormat? {
        var beginning = ByteBuffer()
        try unsafe beginning.appendRaw(atMost: 4) { room throws(FileError) in
            try unsafe file.read(into: room, at: 0)
        }
        if beginning.bytes.starts(with: [0x1F, 0x8B]) { return .gzip }
        return beginning.bytes == [0x28, 0xB5, 0x2F, 0xFD] ? .zstd : nil
    }
}
