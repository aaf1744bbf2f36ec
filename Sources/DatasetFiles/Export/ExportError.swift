/// Why a dataset cannot be exported.
public enum ExportError: Error, CustomStringConvertible {
    /// The format cannot hold what the dataset has.
    case unfit(ExportFormat, reason: String)
    /// No series of the dataset is what the format wants.
    case nothing(ExportFormat, reason: String)
    /// A file cannot be written.
    case file(FileError)

    /// One line on what is wrong and what would be right.
    public var description: String {
        switch self {
        case .unfit(let format, let reason), .nothing(let format, let reason): "as \(format.rawValue): \(reason)"
        case .file(let error): error.description
        }
    }
}
