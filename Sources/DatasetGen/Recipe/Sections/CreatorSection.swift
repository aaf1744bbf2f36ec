extension Creator {
    static let definition = SectionDefinition(
        name: "creator",
        summary: "Who has made a dataset: a person with `family_names`, or an organisation with a `name`.",
        fields: [
            Field("name", plain: \Creator.name, .text, "Name of an organisation."),
            Field("given_names", plain: \.givenNames, .text, "Given names of a person."),
            Field("family_names", plain: \.familyNames, .text, "Family names of a person."),
            Field(
                "url",
                plain: \.url,
                .webAddress,
                "A page about them; of a person, their ORCID such as https://orcid.org/0000-0002-1825-0097."
            ),
        ],
        alternatives: [["name", "family_names"], ["name", "given_names"]],
        empty: { Creator() }
    )
}

extension ValueType where Value == Creator {
    /// The name of an organisation, or a section.
    static let creator = {
        let section = ValueType.section(Creator.definition)
            .checked { creator in
                creator.name == nil && creator.familyNames == nil
                    ? "a creator has a name, or family_names if it is a person" : nil
            }
        let text = ValueType<String>.text
        return ValueType(
            expectation: "the name of an organisation or a section",
            schema: .members(["anyOf": .array([text.schema, section.schema])]),
            sections: section.sections
        ) { node, path, decoder in
            if case .map = node.content { return section.decode(node, path, &decoder) }
            guard node.text != nil else {
                decoder.reportMismatch(node, expected: "the name of an organisation or a section", at: path)
                return nil
            }
            return text.decode(node, path, &decoder).map { Creator(name: $0) }
        } encode: { creator in
            if let name = creator.name, creator == Creator(name: name) { return text.encode(name) }
            return section.encode(creator)
        }
    }()
}

extension ValueType where Value == DataLicense {
    /// The name of a license, or the address of its text.
    static let license = {
        let names = KnownLicense.allCases.map(\.rawValue)
        let address = ValueType<String>.webAddress
        let expectation = "one of \(names.joined(separator: ", ")), or the address of another license's text"
        return ValueType(
            expectation: expectation,
            schema: .members(["anyOf": .array([.enumeration(names), address.schema])])
        ) { node, path, decoder in
            if let known = node.text.flatMap({ KnownLicense(rawValue: $0) }) { return .known(known) }
            if node.text?.contains("://") ?? false {
                return address.decode(node, path, &decoder).map { .text(url: $0) }
            }
            let nearest = node.text.flatMap { Suggestion.nearest(to: $0, among: names) }
            decoder.reportMismatch(node, expected: expectation, at: path, suggestion: nearest)
            return nil
        } encode: { license in
            switch license {
            case .known(let known): .string(known.rawValue)
            case .text(let url): .string(url)
            }
        }
    }()
}

extension ValueType where Value == String {
    /// The address of a page: what RFC 3986 allows, with a host.
    static let webAddress = scalar(
        expecting: "an address such as https://example.com/data",
        schema: .pattern("^https?://[^/?#]")
    ) { node in
        guard let text = node.text, text.utf8.count <= 2_048,
            let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }),
            let host = text.dropFirst(scheme.count).first, !"/?#".contains(host)
        else { return nil }
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            ("!"..."~").contains(scalar) && !"\"<>\\^`{|}".unicodeScalars.contains(scalar)
        }
        return isPlain ? text : nil
    } encode: {
        .string($0)
    }

    /// The version of data: three numbers.
    static let dataVersion = scalar(
        expecting: "a version of three numbers such as 1.0.0",
        schema: .pattern("^[0-9]+\\.[0-9]+\\.[0-9]+$")
    ) { node in
        guard let text = node.text, text.utf8.count <= 64 else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isVersion =
            parts.count == 3 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
        return isVersion ? text : nil
    } encode: {
        .string($0)
    }
}
