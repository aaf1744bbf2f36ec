public import DatasetGen

/// How many events of each difficulty a one-liner finds that may raise one false alarm in a thousand normal readings.
///
/// At one rate of false alarms the recall is what a difficulty should change: a threshold that is best for all events of a
/// type together, as that of ``OneLinerFigure``, says less of each.
public struct DifficultyFigure: Sendable {
    /// False alarms, as runs of consecutive normal readings, by normal readings.
    public static let falseAlarmRate = 0.001
    /// Fewer events of a difficulty say nothing of it.
    static let leastEvents: Int64 = 20

    /// The type.
    public let type: AnomalyType
    /// The one-liner that finds most events of the type at that rate.
    public let oneLiner: OneLiner
    /// Its threshold, in the metric's unit; with any metric, in healthy root mean squares.
    public let threshold: Double
    /// What it finds, from easy to hard.
    public let difficulties: [OneLinerFigure.Difficulty]

    /// Whether harder events are found no more often: by three standard errors of the difference of two shares.
    public var falls: Verdict {
        let known = difficulties.filter { $0.events >= Self.leastEvents }
        guard known.count > 1 else { return .tooFew }
        let rises = zip(known, known.dropFirst())
            .contains { easier, harder in
                let share = Double(easier.hits + harder.hits) / Double(easier.events + harder.events)
                let error = (share * (1 - share) * (1 / Double(easier.events) + 1 / Double(harder.events))).squareRoot()
                return (harder.recall ?? 0) - (easier.recall ?? 0) > 3 * error
            }
        return rises ? .no : .yes
    }

    var json: JSONValue {
        [
            "anomaly_type": .string(type.name),
            "one_liner": .string(oneLiner.text),
            "metric": .text(oneLiner.metric),
            "threshold": .rounded(threshold, decimals: 6),
            "difficulties": .array(difficulties.map(\.json)),
            "falls": .string(falls.rawValue),
        ]
    }
}
