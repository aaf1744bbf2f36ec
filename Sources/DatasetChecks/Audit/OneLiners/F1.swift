/// The F1 score of a detector by events: the harmonic mean of the share of events found and the share of alarms that
/// are right, a run of consecutive false alarms counting once.
///
/// Source: van Rijsbergen, "Information Retrieval", 1979; by events as in Hundman et al., "Detecting Spacecraft Anomalies
/// Using LSTMs and Nonparametric Dynamic Thresholding", KDD 2018, section 4.1.
package struct F1: Hashable, Sendable {
    /// Events with a flagged reading.
    package var hits: Int64
    /// All events.
    package var events: Int64
    /// Runs of normal readings that are flagged, or an estimate of their number.
    package var falseAlarms: Double

    package init(hits: Int64, events: Int64, falseAlarms: Double) {
        self.hits = hits
        self.events = events
        self.falseAlarms = falseAlarms
    }

    /// The share of events found.
    package var recall: Double { events == 0 ? 0 : Double(hits) / Double(events) }

    /// The share of alarms that are right.
    package var precision: Double { hits == 0 ? 0 : Double(hits) / (Double(hits) + falseAlarms) }

    /// The harmonic mean of the two.
    package var value: Double { hits == 0 ? 0 : 2 * recall * precision / (recall + precision) }
}
