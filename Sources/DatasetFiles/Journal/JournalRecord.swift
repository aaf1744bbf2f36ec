import DatasetGen

/// How far a run has come, as its journal has it.
struct JournalRecord: StoredState {
    /// Blocks that are on the disk.
    let blocks: Int64
    /// The digests of those that came since the record before, 32 bytes each.
    let newDigests: [UInt8]
    /// What the run and each part of the dataset must know to go on.
    let sections: StateSections

    /// A record of these.
    init(blocks: Int64, newDigests: [UInt8], sections: StateSections) {
        (self.blocks, self.newDigests, self.sections) = (blocks, newDigests, sections)
    }

    func store(in state: inout StateWriter) {
        state.append(blocks)
        state.append(newDigests)
        state.append(sections)
    }

    init(from state: inout StateReader) throws(StateError) {
        (blocks, newDigests, sections) = (try state.next(), try state.next(), try state.next())
    }
}
