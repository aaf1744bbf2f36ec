import DatasetFiles
import DatasetFormats

/// Where the text of a stored file comes from, or what is made of it to be compared as text.
protocol TextSource: AnyObject {
    /// Bytes of each file so far.
    var byteCounts: [Int64] { get }

    /// What is wrong with the file as far as it has been read; nil if nothing.
    var problem: String? { get }

    /// Appends the next piece of text; false at the end, be it right or wrong.
    ///
    /// - Throws: ``FileError`` when the file cannot be read.
    func read(into text: inout ByteBuffer) throws(FileError) -> Bool
}

extension TextStream: TextSource {}
