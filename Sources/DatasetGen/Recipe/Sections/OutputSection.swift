/// An output as a recipe states it.
struct OutputSection: Sendable {
    /// How a text file is compressed.
    enum Method: String, CaseIterable, Sendable {
        case gzip
        case none
    }

    var format: OutputFormat
    var compression: Stated<Method>?
    var level: Stated<Int>?
    var timestamps: Stated<TimestampStyle>?
    var pageSize: Stated<Int>?

    static func definition(for format: OutputFormat) -> SectionDefinition<OutputSection> {
        let timestamps = Field(
            "timestamps",
            \OutputSection.timestamps,
            .choice,
            default: "naive",
            "How times are written: `2025-01-18T10:30:45.123456`, the same with a Z, or a whole number since 1970."
        )
        let ofText = [
            Field("compression", \OutputSection.compression, .choice, default: "gzip", "How the file is compressed."),
            Field(
                "level",
                \.level,
                .integer(1...9),
                default: "1",
                "gzip's level, from 1, the fastest, to 9, the smallest. 1 to 3 know the rows and search for nothing; "
                    + "4 to 9 are zlib's, a tenth to a half smaller at a twentieth of the speed."
            ),
        ]
        let ofSQLite = [
            Field(
                "page_size",
                \OutputSection.pageSize,
                .pageSize,
                default: "\(OutputParameters.defaultPageSize)",
                "Bytes per page."
            )
        ]
        let strangers = format == .sqlite ? ofText : ofSQLite
        let owners = format == .sqlite ? "csv and jsonl" : "sqlite"
        return SectionDefinition(
            name: format.rawValue,
            summary: "Options of the \(format.rawValue) output.",
            fields: (format == .sqlite ? ofSQLite : ofText) + [timestamps],
            strangers: Dictionary(
                uniqueKeysWithValues: strangers.map {
                    ($0.outline.name, "concerns \(owners) only, not \(format.rawValue)")
                }
            ),
            empty: { OutputSection(format: format) }
        )
    }
}

extension ValueType where Value == Int {
    /// SQLite's page size.
    fileprivate static let pageSize = {
        let sizes = (9...16).map { 1 << $0 }
        var type = ValueType.integer(512...65_536)
            .checked { size in
                sizes.contains(size) ? nil : "\(size) is not a power of two"
            }
        type.expectation = "a power of two from 512 to 65536"
        type.schema = .members(["enum": .array(sizes.map { .literal("\($0)") })])
        return type
    }()
}
