import DatasetGen

extension ReadingSlice {
    /// Calls `body` with a sensor and the indices of consecutive readings of it, up to `limit` at a time.
    func forEachRun(atMost limit: Int, _ body: (_ sensor: Int, _ indices: Range<Int>) -> Void) {
        let ofRows = sensors.span.extracting(places)
        var begin = 0
        while begin < count {
            let sensor = ofRows[begin]
            let last = min(begin + limit, count)
            var end = begin + 1
            while end < last, ofRows[end] == sensor { end += 1 }
            body(Int(sensor), begin..<end)
            begin = end
        }
    }

    /// The values of a series, by the index of the reading; nil for labels.
    func column(of source: SeriesNames.Source) -> [Int32]? {
        switch source {
        case .metric(let metric): metrics[metric]
        case .clean(let metric): clean[metric]
        case .label: nil
        }
    }
}
