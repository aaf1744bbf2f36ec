import DatasetGen

/// The files of the dataset.
struct FileSection: PageSection {
    private let files: [JSONValue]
    private let sizes: [String: Int64]

    let id = "files"
    let title = "Files"
    var lead: String? { nil }

    private static let mostRows = 40

    init(_ manifest: PageManifest, _ sizes: [String: Int64]) {
        files = manifest.json["files"]?.elements ?? []
        self.sizes = sizes
    }

    func draw(in document: inout MarkupDocument) {
        var table = PageTable(
            caption: "Files beside manifest.json and SHA256SUMS",
            columns: [
                ("file", false), ("format", false), ("compression", false), ("rows", true), ("size", true),
                ("uncompressed", true),
            ]
        )
        for file in files.prefix(Self.mostRows) {
            let path = file["path"]?.stringValue ?? "?"
            table.rows.append([
                .code(path), .text(file["format"]?.stringValue ?? "–"), .text(file["compression"]?.stringValue ?? "–"),
                .number(Readable.count(PageManifest.integer(file["rows"]))),
                .number(sizes[path].map { Readable.bytes(Double($0)) } ?? "–"),
                .number(Readable.bytes(Double(PageManifest.integer(file["uncompressed_bytes"])))),
            ])
        }
        let total = files.reduce(0.0) { $0 + Double(sizes[$1["path"]?.stringValue ?? ""] ?? 0) }
        let raw = files.reduce(0.0) { $0 + Double(PageManifest.integer($1["uncompressed_bytes"])) }
        table.rows.append([
            .text("all \(Readable.count(files.count))"), .text(""), .text(""), .text(""),
            .number(Readable.bytes(total)),
            .number(Readable.bytes(raw)),
        ])
        table.hasTotal = true
        document.element("div", ["class": "card"]) { document in
            table.draw(in: &document)
            if files.count > Self.mostRows {
                let rest = Readable.count(files.count - Self.mostRows, of: "other file")
                document.element("p", ["class": "muted small"], text: "and \(rest)")
            }
        }
    }
}
