/// Numbers that are spread evenly over 0..<1, over the consecutive cells of a sensor's schedule and over the sensors of a
/// group, whatever their numbers: multiples of irrational numbers.
///
/// Where independent draws would leave a small dataset with too many or too few of a kind by chance, these do not.
/// Source: Kronecker sequences; Kuipers and Niederreiter, "Uniform Distribution of Sequences", 1974, chapter 2.
enum EvenSpread {
    /// What is drawn; each has irrational numbers of its own, so that they are independent of one another.
    enum Property: UInt64 {
        /// Where a sensor's schedule begins.
        case beginning
        /// Whether an event happens where a phase asks for fewer.
        case thinning
        /// How long an event is.
        case length
        /// How hard to find it is.
        case difficulty
        /// What becomes of lost readings.
        case mode

        /// From cell to cell: fractional parts of the roots of 5, 2, 3, 7 and 11, or of their halves.
        fileprivate var cellStep: Double {
            switch self {
            case .beginning: 0.236_067_977_499_789_7
            case .thinning: 0.618_033_988_749_894_9
            case .length: 0.414_213_562_373_095_1
            case .difficulty: 0.732_050_807_568_877_3
            case .mode: 0.645_751_311_064_590_6
            }
        }

        /// From sensor to sensor: fractional parts of the roots of 13, 17, 19, 23 and 29.
        fileprivate var sensorStep: Double {
            switch self {
            case .beginning: 0.605_551_275_463_989_3
            case .thinning: 0.123_105_625_617_660_5
            case .length: 0.358_898_943_540_673_6
            case .difficulty: 0.795_831_523_312_719_5
            case .mode: 0.385_164_807_134_504_0
            }
        }
    }

    /// The place of a cell of a sensor's schedule of a type.
    static func place(of property: Property, _ type: AnomalyType, cell: Int64, _ sensor: SensorCore) -> Double {
        let start = sensor.groupKey.stream(UInt64(type.rawValue)).uniform(property.rawValue)
        let position =
            start + Double(sensor.member) * property.sensorStep + Double(cell) * property.cellStep
        let truncated = Double(Int64(position))
        return position < truncated ? position - truncated + 1 : position - truncated
    }
}
