/// A curve that comes back each period: straight lines between numbers that lie evenly in it, of mean 0 and variance 1.
package struct CycleShape: Hashable, Sendable {
    /// How many numbers a recipe may give: every five minutes of a week.
    package static let counts = 2...2_016

    /// The numbers as they were given, in any unit.
    package let numbers: [Double]
    private let points: [Double]

    /// The curve through some numbers, the first of which is that of a period's beginning; nil where they say nothing:
    /// they are all alike, or fewer or more than ``counts``.
    package init?(_ numbers: [Double]) {
        guard Self.counts.contains(numbers.count), let first = numbers.first else { return nil }
        self.numbers = numbers
        let variance = Self.variance(of: numbers)
        guard numbers.contains(where: { $0 != first }), variance > 0, variance.isFinite else { return nil }
        let deviation = variance.squareRoot()
        points = Self.centred(numbers).map { $0 / deviation }
    }

    /// The curve at a part of the period, 0…1.
    package func value(turns: Double) -> Double { Self.value(of: points, turns: turns) }

    /// The straight lines between some points that come back, at a part of the period, 0…1.
    package static func value(of points: [Double], turns: Double) -> Double {
        let place = turns * Double(points.count)
        let index = min(Int(place), points.count - 1)
        let next = index + 1 == points.count ? 0 : index + 1
        return points[index] + (place - Double(index)) * (points[next] - points[index])
    }

    /// The variance of the straight lines between some points that come back.
    package static func variance(of points: [Double]) -> Double {
        let centred = centred(points)
        let following = centred.dropFirst() + centred.prefix(1)
        // The mean square of a straight line from a to b is (a² + ab + b²)/3.
        let square = zip(centred, following).reduce(0) { $0 + ($1.0 * $1.0 + $1.0 * $1.1 + $1.1 * $1.1) / 3 }
        return square / Double(points.count)
    }

    /// Numbers less their mean.
    private static func centred(_ numbers: [Double]) -> [Double] {
        let mean = numbers.reduce(0, +) / Double(numbers.count)
        return numbers.map { $0 - mean }
    }

    /// The mean square of what it changes by within a part of the period: over all of it, its half, its quarter and so on, the
    /// largest.
    package func squaredChange(turns: Double) -> Double {
        var (largest, part) = (0.0, min(turns, 0.5))
        repeat {
            let square = points.indices.reduce(0) { sum, index in
                let later = Double(index) / Double(points.count) + part
                let change = value(turns: later < 1 ? later : later - 1) - points[index]
                return sum + change * change
            }
            largest = max(largest, square / Double(points.count))
            part /= 2
        } while part * Double(points.count) > 0.5
        return largest
    }
}
