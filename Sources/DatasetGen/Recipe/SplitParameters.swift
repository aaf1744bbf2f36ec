/// Into which parts the readings of a dataset are split, for those who learn from it.
///
/// The parts follow from the recipe and the seed alone: a longer run and a larger fleet keep what a reading is in.
public struct SplitParameters: Hashable, Sendable {
    /// What decides which part a reading is in.
    public enum Basis: String, CaseIterable, Sendable {
        /// When it is taken: training first, then validation, then test.
        case time
        /// Which sensor takes it.
        case sensor
        /// In which city: the sensors of a city share its weather.
        case city
        /// When it is taken: a first fold, and folds of one length behind it.
        case forward
    }

    /// What decides.
    public package(set) var basis: Basis
    /// The names of the parts, in order.
    public package(set) var parts: [String]
    /// By time and forward: microseconds from the start to the beginning of each part but the first, in rising order.
    public package(set) var cuts: [Int64] = []
    /// By sensor and city: the expected share of each part but the first.
    public package(set) var shares: [Double] = []
    /// Forward: microseconds of each fold but the first.
    public package(set) var fold: Int64?
    /// By time and forward: microseconds from each cut on whose readings are in no part.
    public package(set) var embargo: Int64 = 0
    /// Whether anomalous readings are in no part where they would be in the first.
    public package(set) var isNormalOnly = false
    /// By sensor and city: what draws others of them.
    public package(set) var seed: UInt64 = 0

    /// Whether each part has files of its own, in formats that have them; see ``OutputFormat/hasPartFiles``.
    public package(set) var hasFiles = false

    /// Folds are numbered with two digits.
    static let maximumFoldCount = 100

    /// What the parts are called but for folds.
    static let (training, validation, test) = ("train", "validation", "test")

    /// The share that is in the test part unless stated otherwise.
    static let defaultTestShare = 0.2

    /// Whether the time decides.
    package var isByTime: Bool { basis == .time || basis == .forward }

    /// Every name that a part can have.
    package static let allParts = [training, validation, test] + (0..<maximumFoldCount).map { fold($0) }

    /// The name of a fold.
    static func fold(_ number: Int) -> String { "fold_\(number < 10 ? "0" : "")\(number)" }
}
