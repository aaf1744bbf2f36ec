package import DatasetGen

/// What the files of a shard are called in the folder that it shares with the others.
///
/// The parts of a file lie in a folder that is called as it, so that whoever reads one format is given that folder:
/// `readings.csv/part-00003-of-00016.csv.gz`.
package struct ShardNames: Sendable {
    /// The file that is there once all shards are merged, empty, as Hadoop and Spark leave it.
    package static let success = "_SUCCESS"

    private let shard: Shard

    /// Those of a shard.
    package init(_ shard: Shard) { self.shard = shard }

    /// Those of all shards, of so many.
    package static func all(of count: Int) -> [ShardNames] {
        (0..<count).compactMap { Shard($0, of: count).map(ShardNames.init) }
    }

    /// How a shell finds some files: by the name of the only one, or by what the names of all parts are like.
    static func pattern(of files: [String]) -> String {
        files.count == 1 ? files[0] : FileSystem.parent(of: files[0]) + "/part-*"
    }

    /// Where what is a file of an undivided dataset has its part.
    package func path(of name: String) -> String {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let kind = parts.count > 1 ? "." + parts[1] : ""
        return "\(Self.folder(of: name))/\(stem)\(kind)"
    }

    /// The folder of the parts of a file.
    ///
    /// What becomes one file again cannot be called as the folder is.
    package static func folder(of name: String) -> String {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return isTable(name) || parts.count < 2 ? parts[0] : parts[0] + "." + parts[1]
    }

    /// Whether the parts of a file become one when shards are merged.
    package static func isTable(_ name: String) -> Bool { name == DeliveryPart.fileName }

    /// The file that says what the shard is.
    package var record: String { "shard-\(shard.index.padded(to: 5)).json" }

    /// Whether a name is that of what says what a shard is.
    package static func isRecord(_ name: String) -> Bool {
        guard name.hasPrefix("shard-"), name.hasSuffix(".json") else { return false }
        let digits = name.dropFirst(6).dropLast(5)
        return digits.utf8.count == 5 && digits.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// The folder in which a shard is made, without its suffix `.partial`.
    package var workingFolder: String { "shard-\(shard.index.padded(to: 5))-of-\(shard.count.padded(to: 5))" }

    /// Whether a name is that of a folder in which a shard is made.
    package static func isWorkingFolder(_ name: String) -> Bool {
        name.hasPrefix("shard-") && name.hasSuffix(DatasetPaths.partialSuffix)
    }

    /// The name of a part without what its kind is.
    private var stem: String { "part-\(shard.index.padded(to: 5))-of-\(shard.count.padded(to: 5))" }

    /// The folders of the parts of all files of readings that there can be.
    static let folders = Set(RegisteredFormats.all.flatMap { $0.fileNames }.map { folder(of: $0) })

    /// How many shards there are by the name of a part, `readings.csv/part-00003-of-00016.csv.gz`; nil for another name.
    package static func count(inPath path: String) -> Int? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts.contains(""), DatasetNames.all.contains(name(ofPath: path)) else { return nil }
        let words = parts[1].prefix { $0 != "." }.split(separator: "-", omittingEmptySubsequences: false)
        guard words.count == 4, let index = Int(words[1]), let count = Int(words[3]),
            let shard = Shard(index, of: count), ShardNames(shard).path(of: name(ofPath: path)) == path
        else { return nil }
        return count
    }

    /// What the file of an undivided dataset is called that a part at a path is of.
    package static func name(ofPath path: String) -> String {
        let parts = path.split(separator: "/").map(String.init)
        let kind = parts[parts.count - 1].drop { $0 != "." }
        return String(parts[0].prefix { $0 != "." } + kind)
    }
}
