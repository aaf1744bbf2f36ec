import ArgumentParser
import DatasetGen

/// `gen-dataset verify DIR`: re-checks a dataset against its manifest.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Re-check a dataset against its manifest.",
        discussion: """
            Every file's SHA-256, the frames of gzip and zstd files, row counts, SQLite's own integrity check and \
            schema. Exits with 76 if anything is not as it should be.
            """
    )

    @Argument(help: "Folder of the dataset.")
    var folder: String

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but what is wrong.")
    var quiet = false

    func run() throws {
        guard InputFile.exists(folder) else {
            throw Failure("there is no dataset \(folder)", status: .inputNotFound)
        }
        let report = try DatasetVerifier(folder: folder).verify()
        if json {
            Console.result(report.json.compactText)
        } else if !quiet {
            for check in report.checks where check.isRight {
                Console.result("ok     \(check.subject): \(check.finding)".onOneLine)
            }
        }
        let wrong = report.checks.filter { !$0.isRight }
        guard wrong.isEmpty else {
            throw Failure(
                messages: wrong.map { "\(folder)/\($0.subject): \($0.finding)" },
                status: .failsVerification
            )
        }
    }
}
