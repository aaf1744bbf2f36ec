import DatasetGen

extension DatasetStatistics {
    /// Adds all readings of a block.
    mutating func add(_ block: borrowing ReadingBlock, of fleet: Fleet) {
        let block = copy block
        let fleet = fleet.sensors.span
        let (sensors, labels) = (block.sensors.span, block.labels.span)
        var begin = 0
        while begin < block.count {
            let core = fleet[Int(sensors[begin])].core
            var end = begin + 1
            // Normal readings of one make and kind count together, whichever sensor they are of.
            if labels[begin] == Label.normal.rawValue {
                while end < block.count, labels[end] == Label.normal.rawValue,
                    fleet[Int(sensors[end])].core.profile == core.profile,
                    fleet[Int(sensors[end])].core.kind == core.kind
                {
                    end += 1
                }
            }
            add(block.metrics, begin..<end, label: Label(rawValue: labels[begin]), sensor: core)
            begin = end
        }
    }
}
