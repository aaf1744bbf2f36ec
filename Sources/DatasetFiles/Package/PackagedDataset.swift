package import DatasetGen

/// A dataset whose files are known, as the files describe it that tools of others expect beside it.
///
/// What is said of it follows from its recipe, and from the names, rows and digests of its files. Sizes of compressed files
/// are left out: like digests they may differ between kinds of machines, but not in their number of digits alone.
package struct PackagedDataset {
    /// A file of the dataset.
    package struct File {
        let path: String
        let rows: Int64
        /// 64 hexadecimal digits.
        let sha256: String

        package init(path: String, rows: Int64, sha256: String) {
            (self.path, self.rows, self.sha256) = (path, rows, sha256)
        }
    }

    let recipe: Recipe
    /// The identity of its content.
    let contentSHA256: String
    let files: [File]
    /// The tables in them that are loaded.
    let tables: [PackagedTable]

    /// - Parameters:
    ///   - recipe: what the dataset was made from.
    ///   - contentSHA256: the identity of its content.
    ///   - files: all its files but those that describe it, and the manifest.
    package init(_ recipe: Recipe, contentSHA256: String, files: [File]) {
        (self.recipe, self.contentSHA256, self.files) = (recipe, contentSHA256, files)
        tables = PackagedTable.all(of: recipe, in: files)
    }

    /// The files that describe it, as the recipe asks for them.
    package var descriptions: [OutputScript] {
        DatasetPackage.allCases.filter(recipe.packages.contains)
            .map { package in
                OutputScript(name: package.fileName, format: package.format, text: text(of: package))
            }
    }

    private func text(of package: DatasetPackage) -> String {
        switch package {
        case .huggingface: HuggingFaceCard(self).text
        case .croissant: CroissantDescription(self).json.prettyText
        case .frictionless: FrictionlessDescription(self).json.prettyText
        case .citation: CitationFile(self).text
        }
    }

    /// What it holds, in a sentence or two.
    var summary: String {
        let grid = recipe.grid
        let pace = recipe.hasIntervals ? "" : ", one every \(grid.interval.text)"
        return
            "Readings of \(recipe.sensorCount.grouped(of: "sensor")) from \(grid.start.zonedText) to \(grid.end.zonedText)\(pace), "
            + "with the anomalies in them labelled."
    }
}

extension ManifestFile {
    /// A file that describes the dataset.
    package init(_ package: DatasetPackage, uncompressedBytes: Int64) {
        self.init(path: package.fileName, format: package.format, rows: 1, uncompressedBytes: uncompressedBytes)
    }
}

extension DatasetPackage {
    /// The name of its file.
    package var fileName: String {
        switch self {
        case .huggingface: "README.md"
        case .croissant: "croissant.json"
        case .frictionless: "datapackage.json"
        case .citation: "CITATION.cff"
        }
    }

    /// What the file is written in, as the manifest has it.
    fileprivate var format: String {
        switch self {
        case .huggingface: "markdown"
        case .croissant, .frictionless: "json"
        case .citation: "yaml"
        }
    }
}
