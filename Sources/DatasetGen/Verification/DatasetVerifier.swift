/// Checks a dataset folder: every file against its digest, and all files against one another.
///
/// ```swift
/// let report = try await DatasetVerifier(folder: "datasets/ml-training").verify()
/// report.isRight    // true
/// ```
///
/// Files are read from beginning to end, in pieces: memory does not grow with the dataset.
public struct DatasetVerifier: Sendable {
    /// How to check.
    public struct Options: Sendable {
        /// Whether the readings are computed anew from `recipe.yaml`, and every file is compared with them.
        public var regenerates: Bool
        /// The key whose signature the dataset must have; nil to check none.
        public var key: VerificationKey?
        /// Workers that read, generate and encode at a time.
        public var workerCount: Int

        /// Nothing is generated, no signature is checked, two workers.
        public init(regenerates: Bool = false, key: VerificationKey? = nil, workerCount: Int = 2) {
            self.regenerates = regenerates
            self.key = key
            self.workerCount = workerCount
        }
    }

    private let folder: String
    private let options: Options

    /// A verifier of a folder.
    public init(folder: String, options: Options = Options()) {
        self.folder = folder
        self.options = options
    }

    /// Makes all checks.
    ///
    /// - Throws: ``FileError`` when a file that is there cannot be read. What is wrong with the dataset is not an error
    ///   but a finding of the report.
    public func verify() async throws -> VerificationReport {
        var names: [String] = []
        var report = VerificationReport()
        // The last moments of a run that was killed may leave its lock and its journal in the finished dataset.
        for name in try FileSystem.contents(of: folder) where !DatasetFolder.ownNames.contains(name) {
            if let problem = StoredFile.problem(folder + "/" + name) {
                report.add(Excerpt.text(name), wrong: problem)
            } else {
                names.append(name)
            }
        }
        let digestCheck = DigestCheck(folder: folder, names: names, key: options.key)
        // At once with what reads the files otherwise.
        async let digests = digestCheck.check()
        let contents = try await ContentCheck(folder: folder, names: names, options: options).check()
        report.add(try await digests)
        report.add(contents)
        return report
    }
}
