import DatasetGen

/// What a pass over all readings has found.
struct RowFindings: Sendable {
    /// One text file of readings.
    struct Text: Sendable {
        let fileName: String
        /// What is wrong with the file as a compressed file; nil if nothing.
        let damage: String?
        /// What is wrong with its rows.
        let problems: Problems
        /// The row behind which nothing was compared; nil if all was.
        let lastCompared: Int64?
        /// Bytes of the text of each file, uncompressed.
        let byteCounts: [Int64]
        /// Rows that all files together should have.
        let rowCount: Int64
        /// Rows that each file should have.
        let rowCounts: [Int64]
    }

    /// Whether all readings could be had; if not, sums over them mean nothing.
    let isComplete: Bool
    /// Rows in each file.
    let rowCount: Int64
    /// What is wrong with the rows of the SQLite file, or of the file that the readings come from.
    let problems: Problems
    /// What is wrong with the rows of a SQLite file of other columns than every dataset's.
    let tableProblems: Problems
    /// What is wrong with the rows' labels.
    let labelProblems: Problems
    /// What is wrong with the event table.
    var eventProblems: Problems
    /// What is wrong with the table of what has happened to readings on their way.
    var deliveryProblems = Problems()
    /// What has happened to them.
    let deliveryCounts: DeliveryCounts
    /// Events per ``AnomalyType/rawValue``.
    let eventCounts: [Int64]
    /// Of all readings.
    let statistics: DatasetStatistics
    /// The identity of the content.
    let contentSHA256: String
    /// The text files.
    var texts: [Text] = []

    /// The number of events.
    var eventCount: Int64 { eventCounts.reduce(0, +) }

    /// Readings without a row.
    var omittedCount: Int64 { statistics.labels.reduce(0) { $0 + $1.omitted } }
}
