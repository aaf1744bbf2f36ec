package import DatasetFormats
package import DatasetGen

/// Takes the pieces of one part of a dataset in order, and makes its files of them.
package protocol PieceSink {
    /// What a block was turned into.
    associatedtype Piece: EncodedPiece

    /// Bytes written so far.
    var size: Int64 { get }

    /// What makes safe that which is written so far.
    var flushers: [FileFlusher] { get }

    /// Takes the next piece, whose content is arbitrary afterwards.
    ///
    /// - Throws: ``FileError``.
    mutating func append(_ piece: Piece) throws(FileError)

    /// Whether a run can go on from here: no piece waits for another.
    var canBeStored: Bool { get }

    /// Appends what it takes to go on from here after an interruption; read by ``DatasetPart/makeSink(in:resuming:)``.
    func store(in state: inout StateWriter)

    /// Appends what has been added, since it was asked last, to a list that only ever grows; it is read behind all that
    /// ``store(in:)`` has written.
    mutating func storeGrowth(in state: inout StateWriter)

    /// Completes the files, and waits until they are on the disk.
    ///
    /// - Throws: ``FileError``.
    mutating func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile]
}

/// What is known of a dataset once all its readings are written.
package struct FinishedReadings {
    /// What they are.
    let content: FileContent
    /// The rows of the files of readings.
    let rows: RowTotals
    /// The content of `recipe.yaml`.
    let recipeText: String
}

/// What the readings of a file are, as the file tells it.
package enum FileContent {
    /// All of a dataset, by the digest of its content.
    case dataset(sha256: String)
    /// A shard: the digest of all is not known when it is made.
    case shard(Shard)

    /// The name of what it tells.
    var key: String {
        switch self {
        case .dataset: "content_sha256"
        case .shard: "shard"
        }
    }

    /// What it tells.
    var text: String {
        switch self {
        case .dataset(let sha256): sha256
        case .shard(let shard): shard.text
        }
    }
}

extension FinishedReadings {
    /// What files with keys and values say of themselves.
    var entries: [(key: String, value: String)] {
        [
            ("gen-dataset." + content.key, content.text),
            ("gen-dataset.recipe_sha256", SHA256Text(of: Array(recipeText.utf8)).text),
        ]
    }
}

/// A file of a dataset that is complete.
package struct WrittenFile {
    /// What the manifest says of it.
    let entry: ManifestFile
    /// Of its bytes.
    let digest: SHA256Text
    /// Its size.
    let bytes: Int64
}

extension PieceSink {
    /// Always.
    package var canBeStored: Bool { true }

    /// Nothing.
    package mutating func storeGrowth(in state: inout StateWriter) {}

    /// Takes the next piece, which an encoder of this part has made.
    mutating func append(erased piece: any EncodedPiece) throws(FileError) {
        guard let piece = piece as? Piece else { preconditionFailure("a piece of another part") }
        try append(piece)
    }
}
