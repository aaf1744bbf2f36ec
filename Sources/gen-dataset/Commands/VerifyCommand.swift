import ArgumentParser
import DatasetChecks
import DatasetFiles
import DatasetGen

/// `gen-dataset verify DIR`: re-checks a dataset against its manifest.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Re-check a dataset: digests, and every row of every file against the others.",
        discussion: """
            Every file's SHA-256, the frames of gzip and zstd files, SQLite's own integrity check, schemas, all rows of all \
            formats against one another, labels against events, and the manifest's figures against the rows. Exits with 76 \
            if anything is not as it should be. docs/verify.md says what is checked.
            """
    )

    @Argument(help: "Folder of the dataset.", completion: .directory)
    var folder: String

    @Flag(help: "Compute the readings anew from recipe.yaml, and compare every file with them; nothing is written.")
    var regenerate = false

    @Option(
        help: ArgumentHelp(
            "Ed25519 public key in PEM; the dataset must be signed with its private key.",
            valueName: "pub"
        ),
        completion: .key
    )
    var key: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Worker threads; default all cores, up to 16.", valueName: "n")
    )
    var threads: Int?

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but what is wrong.")
    var quiet = false

    /// Threads that one which compares what they read can keep busy; each has some 20 MB of blocks in flight.
    private static let usefulThreads = 16
    /// Without workers and small files: measured, and a third more.
    private static let usualBytes: Int64 = 48_000_000
    /// Of one worker: measured, and a third more.
    private static let workerBytes: Int64 = 26_000_000

    /// As many workers as are asked for, else as many as the memory is enough for.
    ///
    /// - Throws: ``Failure`` when it is too small: what cannot be looked at is neither right nor wrong.
    private func workerCount(_ files: StoredFolder) throws(Failure) -> Int {
        let wanted = threads ?? min(Processors.count, Self.usefulThreads)
        guard let space = MemorySpace.narrowest(reserving: 0) else { return wanted }
        let affordable = (space.freeBytes - Self.usualBytes - files.smallFilesBytes) / Self.workerBytes
        let count = threads ?? max(1, min(wanted, Int(clamping: affordable)))
        try files.checkMemory(Self.usualBytes + Int64(count) * Self.workerBytes)
        return count
    }

    func validate() throws {
        if let threads, !(1...1_024).contains(threads) {
            throw ValidationError("--threads \(threads): between 1 and 1024")
        }
    }

    func run() async throws {
        let key = try key.map { try KeyFile($0).verificationKey() }
        let files = try StoredFolder(ofDataset: folder)
        let workerCount = try workerCount(files)
        let options = DatasetVerifier.Options(
            regenerates: regenerate,
            key: key,
            workerCount: workerCount
        )
        let report = try await DatasetVerifier(files: files, options: options).verify()
        if json {
            Console.json(report.json)
        } else if !quiet {
            for check in report.checks where check.isRight {
                let lead = check.outcome == .note ? Emphasis.note.marking("note  ") : Emphasis.good.marking("ok    ")
                Console.result("\(lead) " + "\(check.subject): \(check.finding)".onOneLine)
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
