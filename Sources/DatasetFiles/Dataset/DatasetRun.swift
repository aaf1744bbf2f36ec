import DatasetFormats
import DatasetGen

/// A run that writes a dataset: its folder, its files, and the journal of what is safe of them.
struct DatasetRun {
    let files: UnfinishedDataset
    private let readingCount: Int64
    private let folder: DatasetFolder
    private let journal: Journal
    private let bytesPerRecord: Int64
    /// How far the last record of the journal goes.
    private var recorded: (blocks: Int64, bytes: Int64)

    /// Creates the files in the folder, or goes on with those of its interrupted run.
    ///
    /// - Throws: ``FileError``; what an interrupted run has left is kept then.
    init(
        _ plan: GenerationPlan,
        _ scope: RunScope,
        _ encoding: DatasetEncoding,
        _ identity: RunIdentity,
        sensorsCSV: [UInt8],
        _ options: DatasetWriter.Options,
        in folder: DatasetFolder
    ) throws(FileError) {
        (self.folder, bytesPerRecord) = (folder, options.bytesPerRecord)
        readingCount = Int64(scope.positions.count)
        do throws(FileError) {
            files = try UnfinishedDataset(
                plan,
                scope,
                encoding,
                recipeText: identity.recipe,
                sensorsCSV: sensorsCSV,
                blocksPerChunk: options.blocksPerChunk(of: plan),
                in: folder
            )
            journal =
                try folder.interrupted.map { run throws(FileError) in
                    try Journal(resuming: run, in: folder.partialPath, folder.fileSystem)
                } ?? Journal(of: identity, in: folder.partialPath, folder.fileSystem)
        } catch {
            if folder.interrupted == nil { folder.discard() }
            throw error
        }
        recorded = (files.blocksDone, files.bytesWritten)
    }

    /// Appends the next block, and has it noted in the journal from time to time.
    ///
    /// - Returns: how far the run is now.
    /// - Throws: ``FileError``.
    mutating func append(_ block: EncodedBlock) throws(FileError) -> GenerationProgress {
        try files.append(block)
        if files.bytesWritten - recorded.bytes >= bytesPerRecord, files.canBeStored, !journal.isBusy {
            try journal.checkFailure()
            record()
        }
        return GenerationProgress(
            rowsDone: files.readingsDone,
            rowsTotal: readingCount,
            bytesWritten: files.bytesWritten
        )
    }

    /// Completes and publishes the dataset, signed if there is a `signer`.
    ///
    /// - Throws: ``FileError``.
    mutating func finish(signer: SigningKey?) throws(FileError) -> DatasetSummary {
        try journal.wait()
        return try files.finish(signer: signer)
    }

    /// Ends the run before its end; what is safe of it is kept.
    ///
    /// Where it was only asked to stop, all that it has written is made safe before.
    mutating func stop(after error: any Error) {
        try? journal.wait()
        if error is GenerationCancelled, files.blocksDone > recorded.blocks, files.canBeStored {
            record()
            // The run has ended already; without this record, an earlier one holds.
            try? journal.wait()
        }
        if !journal.hasRecords { folder.discard() }
    }

    private mutating func record() {
        recorded = (files.blocksDone, files.bytesWritten)
        var state = StateWriter()
        state.append(files.takeRecord())
        journal.append(state.bytes, after: files.flushers)
    }
}
