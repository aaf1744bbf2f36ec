import DatasetGen

/// Finds the sensor that a row names.
///
/// Rows mostly name the sensor after the last one's, or the same: those two are compared before anything is looked up.
struct SensorLookup {
    private let indices: [String: Int32]
    /// The names as a format writes them, one after the other.
    private var bytes: [UInt8] = []
    private var bounds: [Int] = [0]
    private var last: Int = -1

    /// Prepares the identifiers; `encoded` gives one as the format writes it.
    init(_ sensors: [Sensor], encoded: (Sensor) -> String) {
        var indices: [String: Int32] = [:]
        for sensor in sensors {
            indices[sensor.id] = Int32(sensor.index)
            bytes += encoded(sensor).utf8
            bounds.append(bytes.count)
        }
        self.indices = indices
    }

    /// The index of the sensor whose name stands at a range; −1 if the fleet has none of that name.
    ///
    /// `decode` gives the identifier that the bytes mean; nil if they are malformed.
    mutating func index(
        of text: Span<UInt8>,
        at range: Range<Int>,
        decode: (Span<UInt8>, Range<Int>) -> String?
    ) -> Int32 {
        let count = bounds.count - 1
        let next = last + 1 < count ? last + 1 : 0
        for guess in [next, last] where guess >= 0 && guess < count {
            if text.matches(range, bytes.span, bounds[guess]..<bounds[guess + 1]) {
                last = guess
                return Int32(guess)
            }
        }
        guard let name = decode(text, range), let index = indices[name] else { return -1 }
        last = Int(index)
        return index
    }
}
