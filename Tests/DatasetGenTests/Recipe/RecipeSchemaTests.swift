import DatasetGen
import Foundation
import Testing

@Suite("The schema of recipes")
struct RecipeSchemaTests {
    @Test("accepts what the reader accepts")
    func valid() throws {
        #expect(
            try SchemaValidator.invalid(RecipeFixture.valid.map { RecipeFixture.folder.appending(path: $0).path() })
                == []
        )
    }

    @Test("accepts resolved recipes")
    func resolved() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "resolved-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = try RecipeFixture.valid.map { name in
            let file = folder.appending(path: name.replacing("/", with: "-"))
            try RecipeWriter.text(of: RecipeFixture.read(name).recipe)
                .write(to: file, atomically: true, encoding: .utf8)
            return file.path()
        }
        #expect(try SchemaValidator.invalid(paths) == [])
    }

    @Test("refuses what the reader refuses", arguments: RecipeFixture.invalid)
    func invalid(name: String) throws {
        #expect(try SchemaValidator.invalid([RecipeFixture.folder.appending(path: name).path()]).count == 1)
        #expect(throws: RecipeErrors.self) { try RecipeFixture.read(name) }
    }
}

@Suite("The reference of keys")
struct RecipeMarkdownTests {
    @Test("has a table for each section and the variables")
    func tables() {
        let text = RecipeSchema.markdown()
        #expect(text.contains("### `normal_parameters`"))
        #expect(
            text.contains("| `seed` | a whole number from 0 to 18446744073709551615 | 0 | Seed of all random numbers;")
        )
        #expect(text.contains("| `SENSOR_INTERVAL` | `simulation.interval` |"))
    }
}

/// Runs the validator of JSON Schema.
enum SchemaValidator {
    /// A line for each file that the schema refuses.
    static func invalid(_ paths: [String]) throws -> [String] {
        let schema = FileManager.default.temporaryDirectory.appending(path: "schema-\(UUID()).json")
        try RecipeSchema.json().write(to: schema, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: schema) }
        let script = RecipeFixture.folder.appending(path: "validate.py").path()
        let (status, output) = try Programs.run(Programs.python, [script, schema.path()] + paths)
        #expect(status == 0)
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
