import DatasetFiles
import DatasetGen

/// The files of a load in a folder: `readings-00000000-00000007.csv` has the blocks 0 to 7.
///
/// What is being written has a name that begins with a dot, which no program takes for a file of the load.
struct BatchFiles: Sendable {
    let path: String
    let suffix: String
    let identity: LoadIdentity

    private static let prefix = "readings-"
    private static let identityName = ".gen-dataset-load.json"

    private var identityPath: String { path + "/" + Self.identityName }

    /// Makes the folder ready.
    ///
    /// - Returns: the blocks that are there, by files.
    func prepare(_ options: TargetOptions) throws(DeliveryError) -> [Range<Int64>] {
        let names =
            FileSystem.exists(path) ? try reading { () throws(FileError) in try FileSystem.contents(of: path) } : []
        let own = names.filter { blocks(of: $0) != nil }
        if options.ifExists == .replace {
            try reading { () throws(FileError) in
                for name in own + names.filter(isUnfinished) { try FileSystem().remove(file: path + "/" + name) }
            }
        } else if FileSystem.exists(identityPath) {
            guard options.resumes else {
                throw DeliveryError(
                    .occupied,
                    "the folder \(path) holds a load already; --resume finishes it, --verify-only proves it, --if-exists "
                        + "replace puts another in its place"
                )
            }
            try checkIdentity()
            try reading { () throws(FileError) in
                for name in names.filter(isUnfinished) { try FileSystem().remove(file: path + "/" + name) }
            }
            return own.compactMap(blocks)
        } else if let other = names.first {
            throw DeliveryError(
                .occupied,
                "the folder \(path) holds \(other.quoted), which is of no load; name a folder that is empty or not there"
            )
        }
        guard options.creates || FileSystem.exists(path) else {
            throw DeliveryError(.occupied, "there is no folder \(path); --create auto makes it")
        }
        try reading { () throws(FileError) in
            try FileSystem().makeFolders(path)
            try store([Array((identity.json.compactText + "\n").utf8)], as: Self.identityName)
        }
        return []
    }

    /// Throws unless the folder holds this load.
    func checkIdentity() throws(DeliveryError) {
        guard FileSystem.exists(identityPath) else {
            throw DeliveryError(.occupied, "the folder \(path) holds no load: nothing can be proven")
        }
        var text: [UInt8] = []
        try reading { () throws(FileError) in text = try FileReader.contents(of: identityPath) }
        guard let other = LoadIdentity(JSONValue(parsing: text)) else {
            throw DeliveryError(.occupied, "\(identityPath) does not tell of a load, or is damaged")
        }
        if let difference = identity.difference(from: other) {
            throw DeliveryError(.occupied, "the folder \(path) holds another load than this one: \(difference)")
        }
    }

    /// The paths of the files, in the order of their blocks.
    func paths() throws(DeliveryError) -> [String] {
        try reading { () throws(FileError) in try FileSystem.contents(of: path) }
            .filter { blocks(of: $0) != nil }.map { path + "/" + $0 }
    }

    /// Writes the file of some blocks, which is durable then.
    func write(_ blocks: Range<Int64>, _ parts: [[UInt8]]) throws(DeliveryError) {
        let name = "\(Self.prefix)\(blocks.lowerBound.padded(to: 8))-\((blocks.upperBound - 1).padded(to: 8))\(suffix)"
        try reading { () throws(FileError) in try store(parts, as: name) }
    }

    private func store(_ parts: [[UInt8]], as name: String) throws(FileError) {
        let system = FileSystem()
        let hidden = path + "/." + name + ".part"
        let file = try system.open(hidden, .overwriting)
        for part in parts { try file.write(part) }
        try file.flush()
        try file.close()
        try system.move(hidden, to: path + "/" + name)
        try system.flush(folder: path)
    }

    private func isUnfinished(_ name: String) -> Bool { name.hasPrefix("." + Self.prefix) && name.hasSuffix(".part") }

    /// The blocks that a file has by its name; nil for one that is none of the load's.
    private func blocks(of name: String) -> Range<Int64>? {
        guard name.hasPrefix(Self.prefix), name.hasSuffix(suffix) else { return nil }
        let numbers = name.dropFirst(Self.prefix.count).dropLast(suffix.count).split(separator: "-").map { Int64($0) }
        guard numbers.count == 2, let first = numbers[0], let last = numbers[1], first >= 0, first <= last,
            name == "\(Self.prefix)\(first.padded(to: 8))-\(last.padded(to: 8))\(suffix)"
        else { return nil }
        return first..<last + 1
    }

    private func reading<Result>(_ body: () throws(FileError) -> Result) throws(DeliveryError) -> Result {
        do throws(FileError) {
            return try body()
        } catch { throw DeliveryError(error.isCreation ? .occupied : .refused, error.description) }
    }
}
