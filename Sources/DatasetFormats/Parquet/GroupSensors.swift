/// Which sensors the rows of a row group are of.
struct GroupSensors {
    /// The sensors that have a row, in any order.
    private(set) var present: [Int32] = []
    /// Whether all sensors follow one another again and again in every block, and all have a row.
    private(set) var areCycle = false
    private var isPresent: [Bool] = []

    /// Finds those of a row group's blocks.
    ///
    /// - Complexity: O(rows), but O(sensors) where they follow one another.
    mutating func find(in blocks: [WaitingRows], of count: Int) {
        let rows = blocks.reduce(0) { $0 + $1.count }
        areCycle = rows >= count && blocks.allSatisfy { $0.cycleStart != nil } && Self.isOneCycle(blocks, count)
        if areCycle {
            if present.count != count { present = Array(0..<Int32(count)) }
            return
        }
        present.removeAll(keepingCapacity: true)
        isPresent.removeAll(keepingCapacity: true)
        isPresent.append(contentsOf: repeatElement(false, count: count))
        for block in blocks {
            if let runs = block.sensorRuns {
                for run in runs { note(Int32(bitPattern: run.value)) }
            } else {
                for sensor in block.sensors { note(sensor) }
            }
        }
    }

    /// Whether the cycle of each block goes on where that before it ends.
    private static func isOneCycle(_ blocks: [WaitingRows], _ count: Int) -> Bool {
        zip(blocks, blocks.dropFirst())
            .allSatisfy { one, next in
                one.cycleStart.map { ($0 + one.count) % count } == next.cycleStart
            }
    }

    @inline(__always)
    private mutating func note(_ sensor: Int32) {
        if isPresent[Int(sensor)] { return }
        isPresent[Int(sensor)] = true
        present.append(sensor)
    }
}
