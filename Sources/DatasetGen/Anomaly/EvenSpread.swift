/// Numbers of consecutive cells that are spread evenly over 0..<1, whatever their number: multiples of an irrational
/// number, from a random start.
///
/// Where independent draws would leave a small dataset with too many or too few of a kind by chance, these do not.
/// Source: Kronecker sequences; Kuipers and Niederreiter, "Uniform Distribution of Sequences", 1974, chapter 2.
enum EvenSpread {
    /// Which property of an event is drawn; each has an irrational number of its own, so that they are independent.
    enum Property: UInt64 {
        case thinning
        case length
        case difficulty
        case mode
    }

    /// The fractional part of `start + cell · irrational`.
    static func place(of property: Property, cell: Int64, key: RandomKey) -> Double {
        let step =
            switch property {
            case .thinning: 0.618_033_988_749_894_9
            case .length: 0.414_213_562_373_095_1
            case .difficulty: 0.732_050_807_568_877_3
            case .mode: 0.236_067_977_499_789_7
            }
        // Counters from the top down: those of cells count from 0 in both directions.
        let position = key.uniform(.max / 2 &- property.rawValue) + Double(cell) * step
        let truncated = Double(Int64(position))
        return position < truncated ? position - truncated + 1 : position - truncated
    }
}
