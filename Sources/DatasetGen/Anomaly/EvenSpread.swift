/// Numbers that are spread evenly over 0..<1, over the consecutive cells of a sensor's schedule and over the sensors of a
/// group, whatever their numbers: multiples of irrational numbers.
///
/// Where independent draws would leave a small dataset with too many or too few of a kind by chance, these do not.
/// Source: Kronecker sequences; Kuipers and Niederreiter, "Uniform Distribution of Sequences", 1974, chapter 2.
enum EvenSpread {
    /// What is drawn; each has irrational numbers of its own, so that they are independent of one another.
    enum Property: UInt64 {
        /// Whether an event happens where a phase asks for fewer.
        case thinning = 1
        /// How long an event is.
        case length
        /// How hard to find it is.
        case difficulty
        /// What becomes of lost readings.
        case mode

        /// From cell to cell: the golden ratio less 1, and fractional parts of the roots of 2, 3 and 7.
        fileprivate var cellStep: Double {
            switch self {
            case .thinning: 0.618_033_988_749_894_9
            case .length: 0.414_213_562_373_095_1
            case .difficulty: 0.732_050_807_568_877_3
            case .mode: 0.645_751_311_064_590_6
            }
        }

        /// From sensor to sensor: fractional parts of the roots of 17, 19, 23 and 29.
        fileprivate var sensorStep: Double {
            switch self {
            case .thinning: 0.123_105_625_617_660_5
            case .length: 0.358_898_943_540_673_6
            case .difficulty: 0.795_831_523_312_719_5
            case .mode: 0.385_164_807_134_504_0
            }
        }
    }

    // Where a schedule begins goes together with where its slots lie: the steps from sensor to sensor are 1/ρ and 1/ρ² of
    // the plastic number ρ, which fill the square most evenly (Roberts, "The Unreasonable Effectiveness of Quasirandom
    // Sequences", 2018).

    /// Where in its first cell a sensor's schedule of a type begins.
    static func beginning(_ type: AnomalyType, _ sensor: SensorCore) -> Double {
        let start = sensor.groupKey.stream(UInt64(type.rawValue)).uniform(0)
        return fraction(start + Double(sensor.member) * 0.754_877_666_246_692_7)
    }

    /// Where in a cell of a sensor's schedule of a type its slot lies: at random from cell to cell, evenly over sensors.
    static func slot(_ type: AnomalyType, cell: Int64, _ sensor: SensorCore) -> Double {
        let start = sensor.groupKey.stream(1_000 + UInt64(type.rawValue)).uniform(UInt64(bitPattern: cell))
        return fraction(start + Double(sensor.member) * 0.569_840_290_998_053_2)
    }

    /// The place of a cell of a sensor's schedule of a type.
    static func place(of property: Property, _ type: AnomalyType, cell: Int64, _ sensor: SensorCore) -> Double {
        let start = sensor.groupKey.stream(UInt64(type.rawValue)).uniform(property.rawValue)
        return fraction(start + Double(sensor.member) * property.sensorStep + Double(cell) * property.cellStep)
    }

    private static func fraction(_ position: Double) -> Double {
        let truncated = Double(Int64(position))
        return position < truncated ? position - truncated + 1 : position - truncated
    }
}
