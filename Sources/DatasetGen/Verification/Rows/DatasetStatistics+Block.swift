extension DatasetStatistics {
    /// Adds all readings of a block.
    mutating func add(_ block: borrowing ReadingBlock, of fleet: Fleet) {
        let block = copy block
        let cores = fleet.cores.span
        let (sensors, labels) = (block.sensors.span, block.labels.span)
        var begin = 0
        while begin < block.count {
            let core = cores[Int(sensors[begin])]
            var end = begin + 1
            // Normal readings of one make and kind count together, whichever sensor they are of.
            if labels[begin] == Label.normal.rawValue {
                while end < block.count, labels[end] == Label.normal.rawValue,
                    cores[Int(sensors[end])].profile == core.profile, cores[Int(sensors[end])].kind == core.kind
                {
                    end += 1
                }
            }
            add(block.metrics, begin..<end, label: Label(rawValue: labels[begin]), sensor: core)
            begin = end
        }
    }
}
