extension RecipeResolver {
    /// What is said of the dataset to those who find it.
    func publication() -> Publication { section.dataset?.value.publication ?? Publication() }

    /// Reports packages that miss what they are made of.
    mutating func checkPackages(of recipe: Recipe) {
        guard let stated = section.packages, decoder.isSound("dataset"), decoder.isSound("outputs") else { return }
        for package in stated.value {
            let missing = package.missingKeys(in: recipe)
            if !missing.isEmpty {
                let names = missing.map { "dataset." + $0 }
                decoder.report(
                    "\(package.rawValue) needs \(names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " : "")"
                        + (names.last ?? ""),
                    about: stated
                )
            }
            if package != .citation, !recipe.outputs.contains(where: \.isLoadable) {
                decoder.report(
                    "\(package.rawValue) describes tables that its tools load: it needs outputs.parquet, or outputs.csv or "
                        + "outputs.jsonl whose compression is gzip or none",
                    about: stated
                )
            }
        }
    }
}

extension DatasetPackage {
    /// The keys of `dataset` that it needs and a recipe does not state.
    fileprivate func missingKeys(in recipe: Recipe) -> [String] {
        let publication = recipe.publication
        let all: [(key: String, isThere: Bool, packages: [DatasetPackage])] = [
            ("description", !recipe.description.isEmpty, [.croissant]),
            ("license", publication.license != nil, [.croissant]),
            ("creator", publication.creators != nil, [.croissant, .citation]),
            ("url", publication.url != nil, [.croissant]),
            ("date_published", publication.datePublished != nil, [.croissant]),
        ]
        return all.filter { !$0.isThere && $0.packages.contains(self) }.map(\.key)
    }
}

extension OutputParameters {
    /// Whether tools that load tables load its files.
    package var isLoadable: Bool {
        if case .zstd = compression { return format == .parquet }
        return [.parquet, .csv, .jsonl].contains(format)
    }
}
