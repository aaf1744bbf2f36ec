import ArgumentParser
import DatasetFiles

/// The option that says who signs a dataset; every command that completes one has it.
struct SigningOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Sign the dataset with this Ed25519 private key in PEM, in SHA256SUMS.sig.",
            valueName: "key"
        ),
        completion: .key
    )
    var sign: String?

    /// The key, and what is to be said of its file; nil without one.
    ///
    /// - Throws: ``Failure`` if there is no such key.
    func signingKey() throws -> (key: SigningKey, note: String?)? {
        guard let file = try sign.map({ try KeyFile($0) }) else { return nil }
        return (try file.signingKey(), file.note)
    }
}
