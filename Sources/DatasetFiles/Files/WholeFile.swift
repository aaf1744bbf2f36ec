#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Writes files that are no part of a dataset, such as pictures.
package enum WholeFile {
    /// Writes a file, in place of the one that there may be if that one may go.
    ///
    /// It is written where it lies, not renamed into place: links, pipes and devices stay what they are.
    ///
    /// - Parameters:
    ///   - bytes: the content.
    ///   - path: where it goes.
    ///   - isReplaceable: whether a file that begins like this may go; an empty one always may.
    /// - Throws: ``FileError`` when it cannot be created or written, when a file is there that must stay, and when the
    ///   name is that of a dataset's file in its folder.
    package static func write(
        _ bytes: [UInt8],
        to path: String,
        replacing isReplaceable: (_ beginning: [UInt8]) -> Bool
    ) throws(FileError) {
        let name =
            path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
        if let listing = try DatasetListing(folder: FileSystem.parent(of: path)), listing.names.contains(name) {
            throw FileError(.create, path, reason: "it is the name of a file of the dataset in that folder")
        }
        let file = try open(path, replacing: isReplaceable)
        try file.write(bytes)
        try file.flush()
        try file.close()
    }

    private static func open(_ path: String, replacing isReplaceable: ([UInt8]) -> Bool) throws(FileError) -> OpenFile {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return try FileSystem().open(path, .creating) }
        guard status.st_mode & S_IFMT == S_IFREG else { return try FileSystem().open(path, .overwriting) }
        let file = try FileSystem().open(path, .replacing)
        let beginning = try file.bytes(at: 0, count: beginningBytes)
        guard beginning.isEmpty || isReplaceable(beginning) else {
            throw FileError(.create, path, reason: "it exists, and is nothing that may be replaced; give another name")
        }
        try file.cut(to: 0)
        return file
    }

    private static let beginningBytes = 1_024
}
