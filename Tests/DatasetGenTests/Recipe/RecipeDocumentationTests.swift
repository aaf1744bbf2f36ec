import DatasetGen
import Foundation
import Testing

@Suite struct RecipeDocumentationTests {
    /// `gen-dataset recipes schema --markdown` gives the part below the heading "Keys".
    @Test func keyReferenceIsThatOfTheDeclarations() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/recipes.md"), encoding: .utf8)
        #expect(page.hasSuffix("\n## Keys\n\n" + RecipeSchema.markdown()))
    }
}
