#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a classifier sees of a day.
enum WindowFeatures {
    /// Level, spread, ends, how the day goes, and how much it moves in one, two, three and six hours.
    static func raw(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(values.count)
        return [mean, deviation(values, mean)] + course(values)
    }

    /// The same of a day that is brought to the mean 0 and the deviation 1.
    static func shape(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(values.count)
        let width = deviation(values, mean)
        return course(values.map { width > 0 ? ($0 - mean) / width : 0 })
    }

    /// The correlations of all pairs of metrics.
    static func correlations(_ metrics: [[Double]]) -> [Double] {
        let standard = metrics.map { values in
            let mean = values.reduce(0, +) / Double(values.count)
            let width = deviation(values, mean)
            return values.map { width > 0 ? ($0 - mean) / width : 0 }
        }
        return metrics.indices.flatMap { one in
            metrics.indices[..<one]
                .map { other in
                    zip(standard[one], standard[other]).reduce(0) { $0 + $1.0 * $1.1 } / Double(metrics[one].count)
                }
        }
    }

    private static func deviation(_ values: [Double], _ mean: Double) -> Double {
        (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }

    private static func course(_ values: [Double]) -> [Double] {
        func change(_ lag: Int) -> [Double] { (lag..<values.count).map { values[$0] - values[$0 - lag] } }
        func size(_ values: [Double]) -> Double {
            (values.reduce(0) { $0 + $1 * $1 } / Double(max(1, values.count))).squareRoot()
        }
        let first = change(1)
        let second = (1..<first.count).map { first[$0] - first[$0 - 1] }
        var features = [values.min() ?? 0, values.max() ?? 0, values[values.count - 1] - values[0]]
        features += [size(first), size(second), size(change(3)), size(change(6)), first.map(abs).max() ?? 0]
        for turns in [1.0, 2.0] {
            let angles = values.indices.map { 2 * Double.pi * turns * Double($0) / Double(values.count) }
            features.append(zip(values, angles).reduce(0) { $0 + $1.0 * cos($1.1) } / Double(values.count))
            features.append(zip(values, angles).reduce(0) { $0 + $1.0 * sin($1.1) } / Double(values.count))
        }
        return features
    }
}
