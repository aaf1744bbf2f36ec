package import DatasetGen

/// A column of readings as Arrow has it.
package struct ArrowColumn: Hashable, Sendable {
    /// What its values are.
    package enum Storage: Hashable, Sendable {
        case int8
        case int64
        case float64
        /// Microseconds since 1970, of UTC or of a clock whose zone is not told.
        case time(isUTC: Bool)
        /// Texts that are sent once, behind offsets of 64 bits if they are large, and their numbers in 1, 2 or 4 bytes.
        case texts(bytes: Int, isLarge: Bool)
    }

    package let name: String
    package let storage: Storage
    /// Whether a value may be NULL.
    package let isNullable: Bool
    /// The unit of its values; nil for none.
    package let unit: String?

    package init(name: String, storage: Storage, isNullable: Bool, unit: String?) {
        (self.name, self.storage, self.isNullable, self.unit) = (name, storage, isNullable, unit)
    }

    /// Bytes of a value.
    package var width: Int {
        switch storage {
        case .int8: 1
        case .int64, .float64, .time: 8
        case .texts(let bytes, _): bytes
        }
    }
}

extension ArrowColumn.Storage {
    /// Of so many texts, which have so many bytes.
    init(textCount: Int, byteCount: Int) {
        let bytes = textCount <= 1 << 7 ? 1 : textCount <= 1 << 15 ? 2 : 4
        self = .texts(bytes: bytes, isLarge: byteCount > Int(Int32.max))
    }
}

extension ArrowColumn {
    /// A column of readings.
    ///
    /// - Parameters:
    ///   - column: which one it is.
    ///   - timestamps: how its output writes times.
    ///   - texts: what a column of texts holds.
    package init(_ column: Column, _ timestamps: TimestampStyle, texts: [[UInt8]] = []) {
        let storage: Storage =
            switch column.kind {
            case .integer: .int64
            case .time: .time(isUTC: timestamps == .utc)
            case .number: .float64
            // A number, so that its mean can be asked for.
            case .flag: .int8
            case .text: Storage(textCount: texts.count, byteCount: texts.reduce(0) { $0 + $1.count })
            }
        self.init(name: column.name, storage: storage, isNullable: column.isNullable, unit: column.unit)
    }
}
