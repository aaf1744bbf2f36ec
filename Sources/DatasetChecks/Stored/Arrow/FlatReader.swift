/// A table of FlatBuffers in bytes that may be anything: whatever leads out of them is not there.
///
/// Source: FlatBuffers' documentation, "FlatBuffers Internals".
struct FlatReader {
    private let bytes: [UInt8]
    private let start: Int
    /// Where its vtable begins, and the bytes of that.
    private let (vtable, vtableLength): (Int, Int)

    /// The root of a buffer; nil if there is none.
    init?(_ bytes: [UInt8]) {
        guard let root = Self.number(bytes, at: 0, UInt32.self) else { return nil }
        self.init(bytes, at: Int(root))
    }

    private init?(_ bytes: [UInt8], at start: Int) {
        guard let distance = Self.number(bytes, at: start, Int32.self) else { return nil }
        let vtable = start - Int(distance)
        guard let length = Self.number(bytes, at: vtable, UInt16.self) else { return nil }
        (self.bytes, self.start, self.vtable, vtableLength) = (bytes, start, vtable, Int(length))
    }

    private static func number<Number: FixedWidthInteger>(_ bytes: [UInt8], at place: Int, _ type: Number.Type)
        -> Number?
    {
        let size = Number.bitWidth / 8
        guard place >= 0, place <= bytes.count - size else { return nil }
        var value: Number = 0
        for index in 0..<size { value |= Number(truncatingIfNeeded: bytes[place + index]) << Number(8 * index) }
        return value
    }

    /// Where a field stands; nil for one that is left out.
    private func place(_ field: Int) -> Int? {
        let entry = 4 + 2 * field
        guard entry + 2 <= vtableLength, let offset = Self.number(bytes, at: vtable + entry, UInt16.self), offset > 0
        else { return nil }
        return start + Int(offset)
    }

    /// A number, 0 where it is left out.
    func number<Number: FixedWidthInteger>(_ field: Int, _ type: Number.Type = Number.self) -> Number {
        place(field).flatMap { Self.number(bytes, at: $0, type) } ?? 0
    }

    /// Where what a field refers to stands.
    private func target(_ field: Int) -> Int? {
        guard let place = place(field), let offset = Self.number(bytes, at: place, UInt32.self) else { return nil }
        return place + Int(offset)
    }

    /// A table; nil where it is left out.
    func table(_ field: Int) -> FlatReader? { target(field).flatMap { FlatReader(bytes, at: $0) } }

    /// The numbers of eight bytes that the structs of a vector are, so many each; nil where they are left out.
    func numbers(_ field: Int, each width: Int) -> [Int64]? {
        guard let target = target(field), let count = Self.number(bytes, at: target, UInt32.self),
            Int(count) <= (bytes.count - target - 4) / (8 * width)
        else { return nil }
        return (0..<Int(count) * width).compactMap { Self.number(bytes, at: target + 4 + 8 * $0, Int64.self) }
    }

    /// The tables of a vector, none where it is left out; nil if one of them cannot be read.
    func tables(_ field: Int) -> [FlatReader]? {
        guard let target = target(field) else { return [] }
        guard let count = Self.number(bytes, at: target, UInt32.self), Int(count) <= (bytes.count - target - 4) / 4
        else { return nil }
        var tables: [FlatReader] = []
        for index in 0..<Int(count) {
            let place = target + 4 + 4 * index
            guard let offset = Self.number(bytes, at: place, UInt32.self),
                let table = FlatReader(bytes, at: place + Int(offset))
            else { return nil }
            tables.append(table)
        }
        return tables
    }

    /// A text; nil where it is left out.
    func text(_ field: Int) -> String? {
        guard let target = target(field), let count = Self.number(bytes, at: target, UInt32.self),
            Int(count) <= bytes.count - target - 4
        else { return nil }
        return String(decoding: bytes[target + 4..<target + 4 + Int(count)], as: UTF8.self)
    }
}
