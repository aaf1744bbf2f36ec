import ArgumentParser
import DatasetGen

/// `gen-dataset identity`: a new identity, to be edited and given to `recipe --identity`.
struct IdentityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "Print a new identity template.",
        discussion: "The sensor gets a random id in a random bundled city; with --seed always the same ones."
    )

    @Option(help: "64-bit seed; random by default.")
    var seed: UInt64?

    @Option(help: "City from the bundled list.")
    var city: String?

    func run() throws {
        let seed = seed ?? UInt64.random(in: 0 ... .max)
        guard let template = IdentityTemplate(seed: seed, city: city) else {
            throw Failure("\(city ?? "") is not a bundled city", status: .inputNotFound)
        }
        Console.raw(template.json.prettyText)
    }
}
