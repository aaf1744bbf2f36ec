import DatasetGen

extension DatasetEstimate {
    /// Throws if a dataset is not going to fit onto its disk.
    ///
    /// A dataset that it replaces counts as taken: both exist until the new one is complete. SQLite sorts indexes in a
    /// temporary folder, whose disk is looked at as well.
    ///
    /// - Parameters:
    ///   - path: the dataset's folder, which need not be there.
    ///   - bytesThere: bytes of it that are on the disk already, from a run that was interrupted.
    /// - Throws: ``FileError`` that says how much is needed, and how much is free and where.
    public func check(fitsInto path: String, bytesThere: Int64 = 0) throws(FileError) {
        let disk = try DiskSpace(for: path)
        var needed = max(0, totalBytes + Int64(files.count + 2) * Self.fileSystemBlock - bytesThere)
        if sortedBytes > 0 {
            let temporary = try DiskSpace(for: SQLiteTemporaryFolder.path)
            if temporary.device == disk.device {
                needed += sortedBytes
            } else {
                try Self.check(sortedBytes, on: temporary, for: path, what: "to sort an index SQLite")
            }
        }
        try Self.check(needed, on: disk, for: path, what: "it")
    }

    private static func check(_ needed: Int64, on disk: DiskSpace, for path: String, what: String) throws(FileError) {
        guard needed > disk.freeBytes else { return }
        throw FileError(
            .create,
            path,
            reason: "\(what) needs about \(ByteCount.text(needed)), only \(ByteCount.text(disk.freeBytes)) is free at "
                + "\(disk.folder); --ignore-space goes on all the same"
        )
    }

    /// What a file takes is rounded up to it on most disks.
    private static let fileSystemBlock: Int64 = 4_096
}

/// Whether there is room for a dataset, found out with as little work as it takes.
struct SpaceCheck {
    let plan: GenerationPlan
    let scope: RunScope
    let encoding: DatasetEncoding
    let sensorsCSVBytes: Int

    /// Throws if the dataset is not going to fit; a few blocks are encoded only where it might not.
    func check(_ path: String, bytesThere: Int64) throws(FileError) {
        let free = try DiskSpace(for: path).freeBytes
        if Double(free) + Double(bytesThere) > mostBytes { return }
        try DatasetEstimate(plan, encoding, sensorsCSVBytes: sensorsCSVBytes, readings: Int64(scope.positions.count))
            .check(fitsInto: path, bytesThere: bytesThere)
    }

    /// More than any dataset of this size takes, whatever its readings are; infinite where indexes are sorted.
    ///
    /// A row is keys, numbers and the texts of its sensor, all of which are in `sensors.csv`; escaping doubles them at
    /// most. A metric and its twin are two names and two numbers, or the texts of states. No reading begins more than one event.
    private var mostBytes: Double {
        guard plan.recipe.outputs.allSatisfy({ $0.indexes.isEmpty }) else { return .infinity }
        let sensorBytes = Double(sensorsCSVBytes) / Double(max(1, plan.fleet.sensors.count))
        let metricBytes = plan.recipe.schema.metrics.reduce(0) { sum, metric in
            sum + 2 * (metric.name.utf8.count + 2 * (metric.states.map(\.utf8.count).max() ?? 0) + 24)
        }
        let rowBytes = Double(plan.recipe.outputs.count) * (2 * sensorBytes + Double(metricBytes) + 800) + 800
        let recordingBytes = Double(plan.recipe.recording?.source.bytes ?? 0)
        return recordingBytes + Double(scope.positions.count) * rowBytes + 4 * Double(sensorsCSVBytes)
            + 16 * DatasetEstimate.phenomenonBytes * plan.expectedPhenomena + 4e6
    }
}
