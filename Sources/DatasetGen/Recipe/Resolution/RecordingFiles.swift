/// How a reader of recipes comes to the recordings that they name.
struct RecordingFiles: Sendable {
    /// The folder that paths in the recipe are relative to; empty for the current one.
    var folder: String
    /// Where a file really is, links followed; with it, links cannot lead out of the recipe's folder.
    var locate: (@Sendable (String) throws -> String)?
    /// Reads a recording.
    var read: @Sendable (RecordingRequest) throws -> Recording

    /// Where a file is that a recipe or an option names; nil if the recipe may not name it.
    func location(of path: String, statedAt origin: RecipeOrigin?) throws -> (path: String, name: String)? {
        guard case .file = origin else { return (path, path) }
        let file = NamedFile(path: path, folder: folder)
        guard file.isBelowFolder, let found = try locate.map({ try file.location($0) }) ?? file.fullPath else {
            return nil
        }
        return (found, file.fullPath)
    }
}
