import DatasetGen

/// A fault of a synthetic sensor: one in each fifty readings, or none.
struct Fault {
    let type: AnomalyType
    /// How far the reading is off, about -1 to 1.
    let change: Double

    init?(sensor: Int, tick: Int) {
        let cell = tick / 50
        let choice = Self.hash(sensor, cell, 7)
        guard let type = AnomalyType(rawValue: UInt8(choice % 6)) else { return nil }
        let first = cell * 50 + Int(choice / 8 % 30)
        let length = type == .spike ? 1 : 6 + Int(choice / 512 % 10)
        guard (first..<first + length).contains(tick) else { return nil }
        let place = Double(tick - first)
        self.type = type
        change =
            switch type {
            case .spike: choice.isMultiple(of: 4) ? -1 : 1
            case .trend: place / 12
            case .pattern: Int(place).isMultiple(of: 2) ? 0.3 : -0.3
            case .missingData: 0
            case .noise: Double(Self.hash(sensor, tick, 9) % 1_000) / 1_000 - 0.5
            }
    }

    /// The metrics that it changes: of the standard ones the first, or all if data are missing.
    func metrics(of schema: MetricSchema) -> MetricSet {
        if type == .missingData { return MetricSet(schema.all) }
        return schema == .standard
            ? MetricSet(.temperature) : MetricSet(schema.all.filter { schema[$0].states.isEmpty })
    }

    /// Bits that look random, of three numbers.
    static func hash(_ first: Int, _ second: Int, _ third: Int) -> UInt64 {
        var bits = UInt64(bitPattern: Int64(first &* 7_919 &+ second &* 104_729 &+ third &* 15_485_863))
        bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
        return bits ^ bits >> 31
    }
}
