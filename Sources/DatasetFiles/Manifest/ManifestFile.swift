package import DatasetFormats
package import DatasetGen

/// A file of the dataset, as the manifest lists it.
package struct ManifestFile {
    package var path: String
    var format: String
    var compression: String?
    var rows: Int64
    var uncompressedBytes: Int64
    /// How it writes times; nil if there are none in it.
    var timestamps: TimestampStyle?
    /// The names of its columns; nil where they are those of the schema.
    var columns: [String]?
    /// What its rows are of; nil for whole readings.
    var layout: OutputLayout?
    /// The part of the splits whose readings it has; nil for a file of all.
    var split: String?

    package init(
        path: String,
        format: String,
        compression: String? = nil,
        rows: Int64,
        uncompressedBytes: Int64,
        timestamps: TimestampStyle? = nil,
        columns: [String]? = nil,
        layout: OutputLayout? = nil
    ) {
        self.path = path
        self.format = format
        self.compression = compression
        self.rows = rows
        self.uncompressedBytes = uncompressedBytes
        self.timestamps = timestamps
        self.columns = columns
        self.layout = layout
    }

    package var json: JSONValue {
        let all: JSONValue = [
            "path": .string(path),
            "format": .string(format),
            "compression": .text(compression),
            "rows": .integer(rows),
            "uncompressed_bytes": .integer(uncompressedBytes),
            "timestamps": .text(timestamps?.rawValue),
        ]
        let part = split.map { all.adding("split", .string($0)) } ?? all
        guard let columns else { return part }
        return part.adding("layout", .string((layout ?? .wide).rawValue))
            .adding("columns", .array(columns.map { .string($0) }))
    }
}

extension ManifestFile {
    /// Reads ``json``; nil if it is something else.
    package init?(_ json: JSONValue) {
        guard let path = json["path"]?.stringValue, let format = json["format"]?.stringValue,
            let rows = json["rows"]?.integerValue, let bytes = json["uncompressed_bytes"]?.integerValue
        else { return nil }
        self.init(
            path: path,
            format: format,
            compression: json["compression"]?.stringValue,
            rows: rows,
            uncompressedBytes: bytes,
            timestamps: json["timestamps"]?.stringValue.flatMap { TimestampStyle(rawValue: $0) },
            columns: json["columns"].map { $0.elements.compactMap(\.stringValue) },
            layout: json["layout"]?.stringValue.flatMap { OutputLayout(rawValue: $0) }
        )
        split = json["split"]?.stringValue
    }

    /// A file of readings.
    ///
    /// - Parameters:
    ///   - output: what it is.
    ///   - dataset: the rows of files that leave nothing out.
    ///   - counted: its rows, if it leaves readings out.
    ///   - uncompressedBytes: bytes of its content.
    package init(
        _ output: ReadingOutput,
        of dataset: RowTotals,
        counted: Int64? = nil,
        uncompressedBytes: Int64
    ) {
        self.init(
            path: output.fileName,
            format: output.parameters.format.rawValue,
            compression: output.compressionName,
            rows: counted ?? dataset.rows(output.parameters.layout),
            uncompressedBytes: uncompressedBytes,
            timestamps: output.parameters.timestamps,
            columns: output.isPlain ? nil : output.columns.map(\.name),
            layout: output.isPlain ? nil : output.parameters.layout
        )
        split = output.partName
    }

    /// A small table as CSV.
    ///
    /// - Parameters:
    ///   - name: the file's name.
    ///   - timestamps: how it writes times; nil if there are none in it.
    ///   - rows: its rows.
    ///   - bytes: its bytes.
    /// - Returns: the file.
    package static func table(_ name: String, _ timestamps: TimestampStyle?, rows: Int64, bytes: Int64) -> ManifestFile
    {
        ManifestFile(path: name, format: "csv", rows: rows, uncompressedBytes: bytes, timestamps: timestamps)
    }

    /// A small table beside an output in Parquet.
    package static func parquetTable(
        _ name: String,
        _ parameters: OutputParameters,
        hasTimes: Bool,
        rows: Int64,
        bytes: Int64
    ) -> ManifestFile {
        ManifestFile(
            path: name,
            format: parameters.format.rawValue,
            compression: parameters.compression.name,
            rows: rows,
            uncompressedBytes: bytes,
            timestamps: hasTimes ? parameters.timestamps : nil
        )
    }

    /// The copy of a recording.
    package init(_ recording: Recording) {
        let name = recording.source.nameInDataset
        self.init(
            path: name,
            format: recording.source.kind.format,
            compression: CompressedFormat(path: name)?.rawValue,
            rows: recording.rowsInFile,
            uncompressedBytes: recording.source.textBytes
        )
    }

    /// `recipe.yaml`.
    static func recipe(bytes: Int64) -> ManifestFile {
        ManifestFile(path: DatasetNames.recipe, format: "yaml", rows: 1, uncompressedBytes: bytes)
    }
}
