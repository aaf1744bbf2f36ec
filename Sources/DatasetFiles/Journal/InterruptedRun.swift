package import DatasetGen

/// What the journal of a run tells that has not come to its end.
package struct InterruptedRun {
    let identity: RunIdentity
    /// Blocks that are on the disk.
    let blocks: Int64
    /// Their digests, 32 bytes each.
    let digests: [UInt8]
    /// The sections of the last record: how far each part has come.
    let sections: StateSections
    /// Bytes of the journal up to the end of the last whole record.
    let journalBytes: Int64

    /// Readings that are on the disk.
    package var readings: Int64 { min(blocks * GenerationPlan.rowsPerBlock, identity.readings) }

    /// Readings of the dataset when it is finished.
    package var totalReadings: Int64 { identity.readings }

    /// Reads the journal in a folder; nil if there is none that has a whole record.
    ///
    /// - Throws: ``FileError`` when it cannot be read.
    init?(inFolder folder: String) throws(FileError) {
        let path = folder + "/" + Journal.fileName
        guard FileSystem.exists(path) else { return nil }
        var journal = StateReader(try FileReader.contents(of: path))
        let length = journal.count
        guard let first = JournalFrame.next(in: &journal),
            let identity = RunIdentity(JSONValue(parsing: Array(first)))
        else { return nil }
        var (blocks, digests, sections, end): (Int64, [UInt8], StateSections?, Int) = (0, [], nil, 0)
        while let bytes = JournalFrame.next(in: &journal) {
            var reader = StateReader(bytes)
            guard let record = try? JournalRecord(from: &reader), record.blocks >= blocks,
                Int64(digests.count + record.newDigests.count) == 32 * record.blocks
            else { break }
            blocks = record.blocks
            digests += record.newDigests
            sections = record.sections.following(sections ?? StateSections())
            end = length - journal.count
        }
        guard let sections else { return nil }
        (self.identity, self.blocks, self.digests, self.sections) = (identity, blocks, digests, sections)
        journalBytes = Int64(end)
    }

    /// The interrupted run of a dataset, or of a shard of it; nil if there is none.
    ///
    /// - Throws: ``FileError`` when its journal cannot be read.
    package init?(ofDataset path: String, _ shard: Shard? = nil) throws(FileError) {
        let path = shard.map { ShardedFolder(path).workingPath(of: $0) } ?? path
        try self.init(inFolder: DatasetPaths(path, replacesExisting: true).partial)
    }
}
