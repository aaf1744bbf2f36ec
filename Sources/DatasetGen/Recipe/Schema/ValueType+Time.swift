extension ValueType where Value == SimulatedTime {
    /// An instant in ISO 8601.
    static let time = time(expecting: "a time such as 2025-01-31T12:00:00Z, from 1900 to 2199") {
        SimulatedTime(parsing: $0)
    }

    /// The instant at which an interval ends, in ISO 8601.
    static let endTime = time(expecting: "a time such as 2025-01-31T12:00:00Z, from 1900 to 2200-01-01T00:00:00Z") {
        SimulatedTime(parsingEnd: $0)
    }

    private static func time(
        expecting expectation: String,
        read: @escaping @Sendable (String) -> SimulatedTime?
    ) -> ValueType {
        scalar(
            expecting: expectation,
            schema: .pattern(
                "^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?(Z|[+-]\\d{2}(:?\\d{2})?)?)?$"
            )
        ) { node in
            node.text.flatMap(read)
        } encode: {
            .string($0.zonedText)
        }
    }
}

extension ValueType where Value == Int64 {
    /// A duration in microseconds, such as `1d12h`; a plain number counts seconds.
    static let duration = duration(expecting: "a duration such as 90s, 15m or 1d12h, or a number of seconds")

    /// A duration in microseconds that may be zero.
    static let offset = duration(
        expecting: "an offset such as 0s, 90m or 1d12h, or a number of seconds",
        allowsZero: true
    )

    /// A duration in microseconds that is written as a number of seconds.
    static let seconds = ValueType(
        expectation: "a number of seconds above 0",
        schema: Bounds.above(0).schema(type: "number")
    ) { node, path, decoder in
        if let value = node.numberText.flatMap(wholeMicroseconds(ofSeconds:)) { return value }
        decoder.reportMismatch(node, expected: "a number of seconds above 0", at: path)
        return nil
    } encode: { value in
        .literal(FixedPoint(count: value, decimals: 6).text)
    }

    private static func duration(expecting expectation: String, allowsZero: Bool = false) -> ValueType {
        let schema = JSONValue.members([
            "type": .array([.string("string"), .string("number")]),
            "pattern": .string("^[0-9.]+$|^([0-9./]+(w|d|h|ms|us|m|s))+$"),
            allowsZero ? "minimum" : "exclusiveMinimum": .literal("0"),
        ])
        return ValueType(expectation: expectation, schema: schema) { node, path, decoder in
            let text = node.text ?? ""
            if allowsZero, text == "0" || text == "0s" { return 0 }
            if let seconds = node.numberText.flatMap(wholeMicroseconds(ofSeconds:)) { return seconds }
            if let duration = DurationText.wholeMicroseconds(of: text) { return duration }
            if text.hasPrefix("-") {
                decoder.report(
                    "\(text.quoted) is not a duration, which cannot be negative; expected \(expectation)",
                    at: node.origin,
                    path: path
                )
            } else if DurationText.isTooLong(text) {
                let most = DurationText.text(ofMicroseconds: DurationText.longest)
                let problem = "\(node.found) is longer than \(most), the most that is possible"
                decoder.report(problem, at: node.origin, path: path)
            } else {
                decoder.reportMismatch(node, expected: expectation, at: path)
            }
            return nil
        } encode: {
            .string(DurationText.text(ofMicroseconds: $0))
        }
    }

    /// Whole microseconds of a plain number of seconds, at most 300 years.
    private static func wholeMicroseconds(ofSeconds text: String) -> Int64? {
        guard let value = Rational(parsing: text)?.multiplied(by: SimulatedTime.microsecondsPerSecond),
            value.denominator == 1, value.numerator <= DurationText.longest
        else { return nil }
        return value.numerator
    }
}

extension ValueType where Value == TickInterval {
    /// The time between two readings.
    static let interval = ticks(
        expecting: "an interval such as 5s, 250ms or 1/3s, or a number of seconds",
        schema: .members([
            "type": .array([.string("string"), .string("number")]),
            "pattern": .string("^[0-9.]+$|^([0-9./]+(w|d|h|ms|us|m|s))+$"),
            "minimum": .literal("0.001"), "maximum": .literal("86400"),
        ]),
        range: "1ms to 1d"
    ) { node in
        if let number = node.numberText {
            return Rational(parsing: number)?.multiplied(by: SimulatedTime.microsecondsPerSecond)
        }
        return node.text.flatMap { DurationText.microseconds(of: $0) }
    } encode: {
        .string($0.text)
    }

    /// Readings per second, the inverse of an interval.
    ///
    /// Not every interval has a rate that a decimal holds, so that a resolved recipe states the interval.
    static let rate = ticks(
        expecting: "a positive number of readings per second",
        schema: Bounds.above(0, to: 1_000).schema(type: "number"),
        range: "one reading a day to 1000 readings a second"
    ) { node in
        node.numberText.flatMap { Rational(parsing: $0) }?.reciprocal
            .multiplied(by: SimulatedTime.microsecondsPerSecond)
    } encode: {
        .literal((1 / $0.seconds).description)
    }

    private static func ticks(
        expecting expectation: String,
        schema: JSONValue,
        range: String,
        read: @escaping @Sendable (DocumentNode) -> Rational?,
        encode: @escaping @Sendable (TickInterval) -> JSONValue
    ) -> ValueType {
        ValueType(expectation: expectation, schema: schema) { node, path, decoder in
            guard let microseconds = read(node) else {
                decoder.reportMismatch(node, expected: expectation, at: path)
                return nil
            }
            guard let interval = TickInterval(microseconds: microseconds) else {
                let isInRange =
                    microseconds.denominator > 1_000_000
                    && (1e3...8.64e10).contains(Double(microseconds.numerator) / Double(microseconds.denominator))
                let complaint = isInRange ? "has too many digits to be kept exactly" : "is not in the range \(range)"
                decoder.report("\(node.found) \(complaint)", at: node.origin, path: path)
                return nil
            }
            return interval
        } encode: { interval in
            encode(interval)
        }
    }
}
