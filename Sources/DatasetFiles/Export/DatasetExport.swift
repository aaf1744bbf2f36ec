public import DatasetGen

/// Exports the readings of a dataset as those who compare detectors take them.
///
/// They are computed from the dataset's recipe: what `verify` says of the files holds for them.
public struct DatasetExport {
    private let plan: GenerationPlan
    private let options: ExportOptions

    /// What an export has come to.
    public struct Summary: Sendable {
        /// Files of series, folders of series or arrays.
        public var series = 0
        /// Anomalies that are labelled in them.
        public var anomalies = 0
        /// Sensors that were left out.
        public var skipped = 0
    }

    /// An export of a plan.
    ///
    /// - Throws: ``ExportError/unfit(_:reason:)`` where the format cannot hold what the dataset has.
    public init(_ plan: GenerationPlan, _ options: ExportOptions) throws(ExportError) {
        (self.plan, self.options) = (plan, options)
        if let reason = plan.unfitness(for: options.format) { throw .unfit(options.format, reason: reason) }
    }

    /// Writes the export into a new folder.
    ///
    /// Memory: the readings of one sensor.
    public func write(to path: String) throws(ExportError) -> Summary {
        let folder: ExportFolder
        let summary: Summary
        do throws(FileError) {
            folder = try ExportFolder(path)
            summary = try options.format.makeExport(ExportTask(plan: plan, options: options, folder: folder)).write()
            if summary.series > 0 { try folder.publish() } else { try folder.remove() }
        } catch { throw .file(error) }
        if summary.series == 0 { throw .nothing(options.format, reason: nothingReason) }
        return summary
    }

    private var nothingReason: String {
        switch options.format {
        case .npy:
            "no sensor has as many readings one after the other in one part as a window has; --window can be less"
        default:
            "no sensor has an anomaly behind its training; splits.test_from must be earlier, or "
                + "anomalies.probability higher"
        }
    }
}

extension GenerationPlan {
    /// Why a format cannot hold the readings; nil if it can.
    fileprivate func unfitness(for format: ExportFormat) -> String? {
        if recipe.delivery != nil {
            return "series are of readings as they were taken, and the recipe has a section delivery"
        }
        if let metric = recipe.schema.metrics.first(where: { !$0.states.isEmpty }) {
            return "the metric \(metric.name) has states, which are no numbers"
        }
        if format.needsTraining, recipe.splits?.basis != .time {
            return "it tells training from test by time, and the recipe has no splits by time"
        }
        guard !format.takesMissing else { return nil }
        if let metric = recipe.schema.metrics.first(where: \.isOptional) {
            return "readings of the metric \(metric.name) may be without a value, which it does not take"
        }
        let sections = ([recipe.anomalies] + recipe.groups.compactMap(\.anomalies)).filter(\.isEnabled)
        let effects = sections.flatMap(\.types) + (sections.isEmpty ? [] : recipe.incidents.map(\.effect))
        let isMissing = effects.contains { effect in
            effect.type == .missingData && effect.missingModes.contains { [.blank, .omit].contains($0) }
        }
        return isMissing
            ? "missing_data leaves readings without values, which it does not take; its modes can be stuck, sentinel, rail, or "
                + "it can be disabled" : nil
    }

    /// The dataset's name with letters, digits and nothing that file names are cut at.
    var exportName: String {
        let name = recipe.name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return name.isEmpty ? "dataset" : name
    }
}

extension Int {
    /// The number with at least three digits.
    var numberText: String { padded(to: 3) }
}
