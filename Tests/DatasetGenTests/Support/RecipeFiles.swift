import Foundation

/// The bundled recipes as files.
enum RecipeFiles {
    /// Their folder.
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent()  // Support
        .deletingLastPathComponent()  // DatasetGenTests
        .deletingLastPathComponent()  // Tests
        .deletingLastPathComponent()
        .appending(path: "recipes")
}
