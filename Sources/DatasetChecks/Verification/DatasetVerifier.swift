public import DatasetFiles

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
    /// The folder's files, if they are open already.
    private let files: StoredFolder?
    private let options: Options

    /// A verifier of a folder.
    public init(folder: String, options: Options = Options()) {
        (self.folder, files) = (folder, nil)
        self.options = options
    }

    /// A verifier of files that are open already.
    package init(files: StoredFolder, options: Options = Options()) {
        (folder, self.files) = (files.path, files)
        self.options = options
    }

    /// Makes all checks.
    ///
    /// - Throws: ``FileError`` when a file that is there cannot be read. What is wrong with the dataset is not an error
    ///   but a finding of the report.
    public func verify() async throws -> VerificationReport {
        let files = try self.files ?? StoredFolder(folder)
        var report = VerificationReport()
        var names: [String] = []
        for name in files.names {
            if let format = StoredFormats.all.first(where: { $0.companionNames.contains(name) }) {
                let changed = format.fileNames[0]
                report.add(name, wrong: "it is no file of the dataset, and changes what is read from \(changed)")
            } else if let problem = files.problem(name) {
                report.add(name, wrong: problem)
            } else {
                names.append(name)
            }
        }
        for name in files.strangers.names {
            report.add(Excerpt.text(name), wrong: "it is no file of the dataset")
        }
        if files.strangers.count > files.strangers.names.count {
            let count = files.strangers.count - files.strangers.names.count
            report.add("the folder", wrong: "\(count) more of its files are none of the dataset's")
        }
        let digestCheck = DigestCheck(files, names: names, key: options.key)
        // At once with what reads the files otherwise.
        async let digests = digestCheck.check()
        let contents = try await FolderCheck(files, names: names, options: options).check()
        report.add(try await digests)
        report.add(contents)
        return report
    }
}
