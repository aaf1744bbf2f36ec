import DatasetDelivery
import DatasetFiles
import DatasetGen
import Synchronization

/// The file that tells which blocks a target has refused: an object in a line each.
///
/// It is made when there is one.
final class RefusalFile: Sendable {
    private let path: String
    private let file = Mutex<OpenFile?>(nil)

    /// - Parameters:
    ///   - path: where it is.
    ///   - goesOn: whether a file that is there is added to.
    /// - Throws: ``Failure`` when there is one, and nothing is to be added to it.
    init(_ path: String, goesOn: Bool) throws(Failure) {
        self.path = path
        if FileSystem.exists(path), !goesOn {
            throw Failure("--errors \(path.quoted): there is such a file already", status: .cannotCreate)
        }
    }

    /// Tells of a block; that it cannot is noted.
    func tell(_ refused: RefusedBlock) {
        let failure: FileError? = file.withLock { file in
            do throws(FileError) {
                if file == nil { file = try opened() }
                guard let open = file else { return nil }
                try open.write(Array((refused.json.compactText + "\n").utf8))
                try open.flush()
                return nil
            } catch { return error }
        }
        if let failure { Console.note("note: \(failure.description)") }
    }

    private func opened() throws(FileError) -> OpenFile {
        let file = try FileSystem().open(path, .claiming)
        try file.cut(to: Int64(FileReader.contents(of: path).count))
        return file
    }
}
