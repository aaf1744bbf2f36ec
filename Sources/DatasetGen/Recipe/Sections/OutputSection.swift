/// An output as a recipe states it.
struct OutputSection: Sendable {
    /// How a text file, or the pages of a file of columns, are compressed.
    enum Method: String, CaseIterable, Sendable {
        case gzip
        case zstd
        case snappy
        case none
    }

    var format: OutputFormat
    var compression: Stated<Method>?
    var level: Stated<Int>?
    var timestamps: Stated<TimestampStyle>?
    var pageSize: Stated<Int>?
    var indexes: Stated<[String]>?
    var columns: Stated<[String]>?
    var layout: Stated<OutputLayout>?
    var measurement: Stated<String>?
    var tags: Stated<[String]>?
    var labels: Stated<PointLabels>?
    var precision: Stated<PointPrecision>?
    var time: Stated<ClickHouseTime>?
    var database: Stated<String>?
    var timePerFile: Stated<Int64>?
    var rowGroup: Stated<Int>?
    var compatibility: Stated<ParquetParameters.Compatibility>?

    static func definition(for format: OutputFormat) -> SectionDefinition<OutputSection> {
        let ofTimes = [
            Field(
                "timestamps",
                \OutputSection.timestamps,
                format.hasInstants ? .instantStyle(of: format) : .choice,
                default: "naive",
                format.hasInstants
                    ? "Whether times say that they are of UTC."
                    : "How times are written: `2025-01-18T10:30:45.123456`, the same with a Z, or a whole number since 1970."
            )
        ]
        let ofColumns = [
            Field(
                "columns",
                \OutputSection.columns,
                ValueType.readingColumn.orList(named: "columns"),
                default: "all of the layout",
                "The columns of the readings and their order; `event_id` and `difficulty` are there only where they "
                    + "are named."
            )
        ]
        let ofLayout = [
            Field(
                "layout",
                \OutputSection.layout,
                .choice,
                default: "wide",
                "Whether a row is a reading, with a column for each metric, or one metric of a reading, with the columns "
                    + "`metric` and `value`."
            )
        ]
        let ofCompression = [
            Field(
                "compression",
                \OutputSection.compression,
                format.isColumnar ? .pageMethod : .fileMethod,
                default: format.isColumnar ? "zstd" : "gzip",
                format.isColumnar ? "How pages are compressed." : "How the file is compressed."
            ),
            Field(
                "level",
                \.level,
                .compressionLevel,
                default: "\(Compression.defaultLevel)",
                "How hard to compress, from 1, the fastest, to the smallest."
            ),
        ]
        let ofPages = [
            Field(
                "page_size",
                \OutputSection.pageSize,
                .pageSize,
                default: "\(OutputParameters.defaultPageSize)",
                "Bytes per page."
            ),
            Field(
                "indexes",
                \OutputSection.indexes,
                ValueType.indexedColumn.orList(named: "columns"),
                default: "none",
                "The columns of `sensor_data` that get an index each, named `sensor_data_COLUMN`."
            ),
        ]
        let optional: [(option: OutputFormat.Options, fields: [Field<OutputSection>])] = [
            (.compression, ofCompression), (.pages, ofPages), (.timestamps, ofTimes), (.columns, ofColumns),
            (.layout, ofLayout), (.points, pointFields), (.lineProtocol, lineProtocolFields), (.time, timeFields),
            (.files, fileFields), (.rowGroups, rowGroupFields),
        ]
        let own = optional.filter { format.options.contains($0.option) }.flatMap(\.fields)
        let strangers = optional.filter { !format.options.contains($0.option) }
            .flatMap { option, fields in
                fields.map {
                    let owners = OutputFormat.owners(of: option)
                    return ($0.outline.name, "concerns \(owners) only, not \(format.rawValue)")
                }
            }
        return SectionDefinition(
            name: format.rawValue,
            summary: "Options of the \(format.rawValue) output.",
            fields: own,
            strangers: Dictionary(uniqueKeysWithValues: strangers),
            empty: { OutputSection(format: format) }
        )
    }
}

extension ValueType where Value == OutputSection.Method {
    /// How a text file is compressed.
    fileprivate static let fileMethod = choice(of: [.gzip, .zstd, .none]) { method in
        "\(method.rawValue) is for the pages of \(OutputFormat.owners(of: .rowGroups)): expected gzip, zstd or none"
    }
}

extension ValueType where Value == String {
    /// A column that may have an index.
    fileprivate static let indexedColumn = column(
        among: MetricSchema.standard.columns(includingTwin: false).filter { $0 != .id },
        expecting: "a column of sensor_data",
        "a column of sensor_data other than id"
    )

    /// A column that an output may name.
    fileprivate static let readingColumn = column(
        among: MetricSchema.standard.namableColumns(.wide, includingTwin: true, arriving: true),
        expecting: "a column of readings",
        "a column of readings"
    )

    /// One of some columns; which metrics there are, the rest of the recipe says.
    private static func column(
        among columns: [Column],
        expecting expectation: String,
        _ detail: String
    ) -> ValueType {
        let pattern = JSONValue.members(["type": .string("string"), "pattern": .string(MetricName.pattern)])
        let schema = JSONValue.members(["anyOf": .array([.enumeration(columns.map(\.name)), pattern])])
        return ValueType(expectation: expectation, schema: schema) { node, path, decoder in
            guard let name = node.text else {
                decoder.reportMismatch(node, expected: detail, at: path)
                return nil
            }
            decoder.noteOrigin(node.origin, of: path)
            return name
        } encode: { name in
            .string(name)
        }
    }
}

extension ValueType where Value == Int {
    /// Any level of compression; whether the compression has it is checked with the two together.
    fileprivate static let compressionLevel = {
        let (gzip, zstd) = (Compression.gzipLevels, Compression.zstdLevels)
        let expectation =
            "a whole number from \(gzip.lowerBound) to \(gzip.upperBound) with gzip, "
            + "from \(zstd.lowerBound) to \(zstd.upperBound) with zstd"
        return ValueType(
            expectation: expectation,
            schema: ValueType.integer(zstd).schema
        ) { node, path, decoder in
            if let level = node.numberText.flatMap(Double.init).flatMap(Int.init(exactly:)) { return level }
            decoder.reportMismatch(node, expected: expectation, at: path)
            return nil
        } encode: { level in
            .literal("\(level)")
        }
    }()

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
