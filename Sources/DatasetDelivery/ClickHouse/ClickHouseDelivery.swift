import DatasetFormats
import DatasetGen
import Dispatch

/// One worker's connection: a batch is an INSERT.
struct ClickHouseDelivery: DeliveryConnection {
    private let target: ClickHouseTarget
    private let client: ClickHouseClient
    private let insert: String

    init(_ target: ClickHouseTarget, _ client: ClickHouseClient) {
        (self.target, self.client) = (target, client)
        let columns = target.columns.map { ClickHouseClient.name($0.name) }.joined(separator: ", ")
        insert = "INSERT INTO \(target.tableName) (\(columns)) FORMAT Native"
    }

    func deliver(_ batch: DeliveryBatch<EncodedText>, isRepeated: Bool) throws(DeliveryError) {
        var missing: [(block: Int64, piece: EncodedText)] = []
        for index in batch.blocks.indices where batch.rowCounts[index] > 0 {
            let block = batch.blocks[index]
            let count = isRepeated ? try storedRows(of: block, atMost: batch.rowCounts[index]) : 0
            if count == 0 {
                missing.append((block, batch.pieces[index]))
            } else if count < batch.rowCounts[index] {
                // A block is stored as one, but for its months: an attempt that ends between these has brought some.
                var rest = RepeatedBlock(of: target.plan, target.makeEncoder())
                missing.append((block, rest.encode(block, without: try storedNumbers(of: block)).pieces[0]))
            }
        }
        guard let first = missing.first else { return }
        let answer = try client.session.post(
            missing.map(\.piece.bytes.bytes),
            to: "/",
            [("query", insert), ("query_id", queryID(first.block, isRepeated))],
            // What the library sent once more by itself would be there twice.
            isRepeatable: false
        )
        guard answer.isSuccess else { throw client.refusal(answer) }
    }

    /// A name that no other request has, as the server refuses two of a name at a time.
    private func queryID(_ block: Int64, _ isRepeated: Bool) -> String {
        "\(target.queryID)-\(block)" + (isRepeated ? "-\(DispatchTime.now().uptimeNanoseconds)" : "")
    }

    /// How many rows of a block earlier attempts have brought.
    ///
    /// - Throws: ``DeliveryError`` also where there are more than the block has.
    private func storedRows(of block: Int64, atMost limit: Int) throws(DeliveryError) -> Int {
        // An attempt whose answer was lost may still be at work.
        try client.waitForEnd(of: "\(target.queryID)-\(block)")
        let sql = "SELECT count() FROM \(target.tableName) WHERE \(condition(of: block))"
        let count = Int(try client.rows(sql).first?.first ?? "") ?? 0
        guard count <= limit else {
            let positions = target.plan.positions(ofBlocks: block..<block + 1)
            throw DeliveryError(
                .refused,
                "\(target.name) has \(count) rows with id \(positions.lowerBound + 1) to \(positions.upperBound), where the load "
                    + "has \(limit); delete these, then --resume sends them again"
            )
        }
        return count
    }

    /// The numbers of the readings of a block that are there.
    private func storedNumbers(of block: Int64) throws(DeliveryError) -> Set<Int64> {
        let rows = try client.rows("SELECT DISTINCT id FROM \(target.tableName) WHERE \(condition(of: block))")
        return Set(rows.compactMap { $0.first.flatMap { Int64($0) } })
    }

    private func condition(of block: Int64) -> String {
        let positions = target.plan.positions(ofBlocks: block..<block + 1)
        var conditions = ["id > \(positions.lowerBound)", "id <= \(positions.upperBound)"]
        if target.options.ifExists == .append {
            conditions.append(ClickHouseClient.condition(target.times, isWhole: target.isWhole))
            let names = target.plan.fleet.sensors.map { ClickHouseClient.literal($0.id) }
            conditions.append("sensor_id IN (\(names.joined(separator: ", ")))")
        }
        return conditions.joined(separator: " AND ")
    }
}
