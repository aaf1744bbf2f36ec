/// A recipe's document with what the environment, the options and the files it names add.
struct RecipeTree {
    private(set) var root: DocumentNode
    private(set) var findings: RecipeFindings
    /// What the user should know, one line each.
    private(set) var notes: [String] = []
    /// The keys of the recipe in whose place variables have set something else, by variable.
    private(set) var displaced: [String: String] = [:]
    /// The folder that paths in the recipe are relative to.
    private let folder: String
    private let readFile: (String) throws -> [UInt8]
    private let locate: ((String) throws -> String)?

    init(
        _ document: YAMLDocument,
        folder: String,
        readFile: @escaping (String) throws -> [UInt8],
        locate: ((String) throws -> String)? = nil
    ) {
        root = document.root
        findings = document.findings
        self.folder = folder
        self.readFile = readFile
        self.locate = locate
    }

    /// Applies the variables, then the options, then puts the files' contents where their paths stand.
    mutating func complete(environment: [String: String], overrides: [RecipeOverride]) {
        let isResolved = root["dataset"]?["resolved"]?.truthValue == true
        var settings = settings(from: environment, isResolved: isResolved)
        var selections: [RecipeOverride] = []
        for override in overrides {
            if override.turn == .last {
                selections.append(override)
            } else if let setting = setting(from: override) {
                settings.append(setting)
            }
        }
        // What is no section is reported when it is read.
        guard root.entries != nil else { return }
        // An identity's path goes first, so that keys inside the identity can be set.
        for setting in settings where setting.path == ["identity"] { apply(setting) }
        if let last = settings.last(where: { $0.path == ["identity"] }), let variable = last.variable {
            let instead = displaced[variable] == nil ? "" : "; the recipe's does not count"
            notes.append("\(variable): the identity is that of \(last.value.text ?? "")\(instead)")
        }
        expandIdentity()
        for setting in settings where setting.path != ["identity"] { apply(setting) }
        for selection in selections {
            if let setting = setting(from: selection) { apply(setting) }
        }
        if overrides.contains(.unpackaged), root["package"] != nil {
            root["package"] = nil
            notes.append("standard output does not use package")
        }
        expandCities()
    }

    private struct Setting {
        var path: [String]
        var value: DocumentNode
        /// The variable that it comes from.
        var variable: String?
    }

    /// A variable that is empty counts as not set, as in compose files; space at its ends does not count, nor what a file
    /// with the line ends of Windows leaves there.
    private mutating func settings(from environment: [String: String], isResolved: Bool) -> [Setting] {
        var settings: [Setting] = []
        for variable in EnvironmentVariable.all {
            guard let text = environment[variable.name]?.trimmed, !text.isEmpty else { continue }
            if EnvironmentVariable.isServiceLink(variable.name, text) {
                notes.append(EnvironmentVariable.noteOfServiceLink(variable.name, text))
                continue
            }
            settings.append(Setting(path: variable.path.keys, value: variable.node(for: text), variable: variable.name))
        }
        let names = settings.compactMap(\.variable)
        guard isResolved, !names.isEmpty else { return settings }
        let verb = names.count == 1 ? "does" : "do"
        notes.append(
            "\(names.joined(separator: ", ")) \(verb) not count: the recipe is a dataset's own (dataset.resolved)"
        )
        return []
    }

    private mutating func setting(from override: RecipeOverride) -> Setting? {
        guard let (option, path, text) = override.assignment else {
            if case .set(let text) = override {
                report("expected key.path=value, found \"\(text.excerpt)\"", at: .option("--set"), path: "")
            }
            return nil
        }
        let origin = RecipeOrigin.option(option)
        switch override {
        case .formats:
            return Setting(path: path.keys, value: outputs(selecting: text, origin: origin))
        case .columns:
            return Setting(path: path.keys, value: outputs(choosing: text, origin: origin))
        case .unpackaged:
            return nil
        case .seed, .start, .end, .duration, .order, .sensors, .monitor:
            return Setting(
                path: path.keys,
                value: DocumentNode(content: .scalar(text: text, isPlain: true), origin: origin)
            )
        case .identity, .recording:
            return Setting(
                path: path.keys,
                value: DocumentNode(content: .scalar(text: text, isPlain: false), origin: origin)
            )
        case .set:
            // What would be a text if YAML did not keep its first character for itself.
            if let first = text.first, "%@`".contains(first), !text.contains(where: \.isNewline) {
                let value = DocumentNode(content: .scalar(text: text, isPlain: false), origin: origin)
                return Setting(path: path.keys, value: value)
            }
            do {
                let document = try YAMLDocument(text: text, origin: origin)
                findings.add(document.findings)
                return Setting(path: path.keys, value: document.root)
            } catch {
                findings.add(error.diagnostics)
                return nil
            }
        }
    }

    private mutating func apply(_ setting: Setting) {
        if let variable = setting.variable, let before = root[path: setting.path[...]], !before.isNull {
            displaced[variable] = setting.path.joined(separator: ".")
        }
        root.completeDefaults(for: setting.path, at: setting.value.origin)
        do {
            try root.set(setting.path[...], to: setting.value)
        } catch {
            report(error.message, at: setting.value.origin, path: setting.path.joined(separator: "."))
        }
    }

