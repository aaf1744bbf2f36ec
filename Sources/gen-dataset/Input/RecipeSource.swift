/// Where a recipe's text comes from: a file, a bundled recipe, or standard input.
struct RecipeSource: Sendable {
    /// The text.
    let bytes: [UInt8]
    /// How messages name it.
    let name: String
    /// The dataset's name if the recipe has none: the file's stem.
    let stem: String
    /// The folder that relative paths in it start from; empty for the current one.
    let folder: String
    /// The file that can be read again; nil for a bundled recipe and for standard input.
    let path: String?

    /// Finds a recipe.
    ///
    /// - Parameter argument: a path, the name of a bundled recipe that is no file here, or `-` for standard input.
    /// - Throws: ``Failure`` when there is none.
    init(_ argument: String) throws {
        if argument == "-" {
            bytes = try InputFile.contents(of: 0, name: "standard input")
            (name, stem, folder, path) = ("<stdin>", "stdin", "", nil)
            return
        }
        name = argument
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        let file = parts.last.map(String.init) ?? argument
        stem = Self.stem(of: file)
        folder = parts.dropLast().joined(separator: "/") + (argument.hasPrefix("/") && parts.count == 2 ? "/" : "")
        if !InputFile.exists(argument), parts.count == 1, let bundled = GalleryRecipe.named(argument) {
            bytes = Array(bundled.text.utf8)
            path = nil
        } else {
            do throws(InputError) {
                bytes = try InputFile.contents(of: argument)
            } catch {
                guard parts.count == 1, error.status == .inputNotFound, !InputFile.exists(argument),
                    let bundled = GalleryRecipe.nearest(to: argument)
                else { throw error }
                throw InputError(argument, reason: error.reason + "; did you mean the bundled \(bundled)?")
            }
            // What the shell hands over can be read once.
            path = InputFile.isHandedOver(argument) ? nil : argument
        }
    }

    /// A file's name without its extension, which begins with a letter: `exp-0.1` of `exp-0.1.yaml`, and of `exp-0.1`.
    static func stem(of file: String) -> String {
        guard let point = file.lastIndex(of: "."), point > file.startIndex,
            let first = file[file.index(after: point)...].unicodeScalars.first, first.properties.isAlphabetic
        else { return file }
        return String(file[..<point])
    }
}
