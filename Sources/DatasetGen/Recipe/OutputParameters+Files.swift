extension OutputParameters {
    /// The most files that readings of one format can be in: all of them are open at a time.
    package static let fileLimit = 366

    /// What a block of Prometheus' database has of the time, in microseconds.
    static let blockTime: Int64 = 7_200_000_000
}

extension TickGrid {
    /// In how many files readings are whose times are cut at whole multiples of a time since 1970.
    func fileCount(of time: Int64) -> Int64 {
        let last = self.time(ofTick: max(0, tickCount - 1)).microseconds
        return last.flooredQuotient(by: time) - start.microseconds.flooredQuotient(by: time) + 1
    }
}

extension Recipe {
    /// The positions of the first readings of an output's files, but for the first; none where there is one file.
    package func cuts(of output: OutputParameters) -> [Int64] {
        guard let time = output.timePerFile else { return [] }
        let rows = RowGrid(self)
        let first = grid.start.microseconds.flooredQuotient(by: time)
        // Behind the last reading there is nothing to cut off, where a group reports less often than the others.
        return (1..<grid.fileCount(of: time))
            .map { rows.readingCount(before: grid.firstTick(atOffset: (first + $0) * time - grid.start.microseconds)) }
            .filter { $0 < rows.count }
    }
}

extension ReadingSlice {
    /// The readings before, between and behind cuts, each of which is the position of a reading; whole where none is of these.
    package func parts(cutAt cuts: [Int64]) -> [ReadingSlice] {
        let positions = firstNumber - 1..<firstNumber - 1 + Int64(count)
        var parts: [ReadingSlice] = []
        var start = 0
        for cut in cuts where positions.contains(cut) {
            let end = Int(cut - positions.lowerBound)
            parts.append(part(start..<end))
            start = end
        }
        return parts + [part(start..<count)]
    }

    /// Some of the readings.
    private func part(_ indices: Range<Int>) -> ReadingSlice {
        ReadingSlice(
            firstNumber: firstNumber + Int64(indices.lowerBound),
            rows: rows.lowerBound + indices.lowerBound..<rows.lowerBound + indices.upperBound,
            places: places.lowerBound + indices.lowerBound..<places.lowerBound + indices.upperBound,
            sensors: sensors,
            times: times,
            metrics: metrics,
            clean: clean,
            labels: labels
        )
    }
}
