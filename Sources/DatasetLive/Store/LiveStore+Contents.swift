import DatasetGen
import GRDB

extension LiveStore {
    /// The greatest `id`, 0 without readings; ids of deleted readings count.
    func lastReading() throws(StoreFailure) -> Int64 {
        do {
            let last = try queue.inDatabase { database in
                var queries = ["SELECT max(id) FROM sensor_data"]
                let counts = "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'"
                if try Int.fetchOne(database, sql: counts) == 1 {
                    queries.append("SELECT seq FROM sqlite_sequence WHERE name = 'sensor_data'")
                }
                return try queries.compactMap { try Int64.fetchOne(database, sql: $0) }.max() ?? 0
            }
            guard last < LiveSchema.greatestReading else {
                throw StoreFailure.unusable("it holds a reading with id \(last), behind which there is no room")
            }
            return max(0, last)
        } catch { throw StoreFailure(error) }
    }

    /// What the database says of the run that writes it.
    func contents() throws(StoreFailure) -> LiveContents {
        do {
            return try queue.inDatabase { try LiveContents($0) }
        } catch { throw StoreFailure(error) }
    }

    /// The readings that the run has left out.
    func skippedReadings() throws(StoreFailure) -> [ClosedRange<Int64>] {
        do {
            return try queue.inDatabase { try SkippedStretch.readings($0) }
        } catch { throw StoreFailure(error) }
    }

    /// What the database holds of a run from a reading on, counted because it does not say it.
    func counted(from first: Int64, to last: Int64, beganAt: SimulatedTime) throws(StoreFailure) -> RunTotals {
        do {
            return try queue.inDatabase { database in
                try RunTotals.count(database, from: first, to: last, beganAt: beganAt)
            }
        } catch { throw StoreFailure(error) }
    }
}
