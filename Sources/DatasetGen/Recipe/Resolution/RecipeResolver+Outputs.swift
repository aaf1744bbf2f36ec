extension RecipeResolver {
    /// The files to write, in the order of the formats.
    mutating func outputs(of schema: MetricSchema, on grid: TickGrid) -> [OutputParameters] {
        guard let stated = section.outputs?.value.formats, !stated.isEmpty else {
            return OutputFormat.usual.map { format in
                OutputParameters(
                    format: format,
                    compression: format.isText ? .gzip(level: Compression.defaultLevel) : .none,
                    timestamps: .naive,
                    pageSize: OutputParameters.defaultPageSize,
                    isOfArrivals: delivery != nil,
                    isSplit: isSplit(format),
                    tellsSplits: section.splits != nil && !isSplit(format)
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
        if let timestamps = output.timestamps { check(timestamps, timestamps.value, of: output, on: grid) }
        var parameters = OutputParameters(
            format: output.format,
            compression: compression(of: output),
            timestamps: style(of: output, on: grid),
            pageSize: output.pageSize?.value ?? OutputParameters.defaultPageSize,
            columns: output.columns.map { columns($0, of: output, schema) },
            layout: output.layout?.value ?? .wide,
            points: points(of: output, schema),
            isOfArrivals: delivery != nil,
            isSplit: isSplit(output.format),
            tellsSplits: section.splits != nil && !isSplit(output.format)
        )
        if let rowGroup = output.rowGroup { parameters.parquet.rowGroup = rowGroup.value }
        if let compatibility = output.compatibility { parameters.parquet.compatibility = compatibility.value }
        parameters.timePerFile = output.timePerFile.flatMap { timePerFile($0, on: grid) }
        let held = parameters.columns(of: schema, includingTwin: includesCleanTwin)
        parameters.indexes = output.indexes.map { indexes($0, among: held, isAll: output.columns == nil) } ?? []
        return parameters
    }

    /// Whether a format has a file for each part.
    private func isSplit(_ format: OutputFormat) -> Bool {
        format.hasPartFiles && section.splits?.value.hasFiles?.value ?? false
    }

    /// Reports times that are told in units that are too large for them.
    private mutating func check<Name: RawRepresentable<String>>(
        _ stated: Stated<Name>,
        _ style: TimestampStyle,
        of output: OutputSection,
        on grid: TickGrid
    ) {
        if !grid.isWhole(in: style) {
            decoder.report(
                "\(stated.value.rawValue) is coarser than the readings' times: start and interval must be whole "
                    + (style == .epochSeconds ? "seconds" : "milliseconds") + intervalRemark,
                about: stated
            )
        } else if let unit = deliveredUnit(of: output), unit < style.microsecondsPerUnit {
            let (what, units) =
                unit == DeliveryParameters.arrivalUnit
                ? ("arrival_time, which has", "milliseconds") : ("what drifting clocks show, which has", "microseconds")
            decoder.report("\(stated.value.rawValue) is coarser than \(what) whole \(units)", about: stated)
        }
    }

    /// Microseconds of the unit in which the times of an output are whole by what happens on the way; nil for the grid's.
    private func deliveredUnit(of output: OutputSection) -> Int64? {
        guard delivery != nil else { return nil }
        if clocksDrift { return 1 }
        let tellsArrivals = output.columns?.value.contains(Column.arrivalTime.name) ?? !output.format.isPoints
        return tellsArrivals ? DeliveryParameters.arrivalUnit : nil
    }

    /// How an output writes times.
    private mutating func style(of output: OutputSection, on grid: TickGrid) -> TimestampStyle {
        switch output.format {
        case .influx: return precision(of: output, on: grid)
        case .clickhouse:
            if let time = output.time, time.value == .datetime {
                check(time, time.value.style, of: output, on: grid)
                let seconds = 0...Int64(UInt32.max)
                let last = grid.time(ofTick: max(0, grid.tickCount - 1)).microseconds / 1_000_000
                if !seconds.contains(grid.start.microseconds / 1_000_000) || !seconds.contains(last) {
                    decoder.report("datetime holds times from 1970 to 2106 only; datetime64 holds all", about: time)
                }
            }
            return (output.time?.value ?? .datetime64).style
        case .pgcopy: return .epochMicroseconds
        case .openmetrics:
            checkSeries(output, on: grid)
            return .epochSeconds
        default: return output.timestamps?.value ?? .naive
        }
    }

    /// The unit of the times of points: the coarsest that is exact unless stated.
    private mutating func precision(of output: OutputSection, on grid: TickGrid) -> TimestampStyle {
        guard let stated = output.precision else {
            return PointPrecision.coarsest(on: grid, atMost: deliveredUnit(of: output) ?? .max)
        }
        check(stated, stated.value.style, of: output, on: grid)
        return stated.value.style
    }

    /// Reports what a file of series for Prometheus cannot be made of.
    private mutating func checkSeries(_ output: OutputSection, on grid: TickGrid) {
        let place = (section.outputs?.origin, "outputs.\(output.format.rawValue)")
        if !grid.isWhole(in: .epochSeconds) {
            let remark = intervalRemark
            decoder.report(
                "start and interval must be whole seconds: promtool cuts off what is finer" + remark,
                at: place.0,
                path: place.1
            )
        }
        // That of a group counts, too.
        if delivery != nil {
            decoder.report(
                "a database of blocks has no place for what is late or twice, so that delivery cannot be beside it",
                at: place.0,
                path: place.1
            )
        }
        if let order = section.dataset?.value.order, order.value != .time {
            decoder.report(
                "dataset.order must be time: the file is cut by time for promtool",
                at: place.0,
                path: place.1
            )
        }
        if let measurement = output.measurement, !Self.beginsSeries(measurement.value) {
            decoder.report(
                "\(measurement.value.quoted) cannot begin the names of series, which are of letters, digits, _ and :, and "
                    + "begin with no digit",
                about: measurement
            )
        }
    }

    /// Reports times of files that blocks of Prometheus' database would be cut by, or that make too many files.
    private mutating func timePerFile(_ stated: Stated<Int64>, on grid: TickGrid) -> Int64? {
        let block = OutputParameters.blockTime
        guard stated.value > 0, stated.value % block == 0 else {
            let next = DurationText.text(ofMicroseconds: (stated.value / block + 1) * block)
            decoder.report(
                "a block of Prometheus' database has two hours, and would be in two files; it must be whole multiples of 2h, such "
                    + "as \(next)",
                about: stated
            )
            return nil
        }
        let count = grid.fileCount(of: stated.value)
        if count > OutputParameters.fileLimit {
            let blocks = (grid.end.microseconds - grid.start.microseconds) / block
            let enough = (blocks / Int64(OutputParameters.fileLimit - 1) + 1) * block
            decoder.report(
                "there would be \(count.grouped) files, more than \(OutputParameters.fileLimit); "
                    + "\(DurationText.text(ofMicroseconds: enough)) makes few enough",
                about: stated
            )
        }
        return stated.value
    }

    /// Whether names of series can begin with a text.
    private static func beginsSeries(_ text: String) -> Bool {
        let isFirst = { (letter: Unicode.Scalar) in
            ("a"..."z").contains(letter) || ("A"..."Z").contains(letter) || letter == "_" || letter == ":"
        }
        guard let first = text.unicodeScalars.first, isFirst(first) else { return false }
        return text.unicodeScalars.allSatisfy { isFirst($0) || ("0"..."9").contains($0) }
    }

    /// What readings are as points.
    private mutating func points(of output: OutputSection, _ schema: MetricSchema) -> PointParameters {
        var points = PointParameters()
        guard output.format.isPoints else { return points }
        if let measurement = output.measurement { points.measurement = measurement.value }
        if let stated = output.tags {
            if !stated.value.contains(Column.sensorID.name) {
                decoder.report(
                    "sensor_id is missing; without it points of several sensors would replace one another",
                    about: stated
                )
            }
            points.tags = PointText.tagColumns.filter { stated.value.contains($0.name) }
                .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        }
        if let labels = output.labels { points.labels = labels.value }
        points.database = output.database?.value
        if schema["time"] != nil, output.format.isLineProtocol {
            decoder.report(
                "a metric is called time, which databases of points keep for the time; call it otherwise",
                at: section.outputs?.origin,
                path: "outputs.\(output.format.rawValue)"
            )
        }
        return points
    }

    private var includesCleanTwin: Bool { section.outputs?.value.includesCleanTwin?.value ?? false }

    /// The columns that an output names; a table of SQLite has its key besides.
    private mutating func columns(
        _ stated: Stated<[String]>,
        of output: OutputSection,
        _ schema: MetricSchema
    ) -> [Column] {
        let layout = output.layout?.value ?? .wide
        let known = schema.namableColumns(
            layout,
            includingTwin: includesCleanTwin,
            arriving: delivery != nil,
            split: section.splits != nil
        )
        var columns: [Column] = []
        for (index, name) in stated.value.enumerated() {
            if let column = known.first(where: { $0.name == name }) {
                columns.append(column)
            } else {
                report(unknownColumn(name, layout, schema, among: known), item: index, of: stated)
            }
        }
        return output.format.hasRowKey && !columns.contains(.id) ? [.id] + columns : columns
    }

    private func unknownColumn(
        _ name: String,
        _ layout: OutputLayout,
        _ schema: MetricSchema,
        among known: [Column]
    ) -> String {
        if name == Column.arrivalTime.name { return "\(name) is there only with the section delivery" }
        if name == Column.split.name { return "\(name) is there only with the section splits" }
        if schema.namableColumns(layout, includingTwin: true, arriving: true).contains(where: { $0.name == name }) {
            return "\(name) is there only with outputs.clean: true"
        }
        let other: OutputLayout = layout == .wide ? .narrow : .wide
        if schema.namableColumns(other, includingTwin: true, arriving: true).contains(where: { $0.name == name }) {
            return layout == .wide
                ? "\(name) is there only with layout: narrow"
                : "\(name) is no column of the narrow layout, which has the metrics in metric and value"
        }
        return name.mismatch(expected: "a column of readings", among: known.map(\.name))
    }

    private mutating func indexes(_ stated: Stated<[String]>, among held: [Column], isAll: Bool) -> [Column] {
        // The healthy twin has none, unless it is one of few columns that were chosen.
        let columns = held.filter { $0 != .id && (!isAll || !$0.isTwin) }
        return stated.value.enumerated()
            .compactMap { index, name in
                if let column = columns.first(where: { $0.name == name }) { return column }
                let expected =
                    isAll
                    ? "a column of sensor_data other than id"
                    : "a column that this output has, other than id"
                report(name.mismatch(expected: expected, among: columns.map(\.name)), item: index, of: stated)
                return nil
            }
    }

    /// A twin that is asked for must be somewhere.
    mutating func refuseTwinWithoutColumns(_ recipe: Recipe) {
        guard recipe.includesCleanTwin, let stated = section.outputs?.value.includesCleanTwin,
            decoder.isSound("outputs"),
            !recipe.outputs.contains(where: { recipe.columns(of: $0).contains(where: \.isTwin) })
        else { return }
        decoder.report(
            "the outputs' columns leave out the healthy twin; name a clean_ column, or turn it off",
            about: stated
        )
    }

    private mutating func compression(of output: OutputSection) -> Compression {
        guard output.format.isText || output.format.isColumnar else { return .none }
        let level = output.level?.value ?? Compression.defaultLevel
        switch output.compression?.value ?? (output.format.isColumnar ? .zstd : .gzip) {
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
        case .snappy:
            if let level = output.level { decoder.report("snappy has no levels", about: level) }
            return .snappy
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
    package func isWhole(in style: TimestampStyle) -> Bool {
        let unit = style.microsecondsPerUnit
        guard unit > 1 else { return true }
        if let given { return given.isWhole(in: unit) }
        return start.microseconds % unit == 0 && interval.microseconds.denominator == 1
            && interval.microseconds.numerator % unit == 0
    }
}
