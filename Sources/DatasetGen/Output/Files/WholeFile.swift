/// Writes files that are no part of a dataset, such as pictures.
package enum WholeFile {
    /// Writes a file, in place of the one that there may be.
    ///
    /// It is written where it lies, not renamed into place: links, pipes and devices stay what they are.
    ///
    /// - Throws: ``FileError`` when it cannot be created or written.
    package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let file = try OutputFile(overwriting: path, in: FileSystem())
        try file.append(bytes)
        _ = try file.finish()
    }
}
