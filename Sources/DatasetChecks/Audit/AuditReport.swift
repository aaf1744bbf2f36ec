public import DatasetGen

/// What an audit says about a dataset.
public struct AuditReport: Sendable {
    /// The file of readings that was read.
    public let fileName: String
    /// Readings of the dataset, omitted ones included.
    public let readings: Int64
    /// Rows that the file has.
    public let rows: Int64
    /// Sensors of the fleet.
    public let sensors: Int
    /// Sensors on which one-liners and healthy steps were measured.
    public let sampledSensors: Int
    /// The columns that a check would look at and the file does not have: that check was not made.
    public let uncheckedColumns: [String]
    /// What is not exact; empty if all is.
    public let findings: [AuditFinding]
    /// Shares asked and realised.
    public let shares: [ShareFigure]
    /// The best one-liner per type.
    public let oneLiners: [OneLinerFigure]
    /// What is found of each difficulty at one rate of false alarms, per type.
    public let difficulties: [DifficultyFigure]
    /// Steps at the edges of events, per type.
    public let edgeSteps: [EdgeStepFigure]
    /// How densely anomalies lie.
    public let density: DensityFigures
    /// Where in the run events begin, per type.
    public let positions: [PositionFigure]
    /// What tells labels and should not.
    public let leaks: [LeakFigure]
    /// Whether places of events tell what comes next.
    public let placement: [PlacementFigure]
    /// What the parts of the splits have in common; nil without splits.
    public let splits: SplitFigures?

    /// Whether the labels are exact.
    public var isExact: Bool { findings.isEmpty }

    /// What tells the next event and should not.
    public var placementLeaks: [PlacementFigure] { placement.filter { $0.leaks == .yes } }

    /// The report as JSON.
    public var json: JSONValue {
        var json: JSONValue = [
            "exact": .literal(isExact ? "true" : "false"),
            "file": .string(fileName),
            "readings": .integer(readings),
            "rows": .integer(rows),
            "sensors": .integer(sensors),
            "sampled_sensors": .integer(sampledSensors),
            "findings": .array(
                findings.map { finding in
                    [
                        "kind": .string(finding.kind.rawValue),
                        "count": .integer(finding.count),
                        "examples": .array(finding.examples.map { .string($0) }),
                    ]
                }
            ),
            "shares": .array(shares.map(\.json)),
            "one_liners": .array(oneLiners.map(\.json)),
            "difficulties": .array(difficulties.map(\.json)),
            "edge_steps": .array(edgeSteps.map(\.json)),
            "density": density.json,
            "positions": .array(positions.map(\.json)),
            "leaks": .array(leaks.map(\.json)),
            "placement": .array(placement.map(\.json)),
        ]
        if let splits { json = json.adding("splits", splits.json) }
        guard !uncheckedColumns.isEmpty else { return json }
        return json.adding("unchecked_columns", .array(uncheckedColumns.map { .string($0) }))
    }
}
