extension OutputSection {
    /// The keys of a format of row groups.
    static let rowGroupFields = [
        Field(
            "row_group",
            \OutputSection.rowGroup,
            .rowGroup,
            default: "\(ParquetParameters.defaultRowGroup)",
            "Readings of a row group, a multiple of 16384; each worker has one in memory."
        ),
        Field(
            "compatibility",
            \OutputSection.compatibility,
            .choice,
            default: "v2",
            "`v1` leaves out what old readers, such as Spark before 3.3, do not know: the differences that `v2` writes of numbers and "
                + "times."
        ),
    ]
}

extension ValueType where Value == OutputSection.Method {
    /// How the pages of a format of columns are compressed.
    static let pageMethod = choice(of: [.zstd, .snappy, .none]) { _ in
        "pages are compressed by zstd, snappy, or not at all: expected zstd, snappy or none"
    }
}

extension ValueType where Value == TimestampStyle {
    /// How times are written where they have a type of their own.
    static func instantStyle(of format: OutputFormat) -> ValueType {
        choice(of: [.naive, .utc]) { _ in
            "times of \(format.title) have a type of their own, in microseconds: expected naive or utc"
        }
    }
}

extension ValueType where Value == Int {
    /// Readings of a row group.
    fileprivate static let rowGroup = {
        let step = Int(GenerationPlan.rowsPerBlock)
        var type = integer(ParquetParameters.rowGroups)
            .checked { $0 % step == 0 ? nil : "\($0) is not a multiple of \(step)" }
        type.expectation = "a multiple of \(step) up to \(ParquetParameters.rowGroups.upperBound)"
        return type
    }()
}
