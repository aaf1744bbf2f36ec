import DatasetGen

/// `CITATION.cff`: how the dataset is cited, in Citation File Format 1.2.
struct CitationFile {
    private let dataset: PackagedDataset

    init(_ dataset: PackagedDataset) {
        self.dataset = dataset
    }

    var text: String {
        let (recipe, publication) = (dataset.recipe, dataset.recipe.publication)
        var members: [(String, JSONValue)] = [
            ("cff-version", "1.2.0"),
            ("message", "If you use this dataset, please cite it as below."),
            ("type", "dataset"),
            ("title", .string(recipe.name)),
            ("authors", .array((publication.creators ?? []).map(Self.author))),
        ]
        if !recipe.description.isEmpty { members.append(("abstract", .string(recipe.description))) }
        if let version = publication.version { members.append(("version", .string(version))) }
        if let day = publication.datePublished { members.append(("date-released", .string(day))) }
        switch publication.license {
        case nil: break
        case .known(let license)?: members.append(("license", .string(license.rawValue)))
        case .text(let url)?: members.append(("license-url", .string(url)))
        }
        if let url = publication.url { members.append(("url", .string(url))) }
        let digest: JSONValue = [
            "type": "other", "value": .string("sha256:" + dataset.contentSHA256),
            "description": "Digest of the content",
        ]
        members.append(("identifiers", .array([digest])))
        return members.map { YAMLText($0.0, $0.1).text }.joined()
    }

    private static func author(_ creator: Creator) -> JSONValue {
        let isORCID = creator.isPerson && creator.url?.hasPrefix("https://orcid.org/") ?? false
        let members: [(String, String?)] = [
            ("name", creator.name), ("family-names", creator.familyNames), ("given-names", creator.givenNames),
            (isORCID ? "orcid" : "website", creator.url),
        ]
        return .object(members.compactMap { key, value in value.map { .init(key: key, value: .string($0)) } })
    }
}
