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

    @Test func exampleHasEveryKeyAndStatesNone() throws {
        let example = RecipeSchema.example()
        // What means nothing here is documented, but no example of anything.
        let keys = RecipeSchema.markdown().matches(of: #/\n\| `([a-z_]+)` \|([^\n]*)/#)
            .filter { !$0.output.2.contains("noted and passed over") }.map(\.output.1)
        #expect(keys.count > 100)
        for key in keys { #expect(example.contains(try Regex("\n# +\(key):")), "\(key)") }
        #expect(try RecipeWriter.text(of: Recipe(yaml: example)) == RecipeWriter.text(of: Recipe(yaml: "")))
    }
}
