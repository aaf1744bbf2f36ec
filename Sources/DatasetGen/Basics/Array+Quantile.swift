extension [Double] {
    /// The value that so much of rising numbers is below, between two of them by proportion; there is one at least.
    package func quantile(_ part: Double) -> Double {
        let place = part * Double(count - 1)
        let index = Swift.min(Int(place), count - 1)
        let next = Swift.min(index + 1, count - 1)
        return self[index] + (place - Double(index)) * (self[next] - self[index])
    }
}
