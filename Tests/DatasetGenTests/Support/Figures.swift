/// Statistics of series of readings.
enum Figures {
    static func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

    static func variance(_ x: [Double]) -> Double {
        let middle = mean(x)
        return mean(x.map { ($0 - middle) * ($0 - middle) })
    }

    static func deviation(_ x: [Double]) -> Double { variance(x).squareRoot() }

    static func median(_ x: [Double]) -> Double { x.sorted()[x.count / 2] }

    static func correlation(_ x: [Double], _ y: [Double]) -> Double {
        let (meanX, meanY) = (mean(x), mean(y))
        let covariance = mean(zip(x, y).map { ($0 - meanX) * ($1 - meanY) })
        return covariance / (variance(x) * variance(y)).squareRoot()
    }

    /// The differences of readings that lie `lag` apart.
    static func changes(_ x: [Double], lag: Int = 1) -> [Double] { zip(x, x.dropFirst(lag)).map { $1 - $0 } }

    static func autocorrelation(_ x: [Double], lag: Int) -> Double {
        correlation(Array(x.dropLast(lag)), Array(x.dropFirst(lag)))
    }

    /// Consecutive parts of equal size; what is left over is dropped.
    static func parts(_ x: [Double], of size: Int) -> [[Double]] {
        stride(from: 0, through: x.count - size, by: size).map { Array(x[$0..<$0 + size]) }
    }

    /// The mean of each phase of a cycle of some length.
    static func cycle(_ x: [Double], length: Int) -> [Double] {
        (0..<length).map { phase in mean(stride(from: phase, to: x.count, by: length).map { x[$0] }) }
    }

    /// Standard deviation of the white noise on a smooth series: second differences have six times its variance.
    static func whiteNoise(_ x: [Double]) -> Double { deviation(changes(changes(x))) / 6.0.squareRoot() }
}
