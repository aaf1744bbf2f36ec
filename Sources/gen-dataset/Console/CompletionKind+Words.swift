import ArgumentParser
import DatasetFiles
import DatasetGen

extension CompletionKind {
    /// A recipe: those that are bundled, and files and folders.
    static var recipe: CompletionKind {
        .custom { _, _, prefix in RecipeWords(prefix).all }
    }

    /// The names of the bundled recipes.
    static var bundledRecipe: CompletionKind { .list(GalleryRecipe.all.map(\.name)) }

    /// Files of readings that somebody has.
    static var recording: CompletionKind { .file(extensions: ["csv", "gz", "zst"]) }

    /// A key in PEM.
    static var key: CompletionKind { .file(extensions: ["pem"]) }

    /// The names of the bundled cities.
    static var city: CompletionKind {
        .custom { _, _, prefix in
            let names = Place.cities.map(\.name).filter { $0.hasPrefix(prefix) }
            // Bash takes an apostrophe among words for the beginning of a quotation.
            return CompletionShell.requesting == .bash ? names.map { $0.replacing("'", with: "\\'") } : names
        }
    }

    /// The names of formats, with commas between: those that may come behind what is there.
    static var formats: CompletionKind {
        .custom { _, _, prefix in
            let given = prefix.split(separator: ",", omittingEmptySubsequences: false).dropLast()
            let begin = given.map { $0 + "," }.joined()
            return OutputFormat.allCases.map(\.rawValue).filter { !given.contains(Substring($0)) }.map { begin + $0 }
        }
    }
}

/// What a word that names a recipe can become.
private struct RecipeWords {
    /// The folder of the word, with its slash; empty for the current one.
    private let folder: String

    init(_ word: String) {
        folder = word.lastIndex(of: "/").map { String(word[...$0]) } ?? ""
    }

    var all: [String] {
        let names = (try? FileSystem.contents(of: folder.isEmpty ? "." : folder)) ?? []
        let paths = names.filter { !$0.hasPrefix(".") }
            .compactMap { name -> String? in
                if FileSystem.isFolder(folder + name) { return folder + name + "/" }
                return [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) ? folder + name : nil
            }
        return (folder.isEmpty ? GalleryRecipe.all.map(\.name) : []) + paths
    }
}
