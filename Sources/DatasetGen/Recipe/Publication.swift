/// What is said of a dataset to those who find it: whose it is, and what they may do with it.
public struct Publication: Hashable, Sendable {
    /// The version of the data, such as `1.0.0`.
    public package(set) var version: String?
    /// What others may do with it.
    public package(set) var license: DataLicense?
    /// Who has made it.
    public package(set) var creators: [Creator]?
    /// Where it is found.
    public package(set) var url: String?
    /// How it is cited.
    public package(set) var citation: String?
    /// The day of its publication, such as `2025-03-24`.
    public package(set) var datePublished: String?

    /// Nothing is said.
    init() {}
}

/// Who has made a dataset: a person with a family name, or an organisation.
public struct Creator: Hashable, Sendable {
    /// The name of an organisation.
    public package(set) var name: String?
    /// The given names of a person.
    public package(set) var givenNames: String?
    /// The family names of a person.
    public package(set) var familyNames: String?
    /// A page about it; an ORCID of a person.
    public package(set) var url: String?

    /// The name in one piece.
    package var fullName: String { name ?? [givenNames, familyNames].compactMap(\.self).joined(separator: " ") }

    /// Whether it is a person.
    package var isPerson: Bool { familyNames != nil }
}

/// What others may do with a dataset.
public enum DataLicense: Hashable, Sendable {
    /// A license that is known by its name.
    case known(KnownLicense)
    /// Another one, by the address of its text.
    case text(url: String)

    /// The address of its text.
    package var url: String {
        switch self {
        case .known(let license): "https://spdx.org/licenses/\(license.rawValue).html"
        case .text(let url): url
        }
    }
}

/// Licenses of data, by their names in the list of SPDX.
public enum KnownLicense: String, CaseIterable, Sendable {
    case publicDomain = "CC0-1.0"
    case attribution = "CC-BY-4.0"
    case attributionShareAlike = "CC-BY-SA-4.0"
    case attributionNoDerivatives = "CC-BY-ND-4.0"
    case attributionNonCommercial = "CC-BY-NC-4.0"
    case attributionNonCommercialShareAlike = "CC-BY-NC-SA-4.0"
    case attributionNonCommercialNoDerivatives = "CC-BY-NC-ND-4.0"
    case openDataPublicDomain = "PDDL-1.0"
    case openDataAttribution = "ODC-By-1.0"
    case openDatabase = "ODbL-1.0"
    case communityPermissive1 = "CDLA-Permissive-1.0"
    case communityPermissive2 = "CDLA-Permissive-2.0"
    case communitySharing = "CDLA-Sharing-1.0"
    case computationalUse = "C-UDA-1.0"
    case apache = "Apache-2.0"
    case mit = "MIT"
    case bsd3 = "BSD-3-Clause"

    /// Its name in the list of Hugging Face's hub.
    package var hubName: String {
        switch self {
        case .openDataPublicDomain: "pddl"
        case .openDataAttribution: "odc-by"
        case .openDatabase: "odbl"
        case .computationalUse: "c-uda"
        default: rawValue.lowercased()
        }
    }
}

/// What tools of a kind expect of a dataset: a file beside its own that describes them.
public enum DatasetPackage: String, CaseIterable, Sendable {
    /// `README.md`, a card of Hugging Face's hub that tells its loader what to load.
    case huggingface
    /// `croissant.json`: MLCommons' Croissant 1.1.
    case croissant
    /// `datapackage.json`: Frictionless Data's package.
    case frictionless
    /// `CITATION.cff`: Citation File Format 1.2.
    case citation
}
