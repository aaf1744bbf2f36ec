/// The path of a file that a recipe names itself: it may be from a stranger, so the file lies below the recipe's folder.
///
/// Whoever starts a run may name a file anywhere, by an option or in the environment.
struct NamedFile {
    /// What the recipe says.
    let path: String
    /// The folder that it is relative to; empty for the current one.
    let folder: String

    /// The path from the current folder.
    var fullPath: String { folder.isEmpty ? path : folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)" }

    /// Whether the words of the path stay in the folder, whatever links there are.
    var isBelowFolder: Bool {
        guard !path.hasPrefix("/") else { return false }
        var depth = 0
        for part in path.split(separator: "/") where part != "." {
            depth += part == ".." ? -1 : 1
            if depth < 0 { return false }
        }
        return depth > 0
    }

    /// Where the file really is; nil if it is not in the folder.
    func location(_ locate: (String) throws -> String) throws -> String? {
        let (file, folder) = (try locate(fullPath), try locate(folder.isEmpty ? "." : folder))
        return file.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/") ? file : nil
    }
}

extension DocumentNode {
    /// Whether this is an identity, right or wrong: at least one of its keys is one of an identity.
    var isIdentity: Bool {
        let names = Set(SensorSection.fields.map(\.outline.name))
        return isNull || entries?.contains { names.contains($0.key) } == true
    }

    /// Whether this is a list of cities, right or wrong.
    var isCityList: Bool {
        guard case .list(let items) = (self["cities"] ?? self).content else { return false }
        return items.allSatisfy { $0.entries != nil }
    }
}
