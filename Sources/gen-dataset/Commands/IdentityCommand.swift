import ArgumentParser
import DatasetGen

/// `gen-dataset identity`: a new identity, to be edited and given to `recipe --identity`.
struct IdentityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "Print a new identity template.",
        discussion: "The sensor gets a random id in a random bundled city; with --seed always the same ones."
    )

    @Option(
        parsing: .unconditional,
        help: "64-bit seed; random by default.",
        transform: { text in
            guard let seed = WholeNumber(text)?.exactly(UInt64.self) else {
                throw ValidationError("\(text) is not a whole number from 0 to \(UInt64.max)")
            }
            return seed
        }
    )
    var seed: UInt64?

    @Option(help: "City from the bundled list.", completion: .city)
    var city: String?

    func run() throws {
        let seed = seed ?? UInt64.random(in: 0 ... .max)
        guard let template = IdentityTemplate(seed: seed, city: city) else {
            let name = city ?? ""
            let hint = Place.cityName(like: name).map { "; did you mean \($0)?" } ?? ""
            throw Failure("\(name) is not a bundled city\(hint)", status: .inputNotFound)
        }
        Console.raw(template.json.prettyText)
    }
}
