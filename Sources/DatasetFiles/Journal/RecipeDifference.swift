import DatasetGen

/// The first key by which two resolved recipes differ.
package struct RecipeDifference {
    /// Where it is, such as `anomalies.probability` or `fleet[2].count`.
    package let path: String
    /// What the first recipe has there.
    package let old: String
    /// What the second one has.
    package let new: String

    /// Compares two recipes; nil if they agree or cannot be read.
    package init?(from old: String, to new: String) {
        let documents = [old, new]
            .map { text in
                try? YAMLDocument(bytes: Array(text.utf8), name: "recipe.yaml").root
            }
        guard let old = documents[0], let new = documents[1], let first = Self.first(old, new, path: "") else {
            return nil
        }
        self = first
    }

    private init(_ path: String, _ old: DocumentNode?, _ new: DocumentNode?) {
        self.path = path
        (self.old, self.new) = (old?.text ?? old?.found ?? "nothing", new?.text ?? new?.found ?? "nothing")
    }

    private static func first(_ old: DocumentNode?, _ new: DocumentNode?, path: String) -> RecipeDifference? {
        switch (old?.content, new?.content) {
        case (.map(let old)?, .map(let new)?):
            let keys = old.map(\.key) + new.map(\.key).filter { key in !old.contains { $0.key == key } }
            for key in keys {
                let values = [old, new].map { entries in entries.first { $0.key == key }?.value }
                let name = path.isEmpty ? key : path + "." + key
                if let difference = first(values[0], values[1], path: name) { return difference }
            }
            return nil
        case (.list(let old)?, .list(let new)?):
            for index in 0..<max(old.count, new.count) {
                let items = [old, new].map { index < $0.count ? $0[index] : nil }
                if let difference = first(items[0], items[1], path: "\(path)[\(index)]") { return difference }
            }
            return nil
        case (.scalar(let oldText, let oldPlain)?, .scalar(let newText, let newPlain)?):
            return oldText == newText && oldPlain == newPlain ? nil : RecipeDifference(path, old, new)
        default:
            return RecipeDifference(path, old, new)
        }
    }
}
