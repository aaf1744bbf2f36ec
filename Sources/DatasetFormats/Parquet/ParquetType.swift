package import DatasetGen

/// The names of the Parquet format, by their numbers in `parquet.thrift`.
package enum ParquetType: Int, Sendable {
    case int32 = 1
    case int64 = 2
    case double = 5
    case byteArray = 6

    /// Bytes of a value; nil for texts.
    package var width: Int? {
        switch self {
        case .int32: 4
        case .int64, .double: 8
        case .byteArray: nil
        }
    }
}

/// How the values of a page are written.
package enum ParquetEncoding: Int, Sendable {
    case plain = 0
    /// Of dictionaries and their pages in files for old readers.
    case plainDictionary = 2
    case rle = 3
    case deltaBinaryPacked = 5
    case rleDictionary = 8
}

/// What a page is.
package enum ParquetPageType: Int, Sendable {
    case data = 0
    case dictionary = 2
}

/// How pages are compressed.
package enum ParquetCodec: Int, Sendable {
    case uncompressed = 0
    case snappy = 1
    case zstd = 6

    /// That of an output's compression.
    package init(_ compression: Compression) {
        self =
            switch compression {
            case .zstd: .zstd
            case .snappy: .snappy
            case .none, .gzip: .uncompressed
            }
    }
}

/// What begins and ends a file, and its version.
package enum ParquetFile {
    /// `PAR1`, at both ends.
    package static let magic = Array("PAR1".utf8)
}
