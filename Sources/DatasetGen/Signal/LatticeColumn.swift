/// The positions of consecutive ticks in the lattice of one octave, as columns: they depend on time alone, so all
/// sensors share them.
struct LatticeColumn {
    private let period: Int64
    private var firstWeights: [Double] = []
    private var secondWeights: [Double] = []
    /// Runs of ticks in one lattice cell: the cell and the index behind the run's last tick.
    private var runs: [(cell: Int64, end: Int)] = []

    init(period: Int64) {
        self.period = period
    }

    /// Computes the positions of rising times, in microseconds since the Unix epoch.
    mutating func prepare(times: [Int64]) {
        firstWeights.resize(to: times.count, filler: 0)
        secondWeights.resize(to: times.count, filler: 0)
        runs.removeAll(keepingCapacity: true)
        for (index, time) in times.enumerated() {
            let position = LatticePosition(time: SimulatedTime(microseconds: time), period: period)
            firstWeights[index] = position.firstWeight
            secondWeights[index] = position.secondWeight
            if runs.last?.cell == position.cell {
                runs[runs.count - 1].end = index + 1
            } else {
                runs.append((position.cell, index + 1))
            }
        }
    }

    /// Adds `scale` times the noise to `column`, whose first element belongs to the prepared tick at index `first`.
    func add(_ noise: LatticeNoise, scale: Double, from first: Int, to column: inout MutableSpan<Double>) {
        let (firstWeights, secondWeights) = (firstWeights.span, secondWeights.span)
        let last = first + column.count
        var begin = first
        for run in runs where run.end > first {
            let end = min(run.end, last)
            guard begin < end else { break }
            let ends = noise.ends(ofCell: run.cell)
            let (left, right) = (ends.first * scale, ends.second * scale)
            for index in begin..<end {
                column[index - first] += left * firstWeights[index] + right * secondWeights[index]
            }
            begin = end
        }
    }
}
