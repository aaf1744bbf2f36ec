import DatasetFiles
package import DatasetGen
import Synchronization

/// Which blocks of a load a target has acknowledged: a file on this machine, for targets that cannot note it with the rows.
///
/// A text: its first line says which load it is, each further one that blocks are on their way (`>`) or are there (`=`), or
/// where in the target the load begins (`@`). That
/// they are on their way is on the disk before they are sent, that they are there before others are. So after any interruption
/// a block is known to be there, known not to have been sent, or uncertain: sent, and not acknowledged.
package final class LoadJournal: Sendable {
    /// Where it is.
    package let path: String
    private let identity: LoadIdentity
    private let blockCount: Int64
    private let shared = Mutex(Shared())

    private struct Shared {
        var file: OpenFile?
        var uncertain: Set<Int64> = []
        var marks: [Int64]?
    }

    /// The journal of a load of a plan's readings.
    ///
    /// - Parameters:
    ///   - path: where it is; nil for a name that follows from the target, in the working folder.
    ///   - identity: which load it is.
    ///   - plan: the readings.
    package init(path: String?, of identity: LoadIdentity, _ plan: GenerationPlan) {
        self.path = path ?? identity.fileName
        self.identity = identity
        blockCount = plan.blockCount
    }

    /// Begins a load, or goes on with the interrupted one.
    ///
    /// - Parameters:
    ///   - options: whether an interrupted load is finished, or what is there replaced.
    ///   - begin: makes the target ready for a new load.
    /// - Returns: the blocks that are there.
    /// - Throws: ``DeliveryError`` if there is one that is not to be finished, or not this one.
    package func open(
        _ options: TargetOptions,
        begin: () throws(DeliveryError) -> Void
    ) throws(DeliveryError) -> BlockSet {
        if FileSystem.exists(path), options.ifExists != .replace {
            guard options.resumes else {
                throw DeliveryError(
                    .occupied,
                    "\(path) tells of an interrupted load into \(identity.target); --resume finishes it, "
                        + "--if-exists replace starts over"
                )
            }
            return try resume()
        }
        let isNew = !FileSystem.exists(path)
        try claim(isNew ? .creating : .existing)
        do throws(DeliveryError) {
            try begin()
        } catch {
            if isNew { close(removing: true) }
            throw error
        }
        let first = Array((identity.json.compactText + "\n").utf8)
        try changeFile { file throws(FileError) in
            try file.cut(to: 0)
            try file.write(first)
            try file.flush()
            try FileSystem().flush(folder: FileSystem.parent(of: path))
        }
        return BlockSet(of: blockCount)
    }

    /// The error where a target holds something, and no journal says that it is this load's.
    func occupied(_ target: String, by things: String) -> DeliveryError {
        DeliveryError(
            .occupied,
            "\(target) holds \(things) already, and there is no journal \(path) of an interrupted load; --verify-only proves "
                + "an earlier one, --if-exists append adds to the \(things), --if-exists replace puts others in their place"
        )
    }

    private func resume() throws(DeliveryError) -> BlockSet {
        var done = BlockSet(of: blockCount)
        var sent: Set<Int64> = []
        var text: [UInt8] = []
        try claim(.existing)
        try storing { () throws(FileError) in
            text = try FileReader.contents(of: path)
            // A line that was not written to its end says nothing.
            let whole = (text.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
            text.removeLast(text.count - whole)
        }
        let whole = Int64(text.count)
        try changeFile { file throws(FileError) in try file.cut(to: whole) }
        let lines = text.split(separator: UInt8(ascii: "\n"))
        guard let other = lines.first.flatMap({ LoadIdentity(JSONValue(parsing: Array($0))) }) else {
            throw DeliveryError(.occupied, "\(path) is no journal of a load, or a damaged one")
        }
        if let difference = identity.difference(from: other) {
            throw DeliveryError(
                .occupied,
                "\(path) tells of another load, which these readings cannot finish: \(difference)"
            )
        }
        for line in lines.dropFirst() {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            if words[0] == "@" {
                let marks = words.dropFirst().compactMap { Int64($0) }
                shared.withLock { $0.marks = marks }
                continue
            }
            for word in words.dropFirst() {
                guard let block = Int64(word), block >= 0, block < blockCount, words[0] == ">" || words[0] == "=" else {
                    throw DeliveryError(
                        .occupied,
                        "\(path) is damaged: it has the line \(words.joined(separator: " "))"
                    )
                }
                if words[0] == "=" { done.insert(block) } else { sent.insert(block) }
            }
        }
        let uncertain = sent.filter { !done.contains($0) }
        shared.withLock { $0.uncertain = uncertain }
        return done
    }

    /// Whether a block was sent by an earlier run that has not seen it acknowledged.
    func isUncertain(_ block: Int64) -> Bool { shared.withLock { $0.uncertain.contains(block) } }

    /// Where in the target the load begins, if that was noted.
    var marks: [Int64]? { shared.withLock { $0.marks } }

    /// Notes where in the target a load begins that has sent nothing.
    func note(marks: [Int64]) throws(DeliveryError) {
        shared.withLock { $0.marks = marks }
        try append("@", marks, isFlushed: true)
    }

    /// Notes that blocks are on their way.
    func begin(_ blocks: [Int64]) throws(DeliveryError) { try append(">", blocks, isFlushed: true) }

    /// Notes that blocks are there.
    func acknowledge(_ blocks: [Int64]) throws(DeliveryError) { try append("=", blocks, isFlushed: false) }

    /// Removes the journal of a load that is complete.
    package func remove() { close(removing: true) }

    private func append(_ sign: String, _ numbers: [Int64], isFlushed: Bool) throws(DeliveryError) {
        let line = sign + numbers.map { " \($0)" }.joined() + "\n"
        try changeFile { file throws(FileError) in
            try file.write(Array(line.utf8))
            // What follows flushes it too; if the machine stops before, the block is uncertain.
            if isFlushed { try file.flush() }
        }
    }

    /// Opens the file, for this process alone.
    private func claim(_ mode: OpenFile.Mode) throws(DeliveryError) {
        try storing { () throws(FileError) in
            let failure: FileError? = shared.withLock { shared in
                do throws(FileError) {
                    let file = try FileSystem().open(path, mode)
                    try file.claim()
                    shared.file = file
                } catch { return error }
                return nil
            }
            if let failure { throw failure }
        }
    }

    private func close(removing isRemoved: Bool) {
        shared.withLock { shared in
            if isRemoved, shared.file != nil { try? FileSystem().remove(file: path) }
            shared.file = nil
        }
    }

    private func changeFile(_ body: (OpenFile) throws(FileError) -> Void) throws(DeliveryError) {
        try storing { () throws(FileError) in
            let failure: FileError? = shared.withLock { shared in
                guard let file = shared.file else { return nil }
                do throws(FileError) { try body(file) } catch { return error }
                return nil
            }
            if let failure { throw failure }
        }
    }

    private func storing(_ body: () throws(FileError) -> Void) throws(DeliveryError) {
        do throws(FileError) {
            try body()
        } catch {
            throw DeliveryError(error.isCreation ? .occupied : .refused, error.description)
        }
    }
}
