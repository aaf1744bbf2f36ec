extension RecipeResolver {
    /// The files to write, in the order SQLite, CSV, JSON Lines.
    mutating func outputs(on grid: TickGrid) -> [OutputParameters] {
        guard let stated = section.outputs?.value.formats, !stated.isEmpty else {
            return OutputFormat.allCases.map { format in
                OutputParameters(
                    format: format,
                    compression: format == .sqlite ? .none : .gzip(level: 1),
                    timestamps: .naive,
                    pageSize: OutputParameters.defaultPageSize
                )
            }
        }
        return OutputFormat.allCases.compactMap { format in
            stated.first { $0.value.format == format }.map { parameters(of: $0.value, on: grid) }
        }
    }

    private mutating func parameters(of output: OutputSection, on grid: TickGrid) -> OutputParameters {
        var compression = Compression.gzip(level: output.level?.value ?? 1)
        if output.format == .sqlite || output.compression?.value == OutputSection.Method.none {
            compression = .none
            if let level = output.level {
                decoder.report("a file that is not compressed has no level", about: level)
            }
        }
        if let timestamps = output.timestamps, !grid.isWhole(in: timestamps.value) {
            decoder.report(
                "\(timestamps.value.rawValue) is coarser than the readings' times: start and interval must be whole "
                    + (timestamps.value == .epochSeconds ? "seconds" : "milliseconds"),
                about: timestamps
            )
        }
        return OutputParameters(
            format: output.format,
            compression: compression,
            timestamps: output.timestamps?.value ?? .naive,
            pageSize: output.pageSize?.value ?? OutputParameters.defaultPageSize,
            indexes: output.indexes?.value ?? []
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
