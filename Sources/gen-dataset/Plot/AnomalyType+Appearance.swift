import DatasetGen

extension AnomalyType {
    /// Its mark in a text plot.
    var letter: Character {
        switch self {
        case .spike: "s"
        case .trend: "t"
        case .pattern: "p"
        case .missingData: "m"
        case .noise: "n"
        }
    }

    /// Its colour in a picture: of Okabe and Ito's palette, which people with any kind of colour vision can tell apart.
    ///
    /// Source: M. Okabe, K. Ito, "Color Universal Design", 2008.
    var colour: String {
        switch self {
        case .spike: "#d55e00"
        case .trend: "#56b4e9"
        case .pattern: "#009e73"
        case .missingData: "#f0e442"
        case .noise: "#cc79a7"
        }
    }
}
