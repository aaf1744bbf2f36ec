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
        var missing: [Int] = []
        for index in batch.blocks.indices {
            if batch.rowCounts[index] == 0 { continue }
            if isRepeated, try isThere(batch.blocks[index], rows: batch.rowCounts[index]) { continue }
            missing.append(index)
        }
        guard let first = missing.first else { return }
        let answer = try client.session.post(
            missing.map { batch.pieces[$0].bytes.bytes },
            to: "/",
            [("query", insert), ("query_id", queryID(batch.blocks[first], isRepeated))],
            // What the library sent once more by itself would be there twice.
            isRepeatable: false
        )
        guard answer.isSuccess else { throw client.refusal(answer) }
    }

    /// A name that no other request has, as the server refuses two of a name at a time.
    private func queryID(_ block: Int64, _ isRepeated: Bool) -> String {
        "\(target.queryID)-\(block)" + (isRepeated ? "-\(DispatchTime.now().uptimeNanoseconds)" : "")
    }

    /// Whether an earlier attempt has brought a block.
    ///
    /// - Throws: ``DeliveryError`` also where only a part of it is there.
    private func isThere(_ block: Int64, rows: Int) throws(DeliveryError) -> Bool {
        // An attempt whose answer was lost may still be at work.
        try client.waitForEnd(of: "\(target.queryID)-\(block)")
        let positions = target.plan.positions(ofBlocks: block..<block + 1)
        var conditions = ["id > \(positions.lowerBound)", "id <= \(positions.upperBound)"]
        if target.options.ifExists == .append {
            conditions.append(ClickHouseClient.condition(target.times, isWhole: target.isWhole))
            let names = target.plan.fleet.sensors.map { ClickHouseClient.literal($0.id) }
            conditions.append("sensor_id IN (\(names.joined(separator: ", ")))")
        }
        let sql = "SELECT count() FROM \(target.tableName) WHERE \(conditions.joined(separator: " AND "))"
        let count = Int(try client.rows(sql).first?.first ?? "") ?? 0
        if count == 0 { return false }
        guard count == rows else {
            throw DeliveryError(
                .refused,
                "\(target.name) has \(count) of the \(rows) rows with id \(positions.lowerBound + 1) to "
                    + "\(positions.upperBound); delete these, then --resume sends them again"
            )
        }
        return true
    }
}
