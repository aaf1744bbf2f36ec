/// The folder of a dataset in the making: `<name>.partial/`, which gets its final name when all is there.
///
/// A second run is kept out as long as the first one lives; what a killed run left behind is cleared.
package final class DatasetFolder: Sendable {
    private let paths: DatasetPaths
    private let lock: FolderLock

    /// Claims the folder.
    ///
    /// - Throws: ``FileError`` when the dataset exists and is not to be replaced, when another run is writing it, or when
    ///   the folder cannot be made. No dataset has changed then.
    package init(_ path: String, replacesExisting: Bool) throws(FileError) {
        paths = try DatasetPaths(path, replacesExisting: replacesExisting)
        try paths.check()
        try paths.checkIsFree()
        try FileSystem.makeFolders(paths.parent)
        lock = try FolderLock(paths.partial)
        // Once more: from now on nobody else can put anything in its place.
        try paths.check()
        try paths.clear()
    }

    /// Where the dataset will be.
    package var path: String { paths.final }

    /// Where a file of the dataset is written.
    package func path(of name: String) -> String {
        paths.partial + "/" + name
    }

    /// Gives the dataset its final name.
    ///
    /// Its files are on the disk already. An existing dataset is set aside before and removed after: whenever a crash
    /// comes, one of the two exists in full, and the next run gives the old one its name back if the new one had not yet
    /// taken it.
    package func publish() throws(FileError) {
        try FileSystem.flush(folder: paths.partial)
        try paths.checkIsFree()
        let isReplacing = FileSystem.exists(paths.final)
        if isReplacing { try FileSystem.move(paths.final, to: paths.aside) }
        do throws(FileError) {
            try FileSystem.move(paths.partial, to: paths.final)
        } catch {
            if isReplacing { try FileSystem.move(paths.aside, to: paths.final) }
            throw error
        }
        try FileSystem.flush(folder: paths.parent)
        // The lock file goes after the renaming: without it, another run would take the finished folder for the rest of
        // a killed one, and clear it.
        try FileSystem.remove(paths.final + "/" + FolderLock.fileName)
        if isReplacing { try FileSystem.remove(paths.aside) }
        try FileSystem.flush(folder: paths.parent)
    }

    /// Removes what has been written.
    package func discard() {
        // The run has failed already; what cannot be removed is cleared by the next.
        try? paths.clearPartial()
        try? FileSystem.remove(paths.partial)
    }
}
