/// Why a recording cannot be had.
package struct RecordingError: Error, CustomStringConvertible {
    /// What is wrong and what would be right, with the place in the file.
    package var description: String
    /// Whether there is no such file, or none that can be read.
    package var isMissing: Bool

    /// A finding about a file.
    package init(_ description: String, isMissing: Bool = false) {
        (self.description, self.isMissing) = (description, isMissing)
    }
}
