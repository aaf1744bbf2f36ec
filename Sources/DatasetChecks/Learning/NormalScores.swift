import DatasetGen

/// Turns readings into numbers of mean 0 and variance 1: into the normal deviates that have the same rank, so that neither the form
/// of a distribution nor the size of its faults counts, or in proportion, as far as the sample goes.
struct NormalScores {
    private let values: [Double]
    private let deviates: [Double]

    /// Scores by a sample in rising order, which is not empty.
    init(_ sorted: [Double]) {
        var (values, deviates): ([Double], [Double]) = ([], [])
        var (sum, square, begin) = (0.0, 0.0, 0)
        while begin < sorted.count {
            var end = begin + 1
            while end < sorted.count, sorted[end] == sorted[begin] { end += 1 }
            values.append(sorted[begin])
            // The middle of the ranks of equal readings.
            let deviate = NormalCurve.shared.deviate((Double(begin) + Double(end)) / 2 / Double(sorted.count))
            deviates.append(deviate)
            sum += deviate * Double(end - begin)
            square += deviate * deviate * Double(end - begin)
            begin = end
        }
        // Where many readings are equal, the middles of their ranks lie nearer together than all ranks do.
        let mean = sum / Double(sorted.count)
        let variance = square / Double(sorted.count) - mean * mean
        if variance > 1e-9 { deviates = deviates.map { ($0 - mean) / variance.squareRoot() } }
        let step = max(1, values.count / 2_048)
        let kept = stride(from: 0, to: values.count, by: step) + [values.count - 1]
        self.values = kept.map { values[$0] }
        self.deviates = kept.map { deviates[$0] }
    }

    /// Scores in proportion to the readings, of mean 0 and variance 1 in a sample in rising order that is not all the same.
    init(linear sorted: [Double]) {
        let mean = sorted.reduce(0, +) / Double(sorted.count)
        let square = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sorted.count)
        values = [sorted[0], sorted[sorted.count - 1]]
        deviates = values.map { ($0 - mean) / square.squareRoot() }
    }

    /// The score of a reading.
    func score(_ value: Double) -> Double {
        var (low, high) = (0, values.count - 1)
        if value <= values[low] { return deviates[low] }
        if value >= values[high] { return deviates[high] }
        while high - low > 1 {
            let middle = (low + high) / 2
            if values[middle] <= value { low = middle } else { high = middle }
        }
        let width = values[high] - values[low]
        return width > 0
            ? deviates[low] + (value - values[low]) / width * (deviates[high] - deviates[low]) : deviates[low]
    }
}
