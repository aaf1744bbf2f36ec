import DatasetFormats
import DatasetGen

/// `datapackage.json`: the dataset as a tabular data package of Frictionless Data.
struct FrictionlessDescription {
    private let dataset: PackagedDataset

    init(_ dataset: PackagedDataset) {
        self.dataset = dataset
    }

    var json: JSONValue {
        let (recipe, publication) = (dataset.recipe, dataset.recipe.publication)
        let members: [(String, JSONValue?)] = [
            ("profile", "tabular-data-package"),
            ("name", .string(recipe.name.lowercased())),
            ("title", .string(recipe.name)),
            ("description", recipe.description.isEmpty ? nil : .string(recipe.description)),
            ("homepage", publication.url.map { .string($0) }),
            ("version", publication.version.map { .string($0) }),
            ("licenses", publication.license.map { .array([Self.license($0)]) }),
            ("contributors", publication.creators.map { .array($0.map(Self.contributor)) }),
            ("resources", .array(dataset.tables.flatMap(Self.resources))),
        ]
        return .object(members.compactMap { key, value in value.map { .init(key: key, value: $0) } })
    }

    private static func license(_ license: DataLicense) -> JSONValue {
        let path: JSONValue = .string(license.url)
        return if case .known(let known) = license { ["path": path, "title": .string(known.rawValue)] } else {
            ["path": path]
        }
    }

    private static func contributor(_ creator: Creator) -> JSONValue {
        let contributor: JSONValue = ["title": .string(creator.fullName), "role": "author"]
        return creator.url.map { contributor.adding("path", .string($0)) } ?? contributor
    }

    /// One for each file: resources of several would have to be without the head in all but the first.
    ///
    /// A shard that happens to have no row is left out, as what reads Parquet for Frictionless opens no such file.
    private static func resources(_ table: PackagedTable) -> [JSONValue] {
        table.parts.flatMap { part in
            part.files.filter { $0.rows > 0 || part.files.count == 1 }.map { resource(table, $0) }
        }
    }

    private static func resource(_ table: PackagedTable, _ file: PackagedDataset.File) -> JSONValue {
        let (format, mediaType) =
            switch table.loader {
            case .parquet: ("parquet", "application/vnd.apache.parquet")
            case .csv: ("csv", "text/csv")
            case .jsonLines: ("jsonl", "application/jsonl")
            }
        let name = file.path.lowercased().split { "./".contains($0) }.joined(separator: "-")
        let resource: JSONValue = [
            "name": .string(name), "profile": "tabular-data-resource", "path": .string(file.path),
            "description": .string(table.summary), "format": .string(format), "mediatype": .string(mediaType),
        ]
        let text = table.loader == .parquet ? resource : resource.adding("encoding", "utf-8")
        return text.adding("hash", .string("sha256:" + file.sha256))
            .adding("schema", ["fields": .array(fields(of: table)), "missingValues": .array([.string("")])])
    }

    /// The columns; of JSON Lines the objects that they are in, one after another.
    private static func fields(of table: PackagedTable) -> [JSONValue] {
        guard table.loader == .jsonLines else { return table.fields.map { field($0, $0.name, in: table.loader) } }
        var names: [String] = []
        var fields: [JSONValue] = []
        for column in table.fields {
            let name = column.place.group ?? column.place.key
            if names.contains(name) { continue }
            names.append(name)
            fields.append(
                column.place.group == nil
                    ? field(column, name, in: table.loader) : ["name": .string(name), "type": "object"]
            )
        }
        return fields
    }

    private static func field(_ field: PackagedField, _ name: String, in loader: PackagedTable.Loader) -> JSONValue {
        var members: [JSONValue.Member] = [.init(key: "name", value: .string(name))]
        let type: JSONValue =
            switch field.kind {
            // What reads it has no integers that may be missing.
            case .integer: loader == .parquet && field.isOptional ? "number" : "integer"
            case .number: "number"
            case .truth: "boolean"
            case .text: "string"
            case .time: "datetime"
            }
        members.append(.init(key: "type", value: type))
        if case .time(let isUTC) = field.kind, loader != .parquet {
            members.append(.init(key: "format", value: .string("%Y-%m-%dT%H:%M:%S.%f" + (isUTC ? "Z" : ""))))
        }
        if !field.summary.isEmpty { members.append(.init(key: "description", value: .string(field.summary))) }
        if !field.isOptional { members.append(.init(key: "constraints", value: ["required": .literal("true")])) }
        return .object(members)
    }
}
