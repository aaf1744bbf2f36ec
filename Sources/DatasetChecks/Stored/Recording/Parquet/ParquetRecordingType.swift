import DatasetFormats
import DatasetGen

/// What the values of a column are, and how they read as text.
struct ParquetRecordingType {
    /// How values are stored.
    enum Physical: Int64 {
        case boolean = 0
        case int32 = 1
        case int64 = 2
        /// Nanoseconds of a day, and its Julian number: times of older programs.
        case int96 = 3
        case float = 4
        case double = 5
        case byteArray = 6
        case fixedByteArray = 7
    }

    /// What they mean.
    enum Meaning {
        case plain
        case unsigned
        /// Whole numbers of 10⁻ˢ.
        case decimal(scale: Int)
        /// Days since 1970.
        case date
        /// Since 1970, so many a second.
        case timestamp(perSecond: Int64)
    }

    let physical: Physical
    let meaning: Meaning
    /// Bytes of a value, 0 of flags, which are bits; nil for those that tell theirs.
    let width: Int?

    /// The type of a column; nil for one that is neither numbers, times nor text.
    init?(_ element: ThriftValue) {
        guard let number = element[1]?.number, let physical = Physical(rawValue: number) else { return nil }
        let logical = element[10]
        let converted = element[6]?.number
        var meaning = Meaning.plain
        if let decimal = logical?[5] {
            meaning = .decimal(scale: Int(clamping: decimal[1]?.number ?? 0))
        } else if converted == 5 {
            meaning = .decimal(scale: Int(clamping: element[7]?.number ?? 0))
        } else if logical?[6] != nil || converted == 6 {
            meaning = .date
        } else if let timestamp = logical?[8] {
            let unit = timestamp[2]
            meaning = .timestamp(perSecond: unit?[1] != nil ? 1_000 : unit?[2] != nil ? 1_000_000 : 1_000_000_000)
        } else if converted == 9 || converted == 10 {
            meaning = .timestamp(perSecond: converted == 9 ? 1_000 : 1_000_000)
        } else if logical?[7] != nil || converted == 7 || converted == 8 {
            // A time of day is no time.
            return nil
        } else if logical?[10]?[2]?.flag == false || (11...14).contains(converted ?? 0) {
            meaning = .unsigned
        }
        let isNumber = if case .decimal(let scale) = meaning { (0...38).contains(scale) } else { false }
        (self.physical, self.meaning) = (physical, meaning)
        switch physical {
        case .boolean: width = 0
        case .int32, .float: width = 4
        case .int64, .double: width = 8
        case .int96: width = 12
        case .byteArray: width = nil
        case .fixedByteArray:
            guard isNumber, let length = element[2]?.number, (1...16).contains(length) else { return nil }
            width = Int(length)
        }
        if case .decimal = meaning, !isNumber || physical == .byteArray { return nil }
    }

    /// Whether values may hold what would end a field.
    var isText: Bool { physical == .byteArray }

    /// The text of a value that stands in some bytes; nil for one that no text of a time tells.
    func text(of bytes: Span<UInt8>) -> String? {
        switch physical {
        case .boolean: nil
        case .float: Float(bitPattern: UInt32(truncatingIfNeeded: Self.number(bytes))).shortestText
        case .double: Double(bitPattern: Self.number(bytes)).shortestText
        case .int32: text(of: Int64(Int32(truncatingIfNeeded: Self.number(bytes))))
        case .int64: text(of: Int64(bitPattern: Self.number(bytes)))
        case .int96: Self.text(ofJulian: bytes)
        case .byteArray: bytes.string(0..<bytes.count)
        case .fixedByteArray: text(ofBigEndian: bytes)
        }
    }

    /// The text of a whole number.
    func text(of number: Int64) -> String? {
        switch meaning {
        case .plain: return String(number)
        case .unsigned:
            return physical == .int32 ? String(UInt32(truncatingIfNeeded: number)) : String(UInt64(bitPattern: number))
        case .decimal(let scale): return Self.decimal(Int128(number), scale)
        case .date:
            let (time, overflow) = number.multipliedReportingOverflow(by: SimulatedTime.microsecondsPerDay)
            return overflow ? nil : Self.time(time)
        case .timestamp(let perSecond):
            if perSecond > 1_000_000 {
                // Another unit than microseconds would be lost.
                return number % 1_000 == 0 ? Self.time(number / 1_000) : nil
            }
            let (time, overflow) = number.multipliedReportingOverflow(by: 1_000_000 / perSecond)
            return overflow ? nil : Self.time(time)
        }
    }

    private static func time(_ microseconds: Int64) -> String? {
        let time = SimulatedTime(microseconds: microseconds)
        return SimulatedTime.earliest <= time && time < .latest ? time.text : nil
    }

    private static func text(ofJulian bytes: Span<UInt8>) -> String? {
        let nanoseconds = Int64(bitPattern: number(bytes.extracting(0..<8)))
        let day = Int64(number(bytes.extracting(8..<12))) - 2_440_588
        guard (0..<86_400_000_000_000).contains(nanoseconds), nanoseconds % 1_000 == 0 else { return nil }
        return time(day * SimulatedTime.microsecondsPerDay + nanoseconds / 1_000)
    }

    private func text(ofBigEndian bytes: Span<UInt8>) -> String? {
        guard case .decimal(let scale) = meaning else { return nil }
        var number: Int128 = bytes[0] >= 0x80 ? -1 : 0
        for index in bytes.indices { number = number << 8 | Int128(bytes[index]) }
        return Self.decimal(number, scale)
    }

    private static func decimal(_ number: Int128, _ scale: Int) -> String {
        var digits = String(number.magnitude)
        if digits.utf8.count <= scale { digits = String(repeating: "0", count: scale + 1 - digits.utf8.count) + digits }
        if scale > 0 { digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale)) }
        return (number < 0 ? "-" : "") + digits
    }

    /// A number whose least byte comes first.
    private static func number(_ bytes: Span<UInt8>) -> UInt64 {
        var value: UInt64 = 0
        for index in bytes.indices.reversed() { value = value << 8 | UInt64(bytes[index]) }
        return value
    }
}
