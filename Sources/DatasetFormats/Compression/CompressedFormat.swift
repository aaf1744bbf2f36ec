/// A format of compressed files; the manifest names it by its raw value.
package enum CompressedFormat: String, CaseIterable, Sendable {
    /// RFC 1952.
    case gzip
    /// RFC 8878.
    case zstd

    /// What the name of a file ends with.
    package var suffix: String {
        switch self {
        case .gzip: ".gz"
        case .zstd: ".zst"
        }
    }

    /// The format that the name of a file says; nil for none.
    package init?(path: String) {
        guard let format = Self.allCases.first(where: { path.hasSuffix($0.suffix) }) else { return nil }
        self = format
    }

    /// The state for one file.
    package func makeDecompressor() -> any Decompressor {
        switch self {
        case .gzip: ISALInflater()
        case .zstd: ZstdDecompressor()
        }
    }
}
