extension RecipeResolver {
    /// The files to write, in the order of the formats.
    mutating func outputs(of schema: MetricSchema, on grid: TickGrid) -> [OutputParameters] {
        guard let stated = section.outputs?.value.formats, !stated.isEmpty else {
            return OutputFormat.allCases.map { format in
                OutputParameters(
                    format: format,
                    compression: format.isText ? .gzip(level: Compression.defaultLevel) : .none,
                    timestamps: .naive,
                    pageSize: OutputParameters.defaultPageSize
                )
            }
        }
        return OutputFormat.allCases.compactMap { format in
            stated.first { $0.value.format == format }.map { parameters(of: $0.value, schema, on: grid) }
        }
    }

    private mutating func parameters(
        of output: OutputSection,
        _ schema: MetricSchema,
        on grid: TickGrid
    ) -> OutputParameters {
        if let timestamps = output.timestamps, !grid.isWhole(in: timestamps.value) {
            decoder.report(
                "\(timestamps.value.rawValue) is coarser than the readings' times: start and interval must be whole "
                    + (timestamps.value == .epochSeconds ? "seconds" : "milliseconds") + intervalRemark,
                about: timestamps
            )
        }
        return OutputParameters(
            format: output.format,
            compression: compression(of: output),
            timestamps: output.timestamps?.value ?? .naive,
            pageSize: output.pageSize?.value ?? OutputParameters.defaultPageSize,
            indexes: output.indexes.map { indexes($0, of: schema) } ?? []
        )
    }

    private mutating func indexes(_ stated: Stated<[String]>, of schema: MetricSchema) -> [Column] {
        let columns = schema.indexableColumns
        return stated.value.enumerated()
            .compactMap { index, name in
                if let column = columns.first(where: { $0.name == name }) { return column }
                let expected = "a column of sensor_data other than id"
                report(name.mismatch(expected: expected, among: columns.map(\.name)), item: index, of: stated)
                return nil
            }
    }

    private mutating func compression(of output: OutputSection) -> Compression {
        guard output.format.isText else { return .none }
        let level = output.level?.value ?? Compression.defaultLevel
        switch output.compression?.value ?? .gzip {
        case .none:
            if let level = output.level {
                decoder.report("a file that is not compressed has no level", about: level)
            }
            return .none
        case .gzip:
            check(output.level, isIn: Compression.gzipLevels, of: "gzip")
            return .gzip(level: level)
        case .zstd:
            check(output.level, isIn: Compression.zstdLevels, of: "zstd")
            return .zstd(level: level)
        }
    }

    private mutating func check(_ level: Stated<Int>?, isIn levels: ClosedRange<Int>, of name: String) {
        guard let level, !levels.contains(level.value) else { return }
        decoder.report(
            "\(level.value) is not between \(levels.lowerBound) and \(levels.upperBound), the levels of \(name)",
            about: level
        )
    }
}

extension TickGrid {
    /// Whether every tick is a whole number of a style's unit.
    fileprivate func isWhole(in style: TimestampStyle) -> Bool {
        let unit = style.microsecondsPerUnit
        guard unit > 1 else { return true }
        return start.microseconds % unit == 0 && interval.microseconds.denominator == 1
            && interval.microseconds.numerator % unit == 0
    }
}
