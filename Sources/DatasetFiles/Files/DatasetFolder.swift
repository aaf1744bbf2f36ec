import DatasetGen

/// The folder of a dataset in the making: `<name>.partial/`, which gets its final name when all is there.
///
/// A second run is kept out as long as the first one lives. What a run has left that did not come to its end is finished
/// or kept; it is cleared where nothing of it was safe.
package final class DatasetFolder {
    /// What becomes of that which is there already.
    package struct Policy: Sendable {
        /// Whether a dataset is replaced, and an interrupted run begun anew.
        package var replacesExisting: Bool
        /// Whether an interrupted run is finished.
        package var resumes: Bool

        /// Keeps all that is there, unless told otherwise.
        package init(replacesExisting: Bool = false, resumes: Bool = false) {
            (self.replacesExisting, self.resumes) = (replacesExisting, resumes)
        }
    }

    /// The files that are no part of a dataset, in the order in which they are removed from the finished one.
    static let ownNames = [FolderLock.fileName, Journal.fileName]

    /// Where the files are.
    let fileSystem: FileSystem
    /// The interrupted run that is to be finished; nil if there is none.
    let interrupted: InterruptedRun?
    private let paths: DatasetPaths
    private let lock: FolderLock

    /// Claims the folder.
    ///
    /// - Throws: ``FileError`` when the dataset exists and is not to be replaced, when another run is writing it, when it
    ///   holds an interrupted run that is neither to be finished nor to be replaced, or when the folder cannot be made.
    ///   No dataset has changed then.
    package init(
        _ path: String,
        _ policy: Policy = Policy(),
        in fileSystem: FileSystem = FileSystem()
    ) throws(FileError) {
        self.fileSystem = fileSystem
        paths = try DatasetPaths(path, replacesExisting: policy.replacesExisting)
        try paths.check()
        try paths.checkIsFree()
        try fileSystem.makeFolders(paths.parent)
        var isWorthKeeping = FileSystem.exists(paths.partial)
        lock = try FolderLock(paths.partial, in: fileSystem)
        do throws(FileError) {
            // Once more: from now on nobody else can put anything in its place.
            try paths.check()
            let found = try InterruptedRun(inFolder: paths.partial)
            isWorthKeeping = found != nil
            try paths.restoreReplaced(in: fileSystem)
            try paths.checkIsFree()
            interrupted = policy.resumes ? found : nil
            if let found, !policy.resumes, !policy.replacesExisting {
                throw FileError(
                    .create,
                    paths.partial,
                    reason:
                        "an interrupted run has \(found.readings.grouped) of \(found.totalReadings.grouped(of: "reading")) there; "
                        + "--resume finishes it, --overwrite starts over"
                )
            }
            if interrupted == nil { try Self.clear(paths, but: [], in: fileSystem) }
        } catch {
            if !isWorthKeeping { Self.removePartial(paths, in: fileSystem) }
            throw error
        }
    }

    /// Where the dataset will be.
    package var path: String { paths.final }

    /// The folder above.
    var parent: String { paths.parent }

    /// Where its files are written.
    var partialPath: String { paths.partial }

    /// Where a file of the dataset is written.
    package func path(of name: String) -> String {
        paths.partial + "/" + name
    }

    /// Removes all but some files, the lock aside.
    func clear(but names: Set<String>) throws(FileError) {
        try Self.clear(paths, but: names, in: fileSystem)
    }

    private static func clear(
        _ paths: DatasetPaths,
        but names: Set<String>,
        in fileSystem: FileSystem
    ) throws(FileError) {
        for name in try FileSystem.contents(of: paths.partial).sorted()
        where name != FolderLock.fileName && !names.contains(name) {
            try fileSystem.remove(file: paths.partial + "/" + name)
        }
    }

    /// Removes the folder of the dataset in the making, as far as it is a run's.
    private static func removePartial(_ paths: DatasetPaths, in fileSystem: FileSystem) {
        // The run has failed already, perhaps for want of a descriptor, without which a folder cannot be listed. What cannot
        // be removed is cleared by the next; the lock goes last.
        for name in DatasetNames.allOfRun.subtracting([FolderLock.fileName]).sorted() + [FolderLock.fileName]
        where FileSystem.exists(paths.partial + "/" + name) {
            try? fileSystem.remove(file: paths.partial + "/" + name)
        }
        try? fileSystem.remove(emptyFolder: paths.partial)
    }

    /// Gives the dataset its final name.
    ///
    /// Its files are on the disk already. An existing dataset is set aside before and removed after: whenever a crash
    /// comes, one of the two exists in full, and the next run gives the old one its name back if the new one had not yet
    /// taken it.
    ///
    /// - Throws: ``FileError``; then all is as before, unless only the old dataset could not be removed.
    package func publish() throws(FileError) {
        try fileSystem.flush(folder: paths.partial)
        try paths.checkIsFree()
        let isReplacing = FileSystem.exists(paths.final)
        if isReplacing {
            FileSystem.closeToOthers(paths.final)
            try fileSystem.move(paths.final, to: paths.aside)
        }
        do throws(FileError) {
            try fileSystem.move(paths.partial, to: paths.final)
            do throws(FileError) {
                try fileSystem.flush(folder: paths.parent)
                // They go after the renaming: without the lock, another run would take the finished folder for the rest
                // of a killed one, and clear it; and without the journal, a crash would cost all that was written.
                for name in Self.ownNames where FileSystem.exists(paths.final + "/" + name) {
                    try fileSystem.remove(file: paths.final + "/" + name)
                }
            } catch {
                try? fileSystem.move(paths.final, to: paths.partial)
                throw error
            }
        } catch {
            if isReplacing { try? fileSystem.move(paths.aside, to: paths.final) }
            throw error
        }
        FileSystem.admit(writersOf: DatasetNames.manifest, to: paths.final)
        if isReplacing { try paths.removeReplaced(in: fileSystem) }
    }

    /// Removes what has been written.
    package func discard() {
        Self.removePartial(paths, in: fileSystem)
    }
}