    /// The outputs with these names, with the options that the recipe has for them.
    private func outputs(selecting names: String, origin: RecipeOrigin) -> DocumentNode {
        let cleanKey = ValueType<OutputsSection>.cleanKey
        var (options, clean): ([DocumentNode.Entry], [DocumentNode]) = ([], [])
        switch root["outputs"]?.content {
        case .map(let entries): options = entries
        case .list(let items):
            options = items.flatMap { $0.entries ?? [] }
            clean = items.filter { $0.text == cleanKey }
        case .scalar, nil: break
        }
        // Whether the twin is written does not depend on the formats.
        clean += options.filter { $0.key == cleanKey }
            .map { DocumentNode(content: .map([$0]), origin: $0.value.origin) }
        let items = Self.names(in: names)
            .map { name in
                if let entry = options.first(where: { $0.key == name }), entry.value.truthValue == nil {
                    return DocumentNode(content: .map([entry]), origin: origin)
                }
                return DocumentNode(content: .scalar(text: name, isPlain: true), origin: origin)
            }
        return DocumentNode(content: .list(items + clean), origin: origin)
    }

    /// The outputs with these columns, and without the healthy twin where none is of it.
    private func outputs(choosing columns: String, origin: RecipeOrigin) -> DocumentNode {
        let cleanKey = ValueType<OutputsSection>.cleanKey
        var completed = root
        completed.completeDefaults(for: ["outputs", cleanKey], at: origin)
        var outputs = completed["outputs"] ?? DocumentNode(content: .map([]), origin: origin)
        func text(_ text: String) -> DocumentNode {
            DocumentNode(content: .scalar(text: text, isPlain: true), origin: origin)
        }
        let names = Self.names(in: columns)
        for entry in outputs.entries ?? [] {
            if entry.key == cleanKey {
                if !names.contains(where: { $0.hasPrefix("clean_") }) { outputs[cleanKey] = text("false") }
            } else if entry.value.truthValue != false {
                let isSection = entry.value.truthValue == nil && entry.value.entries != nil
                var options = isSection ? entry.value : DocumentNode(content: .map([]), origin: origin)
                options["columns"] = DocumentNode(content: .list(names.map(text)), origin: origin)
                outputs[entry.key] = options
            }
        }
        return outputs
    }

    /// Names with commas between, and with space around them or without.
    private static func names(in list: String) -> [String] {
        list.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
    }
}

extension RecipeTree {
    /// Puts the identity file's content in the place of its path.
    private mutating func expandIdentity() {
        guard let identity = root["identity"], let path = identity.text else { return }
        root["identity"] = content(of: path, statedAs: identity, key: "identity", holding: "identity", \.isIdentity)
    }

    /// Puts the list of each `cities_file` into `cities`.
    private mutating func expandCities() {
        let groups = if case .list(let items) = root["fleet"]?.content { items.count } else { 0 }
        let sections = [["random_location"]] + (0..<groups).map { ["fleet", "\($0)", "random_location"] }
        for section in sections {
            guard var location = root[path: section[...]], let file = location["cities_file"], let path = file.text,
                location["cities"] == nil, location["enabled"]?.truthValue != false
            else { continue }
            location["cities_file"] = nil
            let key = (section + ["cities_file"]).joined(separator: ".")
            if let list = content(of: path, statedAs: file, key: key, holding: "list of cities", \.isCityList) {
                location["cities"] = list["cities"] ?? list
            }
            do {
                try root.set(section[...], to: location)
            } catch {
                report(error.message, at: file.origin, path: key)
            }
        }
    }

    /// The document in a file that a key names; nil, and reported, if it cannot be read or is of another kind.
    private mutating func content(
        of path: String,
        statedAs node: DocumentNode,
        key: String,
        holding kind: String,
        _ isOfKind: (DocumentNode) -> Bool
    ) -> DocumentNode? {
        if let problem = ValueType.pathProblem(of: path) {
            report(problem, at: node.origin, path: key)
            return nil
        }
        var fullPath = path
        do {
            var location = path
            if case .file = node.origin {
                let file = NamedFile(path: path, folder: folder)
                fullPath = file.fullPath
                guard file.isBelowFolder, let found = try locate.map({ try file.location($0) }) ?? fullPath else {
                    let message =
                        "\(path) is not in the recipe's folder; to name it all the same, use --set \(key)=FILE"
                    report(message, at: node.origin, path: key)
                    return nil
                }
                location = found
            }
            let document = try YAMLDocument(bytes: try readFile(location), name: fullPath)
            guard isOfKind(document.root) else {
                // Nothing of what is in it: it may be a file that nobody should see.
                report("\(fullPath) holds no \(kind)", at: node.origin, path: key)
                return nil
            }
            findings.add(document.findings)
            return document.root.withoutNulls
        } catch let error as RecipeErrors {
            findings.add(error.diagnostics)
        } catch {
            var message = "cannot read \(fullPath): \(error)"
            if case .file = node.origin {
                message +=
                    "; a path in a recipe is relative to the recipe's folder, one in --set \(key)=FILE to this one"
            }
            findings.add([
                RecipeDiagnostic(kind: .unreadableFile, origin: node.origin, keyPath: key, message: message)
            ])
        }
        return nil
    }

    private mutating func report(_ message: String, at origin: RecipeOrigin, path: String) {
        findings.add(message, at: origin, path: path)
    }
}

extension String {
    /// The keys of a path: `fleet.0.count` gives `fleet`, `0` and `count`.
    fileprivate var keys: [String] { split(separator: ".").map(String.init) }
}
