package import DatasetFiles
import DatasetFormats
package import DatasetGen

/// Reads a file of readings that somebody has: CSV with a header, compressed or not, Parquet, or a SQLite database.
///
/// Numbers are taken by their decimal text, never by way of floating point: what stands in the file stands in the dataset. A
/// floating-point number of Parquet or SQLite is taken by its shortest text that means no other number of its type.
package enum RecordingReader {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - request: what of it.
    /// - Returns: the readings.
    /// - Throws: ``RecordingError`` with file, line, column and what would be right.
    package static func read(_ file: StoredFile, _ request: RecordingRequest) throws(RecordingError) -> Recording {
        let (digest, form): (String, Form)
        do throws(FileError) {
            (digest, form) = (try SHA256Text(of: file).text, try Form(of: file))
        } catch { throw RecordingError(error.description, isMissing: true) }
        if request.table != nil, form != .sqlite {
            throw RecordingError(
                "\(request.name): recording.table (--table) is for SQLite databases, and this is \(form.description)"
            )
        }
        let (source, table, notes) = try source(file, form, request)
        var rows = try RecordingRows(source, isTextFile: form.isText, notes: notes, request)
        try rows.readAll()
        return try rows.recording(
            Recording.Source(
                path: request.path,
                sha256: digest,
                bytes: file.size,
                kind: form.kind,
                textBytes: form.isText ? rows.textBytes : file.size,
                time: rows.header.timeName,
                sensor: rows.header.sensorName,
                table: table
            )
        )
    }

    /// The text of a file, the table that it is of, and what is left out of it.
    private static func source(
        _ file: StoredFile,
        _ form: Form,
        _ request: RecordingRequest
    ) throws(RecordingError) -> (any TextSource, table: String?, notes: [String]) {
        switch form {
        case .csv(let compression): return (TextStream(file, compression: compression, takesMembers: true), nil, [])
        case .sqlite:
            let database = try SQLiteRecording(file, request)
            return (RecordingTableSource(file, database), database.table, [])
        case .parquet:
            do throws(StoredFailure) {
                let table = try ParquetRecording(file)
                return (RecordingTableSource(file, table), nil, table.notes)
            } catch {
                switch error {
                case .file(let error): throw RecordingError(error.description, isMissing: true)
                case .damage(let damage): throw RecordingError("\(request.name): it \(damage)")
                }
            }
        }
    }
}

extension RecordingReader {
    /// What a file is, by its first bytes: names may be anything.
    ///
    /// Sources: RFC 1952, section 2.3.1; RFC 8878, section 3.1.1; https://sqlite.org/fileformat.html, section 1.3.1.
    private enum Form: Equatable, CustomStringConvertible {
        case csv(CompressedFormat?)
        case parquet
        case sqlite

        init(of file: StoredFile) throws(FileError) {
            var beginning = ByteBuffer()
            try unsafe beginning.appendRaw(atMost: 16) { room throws(FileError) in
                try unsafe file.read(into: room, at: 0)
            }
            let bytes = beginning.bytes
            if bytes.starts(with: [0x1F, 0x8B]) {
                self = .csv(.gzip)
            } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
                self = .csv(.zstd)
            } else if bytes.starts(with: ParquetFile.magic) {
                self = .parquet
            } else {
                self = bytes == Array("SQLite format 3\0".utf8) ? .sqlite : .csv(nil)
            }
        }

        var isText: Bool { if case .csv = self { true } else { false } }

        var kind: Recording.Kind {
            switch self {
            case .csv(nil): .csv
            case .csv(.gzip): .gzipCSV
            case .csv(.zstd): .zstdCSV
            case .parquet: .parquet
            case .sqlite: .sqlite
            }
        }

        var description: String {
            switch self {
            case .csv: "CSV"
            case .parquet: "Parquet"
            case .sqlite: "SQLite"
            }
        }
    }
}
