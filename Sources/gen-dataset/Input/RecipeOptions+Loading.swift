import DatasetFiles
import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension RecipeOptions {
    /// Reads the recipe under the options and the environment of this process.
    ///
    /// - Throws: ``Failure`` when there is no recipe; `RecipeErrors` when it is invalid.
    func load() throws -> ResolvedRecipe {
        try loader().load()
    }

    /// What reads the recipe, as often as it is asked to, with what further options set.
    ///
    /// - Throws: ``Failure`` when there is no recipe.
    func loader(adding others: [RecipeOverride] = []) throws -> RecipeLoader {
        let environment = try Environment.variables()
        // The reference's CONFIG_FILE stands for FILE, its IDENTITY_FILE for --identity.
        guard let argument = file ?? config ?? environment["CONFIG_FILE"]?.trimmed.nonEmpty else {
            throw Failure("no recipe given; see gen-dataset recipe --help", status: .wrongUsage)
        }
        return try RecipeLoader(of: argument, overrides + others)
    }

    var overrides: [RecipeOverride] { changes.overrides + (format.map { [.formats($0)] } ?? []) }
}

extension ResolvedRecipe {
    /// What can be said of the dataset, each of whose files is in so many shards, before its fleet is made.
    ///
    /// - Throws: `RecipeErrors` that point into the recipe when what it asks for cannot be had.
    func outline(shardCount: Int = 1) throws -> PlanOutline {
        // Large fleets are made on all processors.
        try SystemResources.check()
        do throws(PlanError) { return try PlanOutline(recipe, shardCount: shardCount) } catch { throw failure(error) }
    }

    /// Makes sure that each part of the splits has readings, of a recipe that is not run.
    ///
    /// - Throws: `RecipeErrors` that point into the recipe.
    func checkSplits(_ outline: PlanOutline) throws {
        do throws(PlanError) { try outline.checkSplits() } catch { throw failure(error) }
    }

    /// How large what a live run writes will be.
    ///
    /// - Throws: `RecipeErrors` that point into the recipe.
    func liveEstimate(_ outline: PlanOutline) throws -> DatasetEstimate {
        do throws(PlanError) { return try DatasetEstimate(ofLiveRun: outline) } catch { throw failure(error) }
    }

    /// The plan of this recipe, each of whose files is in so many shards.
    ///
    /// - Throws: `RecipeErrors` that point into the recipe when what it asks for cannot be had; ``Failure`` when the memory
    ///   is too small.
    func plan(shardCount: Int = 1) throws -> GenerationPlan { try plan(outline(shardCount: shardCount)) }

    /// The plan of this recipe for a use, from its outline.
    ///
    /// - Throws: ``Failure`` when the memory is too small.
    func plan(
        _ outline: PlanOutline,
        for use: PlanOutline.Use = .reading,
        ignoresMemory: Bool = false
    ) throws -> GenerationPlan {
        do throws(PlanError) {
            return try outline.plan(for: use, ignoresMemory: ignoresMemory)
        } catch { throw failure(error) }
    }

    private func failure(_ error: PlanError) -> any Error {
        let diagnostic = diagnostic(aboutFirstStatedOf: error.keyPaths(in: recipe), error.description)
        if case .memory = error { return Failure(diagnostic.description, status: .cannotCreate) }
        return RecipeErrors([diagnostic])
    }
}

extension RecipeLoader {
    /// What reads a recipe under some options and the environment of this process.
    ///
    /// - Throws: ``Failure`` when there is none.
    init(of argument: String, _ overrides: [RecipeOverride]) throws {
        var reader = RecipeReader(
            environment: try Environment.variables(),
            overrides: overrides,
            readFile: { try InputFile.contents(of: $0) },
            locate: { try InputFile.location(of: $0) }
        )
        reader.readRecording = { try InputFile.recording($0) }
        self.init(source: try RecipeSource(argument), reader: reader)
    }
}

/// The environment of this process.
private enum Environment {
    /// Names and values; of a name given twice the first counts, as for getenv(3).
    ///
    /// - Throws: ``Failure`` when one that counts here is not UTF-8: mended, it would name another file or sensor.
    static func variables() throws(Failure) -> [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let bytes = entry.pointee {
            entry += 1
            let text = String(cString: bytes)
            guard let equals = text.unicodeScalars.firstIndex(of: "=") else { continue }
            let name = String(text[..<equals])
            guard variables[name] == nil else { continue }
            let value = String(text.unicodeScalars[text.unicodeScalars.index(after: equals)...])
            if names.contains(name), String(validatingCString: bytes) == nil {
                throw Failure(
                    "\(name): its value, \(value), is not UTF-8; names and values are UTF-8 text here",
                    status: .invalidRecipe
                )
            }
            variables[name] = value
        }
        return variables
    }

    /// Those that count.
    private static let names = Set(EnvironmentVariable.all.map(\.name) + ["CONFIG_FILE", "SQLITE_TMPDIR"])
}

extension String {
    /// Nil for an empty text: a variable that is empty counts as not set.
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
