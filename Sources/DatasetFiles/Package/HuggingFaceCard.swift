import DatasetFormats
import DatasetGen

/// `README.md` as a card of Hugging Face's hub, whose head tells the loader of `datasets` what to load.
///
/// All configurations of a card have one loader, which `datasets` makes of the first one: that of the first readings.
struct HuggingFaceCard {
    private let dataset: PackagedDataset
    /// The configurations.
    private let tables: [PackagedTable]
    /// Small tables that are CSV alone where readings are not, so that their loader has to be named.
    private let others: [PackagedTable]

    init(_ dataset: PackagedDataset) {
        self.dataset = dataset
        let loader = dataset.tables.first { $0.name == "readings" }?.loader
        // A name is that of one configuration.
        var names: Set<String> = []
        tables = dataset.tables.filter { $0.loader == loader && names.insert($0.name).inserted }
        others = dataset.tables.filter { $0.loader == .csv && names.insert($0.name).inserted }
    }

    var text: String { "---\n\(head)---\n\n\(body)" }

    private var head: String {
        let publication = dataset.recipe.publication
        var members: [(String, JSONValue)] = [("pretty_name", .string(dataset.recipe.name))]
        switch publication.license {
        case nil: break
        case .known(let license)?: members.append(("license", .string(license.hubName)))
        case .text(let url)?:
            members += [
                ("license", .string("other")), ("license_name", .string("other")), ("license_link", .string(url)),
            ]
        }
        members += [
            ("task_categories", .array([.string("time-series-forecasting"), .string("tabular-classification")])),
            ("tags", .array(["sensors", "time-series", "anomaly-detection", "synthetic"].map { .string($0) })),
            ("size_categories", .array([.string(Self.size(tables.first?.rows ?? 0))])),
            ("configs", .array(tables.enumerated().map { configuration($0.element, isFirst: $0.offset == 0) })),
        ]
        return members.map { YAMLText($0.0, $0.1).text }.joined()
    }

    private func configuration(_ table: PackagedTable, isFirst: Bool) -> JSONValue {
        let whole = dataset.recipe.splits == nil ? "train" : "full"
        var members: [JSONValue.Member] = [.init(key: "config_name", value: .string(table.name))]
        if isFirst { members.append(.init(key: "default", value: .literal("true"))) }
        let files = table.parts.map {
            JSONValue.object([
                .init(key: "split", value: .string($0.split ?? whole)), .init(key: "path", value: .string($0.path)),
            ])
        }
        members.append(.init(key: "data_files", value: .array(files)))
        if table.loader == .csv {
            // A mode is called `null`, and a country NA.
            members.append(.init(key: "keep_default_na", value: .literal("false")))
            members.append(.init(key: "na_values", value: .array([.string("")])))
        }
        // Parquet has types of its own; in a text, what the first rows look like does not hold for all.
        if table.loader != .parquet {
            members.append(.init(key: "features", value: .array(Self.features(of: table))))
        }
        return .object(members)
    }

    /// The types of a text's columns; those of JSON within their objects.
    private static func features(of table: PackagedTable) -> [JSONValue] {
        var features: [(name: String, columns: [JSONValue]?, type: JSONValue)] = []
        for field in table.fields {
            let type = JSONValue.string(field.type(in: table.loader))
            guard table.loader == .jsonLines, let group = field.place.group else {
                features.append((table.loader == .jsonLines ? field.place.key : field.name, nil, type))
                continue
            }
            let member = JSONValue.object([
                .init(key: "name", value: .string(field.place.key)), .init(key: "dtype", value: type),
            ])
            if let index = features.firstIndex(where: { $0.name == group }) {
                features[index].columns?.append(member)
            } else {
                features.append((group, [member], type))
            }
        }
        return features.map { feature in
            let value: JSONValue.Member =
                feature.columns.map { .init(key: "struct", value: .array($0)) }
                ?? .init(key: "dtype", value: feature.type)
            return .object([.init(key: "name", value: .string(feature.name)), value])
        }
    }

    /// The class of size, as the hub names it.
    private static func size(_ rows: Int64) -> String {
        let steps = ["1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T"]
        var limit: Int64 = 1_000
        for (index, step) in steps.enumerated() {
            if rows < limit { return index == 0 ? "n<1K" : "\(steps[index - 1])<n<\(step)" }
            limit *= 10
        }
        return "n>1T"
    }

    private var body: String {
        let recipe = dataset.recipe
        var paragraphs = ["# \(recipe.name)"]
        if !recipe.description.isEmpty { paragraphs.append(recipe.description.trimmed) }
        paragraphs.append(
            dataset.summary
                + " Made from `recipe.yaml` by gen-dataset \(Generator.version), which makes the same bytes of it again; the digest of "
                + "the content is `\(dataset.contentSHA256)`."
        )
        paragraphs.append("```python\nfrom datasets import load_dataset\n\n\(loading)\n```")
        for table in tables + others {
            paragraphs.append("## \(table.name)\n\n\(table.summary)\n\n" + Self.columns(of: table))
        }
        if let url = recipe.publication.url { paragraphs.append("The dataset is found at <\(url)>.") }
        if let license = recipe.publication.license {
            paragraphs.append("## License\n\n<\(license.url)>")
        }
        if let citation = recipe.publication.citation {
            paragraphs.append("## Citation\n\n```\n\(citation.trimmed)\n```")
        }
        return paragraphs.joined(separator: "\n\n") + "\n"
    }

    private var loading: String {
        let configurations = tables.map { "\($0.name) = load_dataset(\"PATH\", \"\($0.name)\")" }
        let files = others.flatMap { table in
            table.parts.map { part in
                "\(table.name) = load_dataset(\"csv\", data_files=\"PATH/\(part.path)\", keep_default_na=False, na_values=[\"\"])"
            }
        }
        return (configurations + files).joined(separator: "\n")
    }

    private static func columns(of table: PackagedTable) -> String {
        let isDescribed = table.fields.contains { !$0.summary.isEmpty }
        let head = isDescribed ? "| column | type | |\n| --- | --- | --- |\n" : "| column | type |\n| --- | --- |\n"
        let lines = table.fields.map { field in
            let place =
                table.loader == .jsonLines ? [field.place.group, field.place.key].compactMap(\.self) : [field.name]
            let name = place.joined(separator: ".")
            let type = field.type(in: table.loader)
            return isDescribed ? "| `\(name)` | \(type) | \(field.summary.inTable) |" : "| `\(name)` | \(type) |"
        }
        return head + lines.joined(separator: "\n")
    }
}

extension PackagedField {
    /// The type of `datasets` that it has when it is loaded.
    fileprivate func type(in loader: PackagedTable.Loader) -> String {
        switch kind {
        // The reader of CSV has no integers that may be missing.
        case .integer: isOptional && loader == .csv ? "float64" : "int64"
        case .number: "float64"
        case .text: "string"
        case .truth: "bool"
        case .time(let isUTC): loader == .parquet ? (isUTC ? "timestamp[us, tz=UTC]" : "timestamp[us]") : "string"
        }
    }
}

extension String {
    /// The text without line breaks and spaces at its ends.
    fileprivate var trimmed: String {
        let isSpace = { (character: Character) in character.isWhitespace || character.isNewline }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(self[first...last])
    }

    /// The text as a cell of a table in Markdown.
    fileprivate var inTable: String {
        split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
