import DatasetFormats

/// One worker's connection: a batch is a transaction of its rows and of the notes that they are there.
struct PGDelivery: DeliveryConnection {
    let connection: PGConnection
    let loadID: Int64
    /// The table in which blocks are noted.
    let blocks: String
    /// The statement that takes rows.
    let copy: String

    func deliver(_ batch: DeliveryBatch<EncodedRows>, isRepeated: Bool) throws(DeliveryError) {
        var there: Set<Int64> = []
        // An earlier attempt may have been committed by a server whose answer was lost.
        if isRepeated { there = try storedBlocks(batch.blocks) }
        let missing = batch.blocks.indices.filter { !there.contains(batch.blocks[$0]) }
        if missing.isEmpty { return }
        do throws(DeliveryError) {
            let values = missing.map { "(\(loadID), \(batch.blocks[$0]))" }.joined(separator: ", ")
            // The note comes first: whoever else brings the same block waits here, and then fails.
            try connection.execute("BEGIN; INSERT INTO \(blocks) (load_id, block) VALUES \(values); \(copy)")
            try connection.put(PGCopyEncoder.header)
            for index in missing { try connection.put(batch.pieces[index].bytes.bytes) }
            try connection.put(PGCopyEncoder.trailer)
            try connection.endCopy()
            try connection.commit()
        } catch {
            connection.rollback()
            throw error
        }
    }

    private func storedBlocks(_ numbers: [Int64]) throws(DeliveryError) -> Set<Int64> {
        let list = numbers.map(String.init).joined(separator: ", ")
        let rows = try connection.rows("SELECT block FROM \(blocks) WHERE load_id = \(loadID) AND block IN (\(list))")
        return Set(rows.compactMap { $0[0].flatMap { Int64($0) } })
    }
}
