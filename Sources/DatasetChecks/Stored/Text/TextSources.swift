import DatasetFiles
import DatasetFormats

/// The texts of several files, one behind the other.
final class TextSources: TextSource {
    private let sources: [any TextSource]
    private var index = 0

    init(_ sources: [any TextSource]) { self.sources = sources }

    var byteCounts: [Int64] { sources.flatMap { $0.byteCounts } }

    var problem: String? { sources[index].problem }

    func read(into text: inout ByteBuffer) throws(FileError) -> Bool {
        while try !sources[index].read(into: &text) {
            guard problem == nil, index + 1 < sources.count else { return false }
            index += 1
        }
        return true
    }
}
