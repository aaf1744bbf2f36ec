import DatasetGen

/// `croissant.json`: the dataset in MLCommons' Croissant 1.1.
///
/// Each file is a `FileObject` with its digest, the shards of one a `FileSet` besides; each table that is loaded, from its first
/// format, a `RecordSet`.
struct CroissantDescription {
    private let dataset: PackagedDataset

    init(_ dataset: PackagedDataset) {
        self.dataset = dataset
    }

    var json: JSONValue {
        let (recipe, publication) = (dataset.recipe, dataset.recipe.publication)
        var members: [(String, JSONValue?)] = [
            ("@context", Self.context),
            ("@type", "sc:Dataset"),
            ("conformsTo", "http://mlcommons.org/croissant/1.1"),
            ("name", .string(recipe.name)),
            ("description", .string(recipe.description)),
            ("license", publication.license.map { .string($0.url) }),
            ("url", publication.url.map { .string($0) }),
            (
                "creator",
                publication.creators.map { creators in
                    creators.count == 1 ? Self.creator(creators[0]) : .array(creators.map(Self.creator))
                }
            ),
            ("datePublished", publication.datePublished.map { .string($0) }),
            ("version", publication.version.map { .string($0) }),
            ("citeAs", publication.citation.map { .string($0) }),
            ("isLiveDataset", .literal("false")),
        ]
        let sets = tables.flatMap(\.parts).filter { $0.files.count > 1 }
        members.append(("distribution", .array(dataset.files.map(Self.fileObject) + sets.map(Self.fileSet))))
        members.append(("recordSet", .array(splits + tables.flatMap(recordSets))))
        return .object(members.compactMap { key, value in value.map { .init(key: key, value: $0) } })
    }

    /// Each table once, from the first of its formats.
    private var tables: [PackagedTable] {
        dataset.tables.enumerated()
            .filter { item in !dataset.tables[..<item.offset].contains { $0.name == item.element.name } }
            .map(\.element)
    }

    private static func creator(_ creator: Creator) -> JSONValue {
        let members: [JSONValue.Member] = [
            .init(key: "@type", value: creator.isPerson ? "sc:Person" : "sc:Organization"),
            .init(key: "name", value: .string(creator.fullName)),
        ]
        return .object(members + (creator.url.map { [.init(key: "url", value: .string($0))] } ?? []))
    }

    private static func fileObject(_ file: PackagedDataset.File) -> JSONValue {
        [
            "@type": "cr:FileObject", "@id": .string(file.path), "name": .string(file.path),
            "contentUrl": .string(file.path), "encodingFormat": encoding(ofFile: file.path),
            "sha256": .string(file.sha256),
        ]
    }

    private static func fileSet(_ part: PackagedTable.Part) -> JSONValue {
        [
            "@type": "cr:FileSet", "@id": .string(part.path), "name": .string(part.path),
            "includes": .string(part.path),
            "encodingFormat": encoding(ofFile: part.files[0].path),
        ]
    }

    /// The media types of a file, those of its compression first.
    private static func encoding(ofFile path: String) -> JSONValue {
        let parts = ShardNames.name(ofPath: path).split(separator: ".").dropFirst()
        let compression: String? =
            parts.last == "gz" ? "application/gzip" : parts.last == "zst" ? "application/zstd" : nil
        let content =
            switch parts.first {
            case "parquet": "application/x-parquet"
            case "csv": "text/csv"
            case "jsonl": "application/jsonlines"
            case "sqlite": "application/vnd.sqlite3"
            case "arrow": "application/vnd.apache.arrow.file"
            case "yaml": "application/yaml"
            case "sql": "application/sql"
            case "sh", "lp", "om": "text/plain"
            default: "application/octet-stream"
            }
        return compression.map { .array([.string($0), .string(content)]) } ?? .string(content)
    }

    /// The parts of the splits, as a record set of their names.
    private var splits: [JSONValue] {
        guard let parts = dataset.recipe.splits?.parts else { return [] }
        return [
            [
                "@type": "cr:RecordSet", "@id": "splits", "name": "splits", "dataType": "cr:Split",
                "description": "The parts into which readings are split; those of no part have none of these names.",
                "key": ["@id": "splits/name"],
                "field": .array([
                    ["@type": "cr:Field", "@id": "splits/name", "name": "name", "dataType": "sc:Text"]
                ]),
                "data": .array(parts.map { ["splits/name": .string($0)] }),
            ]
        ]
    }

    /// That of a table; where it has a file for each part of the splits, one for each of them.
    private func recordSets(_ table: PackagedTable) -> [JSONValue] {
        table.parts.map { part in
            let name = part.split.map { "\(table.name)-\($0)" } ?? table.name
            return [
                "@type": "cr:RecordSet", "@id": .string(name), "name": .string(name),
                "description": .string(table.summary),
                "field": .array(table.fields.map { field($0, of: name, in: part, table.loader) }),
            ]
        }
    }

    private func field(
        _ field: PackagedField,
        of recordSet: String,
        in part: PackagedTable.Part,
        _ loader: PackagedTable.Loader
    ) -> JSONValue {
        var source: [JSONValue.Member] = [
            .init(key: part.files.count > 1 ? "fileSet" : "fileObject", value: ["@id": .string(part.path)])
        ]
        if loader == .jsonLines {
            source.append(.init(key: "extract", value: ["column": .string(field.place.group ?? field.place.key)]))
            if field.place.group != nil {
                source.append(.init(key: "transform", value: ["jsonPath": .string("$.\(field.place.key)")]))
            }
        } else {
            source.append(.init(key: "extract", value: ["column": .string(field.name)]))
        }
        let type: JSONValue =
            switch field.kind {
            case .integer: "sc:Integer"
            case .number: "sc:Float"
            case .truth: "sc:Boolean"
            case .text: "sc:Text"
            case .time: "sc:DateTime"
            }
        var members: [JSONValue.Member] = [
            .init(key: "@type", value: "cr:Field"),
            .init(key: "@id", value: .string("\(recordSet)/\(field.name)")),
            .init(key: "name", value: .string(field.name)),
        ]
        if !field.summary.isEmpty { members.append(.init(key: "description", value: .string(field.summary))) }
        members += [.init(key: "dataType", value: type), .init(key: "source", value: .object(source))]
        return .object(members)
    }

    /// The context that the specification gives.
    private static let context: JSONValue = [
        "@language": "en", "@vocab": "https://schema.org/", "arrayShape": "cr:arrayShape", "citeAs": "cr:citeAs",
        "column": "cr:column", "conformsTo": "dct:conformsTo", "containedIn": "cr:containedIn",
        "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
        "data": ["@id": "cr:data", "@type": "@json"], "dataType": ["@id": "cr:dataType", "@type": "@vocab"],
        "dct": "http://purl.org/dc/terms/", "description": ["@container": "@language"],
        "equivalentProperty": "cr:equivalentProperty", "examples": ["@id": "cr:examples", "@type": "@json"],
        "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject",
        "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isArray": "cr:isArray",
        "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5",
        "name": ["@container": "@language"], "parentField": "cr:parentField", "path": "cr:path",
        "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated",
        "replace": "cr:replace", "samplingRate": "cr:samplingRate", "sc": "https://schema.org/",
        "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform",
    ]
}
