import DatasetGen

/// A column that is the same in all readings of a sensor: what its values are, and which one each sensor has.
struct SensorCodes: Sendable {
    let domain: ColumnDomain
    let count: Int
    /// By sensor; ``ColumnDomain/null`` for NULL.
    let codes: [UInt32]

    /// A column of texts.
    init(_ sensors: [Sensor], text: @Sendable (Sensor) -> String?) {
        let texts = inParallel(sensors.count, atLeast: Self.leastSensors) { range in sensors[range].map { text($0) } }
            .flatMap { $0 }
        var known: [String: UInt32] = [:]
        var values: [[UInt8]] = []
        var found: [UInt32] = []
        found.reserveCapacity(texts.count)
        for text in texts {
            guard let text else {
                found.append(ColumnDomain.null)
                continue
            }
            if let code = known[text] {
                found.append(code)
            } else {
                found.append(UInt32(values.count))
                known[text] = UInt32(values.count)
                values.append(Array(text.utf8))
            }
        }
        let order = values.indices.sorted { values[$0].lexicographicallyPrecedes(values[$1]) }
        self.init(.texts(order.map { values[$0] }), values.count, Self.renumbered(found, order))
    }

    /// A column of numbers.
    init(_ sensors: [Sensor], number: (Sensor) -> FixedPoint?) {
        let numbers = sensors.map { number($0)?.double }
        let values = Set(numbers.compactMap { $0 }).sorted()
        let known = Dictionary(uniqueKeysWithValues: zip(values, 0...).map { ($0, UInt32($1)) })
        self.init(.doubles(values), values.count, numbers.map { $0.flatMap { known[$0] } ?? ColumnDomain.null })
    }

    private init(_ domain: ColumnDomain, _ count: Int, _ codes: [UInt32]) {
        (self.domain, self.count, self.codes) = (domain, count, codes)
    }

    /// Codes of values that stand in another order now.
    private static func renumbered(_ codes: [UInt32], _ order: [Int]) -> [UInt32] {
        var places = [UInt32](repeating: 0, count: order.count)
        for (place, index) in order.enumerated() { places[index] = UInt32(place) }
        return codes.map { $0 == ColumnDomain.null ? $0 : places[Int($0)] }
    }

    /// Fewer are not worth another thread.
    private static let leastSensors = 4_096
}
