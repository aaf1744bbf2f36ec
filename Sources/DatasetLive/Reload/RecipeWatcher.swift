import DatasetGen

/// Notices that a recipe's file has been edited, replaced, or that a link on the way to it has been moved.
struct RecipeWatcher {
    private let path: String
    private var state: FileState?

    /// Watches a file from its present state on.
    init(_ path: String) {
        self.path = path
        state = FileState(ofPath: path)
    }

    /// Whether the file is another one than at the last call; a file that is away for a moment is not.
    mutating func hasChanged() -> Bool {
        guard let now = FileState(ofPath: path), now != state else { return false }
        state = now
        return true
    }
}
