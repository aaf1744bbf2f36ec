import DatasetFormats

/// Reads every row back, over several connections: each has a part of the table's pages.
struct PGReadBack {
    private let rows: PGStoredRows
    private let reader: PGRowReader

    init(_ rows: PGStoredRows, _ reader: PGRowReader) { (self.rows, self.reader) = (rows, reader) }

    private var target: PGTarget { rows.target }

    /// - Parameter workers: how many connections there may be.
    /// - Returns: what there is of each sensor in each window.
    /// - Throws: ``DeliveryError``.
    func run(workers: Int) async throws -> PGFound {
        let parts = try parts(atMost: workers)
        let found = await withTaskGroup(of: Result<PGFound, DeliveryError>.self) { group in
            for (number, pages) in parts.enumerated() {
                group.addTask {
                    await onThread("read \(number)") { Result { () throws(DeliveryError) in try read(pages) } }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var total = rows.nothing
        for part in found {
            let part = try part.get()
            total.sums.add(part.sums)
            total.strangers.merge(part.strangers, uniquingKeysWith: +)
        }
        return total
    }

    /// Conditions that a row lies in a part of the pages: together they are all of them.
    private func parts(atMost count: Int) throws(DeliveryError) -> [String] {
        // The pages of a hypertable are those of its chunks.
        if target.isHypertable { return [""] }
        let size = "pg_relation_size(\(PGName.literal(target.tables.readings))::regclass)"
        let answer = try target.open().rows("SELECT \(size) / current_setting('block_size')::bigint")
        let pages = answer.first?[0].flatMap { Int($0) } ?? 0
        let parts = max(1, min(count, pages))
        return (0..<parts)
            .map { part in
                let first = part == 0 ? "" : " AND ctid >= '(\(pages * part / parts),0)'"
                return part + 1 == parts ? first : first + " AND ctid < '(\(pages * (part + 1) / parts),0)'"
            }
    }

    private func read(_ pages: String) throws(DeliveryError) -> PGFound {
        var found = rows.nothing
        var isFirst = true
        let columns = PGSchema.list(target.table.columns)
        try unsafe target.open()
            .copyOut(
                """
                COPY (SELECT \(columns) FROM \(target.tables.readings) WHERE \(rows.condition)\(pages))
                TO STDOUT (FORMAT binary)
                """
            ) { bytes in
                // The header comes with the first row.
                let start = isFirst ? PGCopyEncoder.header.count : 0
                isFirst = false
                guard bytes.count - start > PGCopyEncoder.trailer.count else { return }
                let bytes = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
                let row = unsafe reader.read(bytes)
                guard let sensor = row.sensor else {
                    let name = unsafe reader.name(UnsafeRawBufferPointer(rebasing: bytes[row.sensorField]))
                    found.strangers[name, default: 0] += 1
                    return
                }
                let group = rows.windows.group(sensor, row.time)
                found.sums.add(row.hash, group)
                if row.isReading { found.sums[group, GroupSums.Layout.rows] += 1 }
            }
        return found
    }
}
