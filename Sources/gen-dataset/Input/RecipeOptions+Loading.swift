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
        let environment = Environment.variables
        // The reference's CONFIG_FILE stands for FILE, its IDENTITY_FILE for --identity.
        guard let argument = file ?? config ?? environment["CONFIG_FILE"]?.trimmed.nonEmpty else {
            throw Failure("no recipe given; see gen-dataset recipe --help", status: .wrongUsage)
        }
        let reader = RecipeReader(
            environment: environment,
            overrides: overrides + others,
            readFile: { try InputFile.contents(of: $0) },
            locate: { try InputFile.location(of: $0) }
        )
        return RecipeLoader(source: try RecipeSource(argument), reader: reader)
    }

    var overrides: [RecipeOverride] {
        var overrides = set.map { RecipeOverride.set($0) }
        if let identity { overrides.append(.identity(identity)) }
        if let seed { overrides.append(.seed(seed)) }
        if let start { overrides.append(.start(start)) }
        if let duration { overrides.append(.duration(duration)) }
        if let end { overrides.append(.end(end)) }
        if let sensors { overrides.append(.sensors(sensors)) }
        if let format { overrides.append(.formats(format)) }
        return overrides
    }
}

extension ResolvedRecipe {
    /// What can be said of the dataset before its fleet is made.
    ///
    /// - Throws: `RecipeErrors` that point into the recipe when what it asks for cannot be had.
    func outline() throws -> PlanOutline {
        // Large fleets are made on all processors.
        try SystemResources.check()
        do throws(PlanError) { return try PlanOutline(recipe) } catch { throw failure(error) }
    }

    /// The plan of this recipe.
    ///
    /// - Throws: `RecipeErrors` that point into the recipe when what it asks for cannot be had; ``Failure`` when the memory
    ///   is too small.
    func plan() throws -> GenerationPlan { try plan(outline()) }

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

/// The environment of this process.
private enum Environment {
    /// Names and values; of a name given twice the first counts, as for getenv(3).
    static var variables: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee.map({ String(cString: $0) }) {
            if let equals = text.firstIndex(of: "=") {
                let name = String(text[..<equals])
                if variables[name] == nil { variables[name] = String(text[text.index(after: equals)...]) }
            }
            entry += 1
        }
        return variables
    }
}

extension String {
    /// Nil for an empty text: a variable that is empty counts as not set.
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
