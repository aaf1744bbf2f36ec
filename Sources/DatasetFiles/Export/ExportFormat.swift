/// A form in which those who compare detectors take series.
public enum ExportFormat: String, CaseIterable, Sendable {
    /// TimeEval, GutenTAG and aeon: a folder per series, and `datasets.csv`.
    case timeEval = "timeeval"
    /// TSB-AD: a file per series, whose name says where training ends.
    case tsbAD = "tsb-ad"
    /// NAB: a file per metric of a sensor, and windows of labels.
    case nab
    /// The UCR anomaly archive: a file per event, one value a line.
    case ucr
    /// Windows as arrays of NumPy.
    case npy

    /// Whether a series is told apart into training and test by time.
    var needsTraining: Bool { self == .timeEval || self == .tsbAD || self == .ucr }

    /// Whether a reading can be without values.
    var takesMissing: Bool { self == .npy }

    /// The names of all, for a sentence.
    public static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
