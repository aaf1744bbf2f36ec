package import DatasetFormats

/// How closely what is stored is compared with the readings.
package enum Proof: String, CaseIterable, Sendable {
    /// Per sensor and window of time: how many rows.
    case count
    /// Also the least and the greatest time, the exact sum of each metric, and the labels.
    case sums
    /// Every row is read back.
    case rows
    /// Not at all.
    case none
}

/// What a proof has found.
package struct ProofReport: Sendable {
    /// How closely it was looked.
    package var proof: Proof
    /// Rows that there should be.
    package var rows: Int64
    /// Groups of a sensor and a window that were compared.
    package var groups: Int
    /// The identity of the readings that what is stored was compared with.
    package var contentSHA256: String
    /// What is not as it was sent, one line each; empty if all is.
    package var differences: [String]
    /// Rows that were there more than once, of targets that keep what comes again.
    package var repeats: Int64 = 0
    /// Rows of the tables of events and phenomena that were compared, every value.
    package var tables: [SmallTable.Kind: Int] = [:]
    /// Seconds that it took.
    package var seconds = 0.0
}
