public import DatasetFiles
public import DatasetGen

/// Why a dataset cannot be audited.
public enum AuditError: Error, Hashable, CustomStringConvertible {
    /// There is no file of readings.
    case noReadings(folder: String)
    /// There is no file of readings in the format asked for, but in others.
    case format(folder: String, asked: OutputFormat, stored: [OutputFormat])
    /// No file of readings has all columns that an audit reads; of each, why.
    case columns(folder: String, files: [String])
    /// There is no event table.
    case noEvents(folder: String)
    /// A file cannot be read.
    case file(FileError)
    /// The healthy twin cannot be made.
    case plan(PlanError)

    /// One line on what is wrong.
    public var description: String {
        switch self {
        case .noReadings(let folder): "\(folder) has no readings to audit"
        case .format(let folder, let asked, let stored):
            "\(folder) has no readings in \(asked.rawValue), but in \(stored.map(\.rawValue).joined(separator: ", "))"
        case .columns(let folder, let files):
            "\(folder) has no readings that an audit can read: \(files.joined(separator: "; "))"
        case .noEvents(let folder): "\(folder) has no events.csv"
        case .file(let error): error.description
        case .plan(let error): "\(error.keyPath): \(error.description)"
        }
    }
}
