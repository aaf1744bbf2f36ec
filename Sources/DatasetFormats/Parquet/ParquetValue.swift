package import DatasetGen

/// A value of a small table, as a Parquet file has it.
package enum ParquetValue: Hashable, Sendable {
    case null
    /// A whole number, a flag, or microseconds since 1970.
    case integer(Int64)
    case double(Double)
    case text(String)

    /// The same value; times are instants, whatever their style.
    package init(_ value: TableValue) {
        self =
            switch value {
            case .null: .null
            case .integer(let number): .integer(number)
            case .decimal(let number): .double(number.double)
            case .time(let time, _): .integer(time.microseconds)
            case .text(let text): .text(text)
            }
    }
}

extension ParquetValue: StoredState {
    package func store(in state: inout StateWriter) {
        switch self {
        case .null: state.append(0 as UInt8)
        case .integer(let number):
            state.append(1 as UInt8)
            state.append(number)
        case .double(let number):
            state.append(2 as UInt8)
            state.append(number.bitPattern)
        case .text(let text):
            state.append(3 as UInt8)
            state.append(Array(text.utf8))
        }
    }

    package init(from state: inout StateReader) throws(StateError) {
        let kind: UInt8 = try state.next()
        switch kind {
        case 0: self = .null
        case 1: self = .integer(try state.next())
        case 2: self = .double(Double(bitPattern: try state.next()))
        case 3: self = .text(String(decoding: try state.next() as [UInt8], as: UTF8.self))
        default: throw StateError()
        }
    }
}
