package import DatasetGen

/// Makes a recipe whose readings are like those of a recording.
///
/// The recipe is plain text for people to edit: metrics of the model `process`, with a comment on each that says how well it
/// is caught. `docs/own-data.md` has the methods.
package struct RecipeLearner {
    let recording: Recording
    private let name: String
    private let source: String
    let metrics: [LearnedMetric]
    /// By metric: what it follows.
    let couplings: [[LearnedCoupling]]
    /// Correlations that no coupling tells of.
    let untold: [LearnedCoupling.Other]
    private let gaps: RecordingGaps

    /// Learns from a recording.
    ///
    /// - Parameters:
    ///   - recording: the readings.
    ///   - name: what the dataset of the recipe is called.
    ///   - source: how the recipe names the file.
    package init(_ recording: Recording, name: String, source: String) {
        (self.recording, self.name, self.source) = (recording, name, source)
        let columns = inParallel(recording.metrics.count, atLeast: 1) { range in
            range.map { LearnedMetric(recording, metric: $0) }
        }
        var metrics = columns.flatMap { $0 }.compactMap { $0 }
        let search = CouplingSearch(metrics.map(\.rest))
        (couplings, untold) = (search.couplings, search.others)
        var wanders: [Int: FollowedWander] = [:]
        for index in search.order {
            let followed = FollowedWander(couplings[index], wanders)
            metrics[index].refineWander(following: couplings[index], followed, of: metrics)
            wanders[index] = followed.adding(metrics[index].wander.course, of: index)
        }
        self.metrics = metrics
        gaps = RecordingGaps(recording)
    }

    /// The recipe.
    ///
    /// - Throws: `RecipeErrors` when no recipe has such readings.
    package func text() throws(RecipeErrors) -> String {
        // Shares that add up to more than there is are made smaller, all of a metric alike; then it is no longer coupled; and what no
        // model has inside its bounds has a normal distribution around its mean.
        var factors = metrics.map { _ in 1.0 }
        while true {
            let parts = metrics.indices.map { section(of: $0, factors: factors) }
            let draft = write(parts.map { ($0, []) })
            do throws(RecipeErrors) {
                let recipe = try RecipeReader().read(draft, source: "recipe", defaultName: name).recipe
                let likeness = LearnedLikeness(recipe, metrics)
                return write(metrics.indices.map { (parts[$0], comments(on: $0, likeness)) })
            } catch {
                let refused = metrics.indices.filter { index in
                    let key = "metrics." + metrics[index].name
                    return error.diagnostics.contains { $0.keyPath == key || $0.keyPath.hasPrefix(key + ".") }
                }
                let able = (refused.isEmpty ? Array(metrics.indices) : refused).filter { factors[$0] >= 0 }
                guard !able.isEmpty else { throw error }
                for index in able {
                    let factor = factors[index]
                    factors[index] = factor > 0.5 ? factor * 0.95 : factor > 0 ? 0 : -1
                }
            }
        }
    }

    private func write(_ sections: [(JSONValue, comments: [String])]) -> String {
        let grid = recording.grid
        let interval = grid.interval.text
        let span = max(grid.end.microseconds - grid.start.microseconds, 1_000_000)
        let count = recording.sensors.count
        var text = """
            # Readings like those of \(source): \(recording.readingCount.grouped(of: "reading")) of \
            \(count.grouped(of: "sensor")), usually \(interval) apart,
            # from \(grid.start.zonedText) on. Edit it as you like; gen-dataset recipes check FILE checks it.
            # "made" is what this recipe makes, "data" what the file has. Not learnt: seasons of variance, holidays,
            # faults; anomalies are yours to add.
            dataset: {name: \(name), start: "\(grid.start.zonedText)", \
            duration: \(DurationText.text(ofMicroseconds: span.inWholeSeconds))}
            simulation: {interval: \(interval)}
            replicas: {count: \(count)}
            metrics:

            """
        for (index, (section, comments)) in sections.enumerated() {
            for comment in comments { text += "  # \(comment)\n" }
            text += YAMLText(metrics[index].name, section).text.foldingShapes.indented
        }
        if gaps.share > 0.000_05 {
            let seconds = max(grid.interval.seconds, gaps.meanLength * grid.interval.seconds)
            let length = DurationText.text(ofMicroseconds: Int64(seconds * 1e6).inWholeSeconds)
            let share = FixedPoint(rounding: gaps.share, decimals: 4).text
            let mode = gaps.empty > gaps.missing ? "null" : "omit"
            text += """
                # \(gaps.missing.grouped) readings did not come, \(gaps.empty.grouped) rows have no value; \
                stretches of either: \(gaps.stretches.grouped).
                anomalies:
                  probability: \(share)
                  types:
                    missing_data: {duration: \(length), modes: [\(mode)]}

                """
        } else {
            text += "# No reading is missing.\nanomalies: {enabled: false}\n"
        }
        return text
    }
}

extension Int64 {
    /// Rounded to whole seconds, where it is longer than some.
    fileprivate var inWholeSeconds: Int64 { self < 10_000_000 ? self : (self + 500_000) / 1_000_000 * 1_000_000 }
}

extension String {
    /// The shapes of weeks in this YAML by days, a line each.
    fileprivate var foldingShapes: String {
        var text = ""
        for line in split(separator: "\n") {
            guard let list = line.firstRange(of: "shape: [") else {
                text += line + "\n"
                continue
            }
            let numbers = line[list.upperBound...].dropLast().split(separator: ", ")
            let indent = String(repeating: " ", count: line.distance(from: line.startIndex, to: list.lowerBound))
            let length = max(1, numbers.count / 7)
            text += "\(line[..<list.upperBound])\n"
            for (index, day) in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].enumerated() {
                let part = numbers.dropFirst(index * length).prefix(length).joined(separator: ", ")
                text += "\(indent)  \(part)\(index < 6 ? "," : "") # \(day)\n"
            }
            text += "\(indent)]\n"
        }
        return text
    }

    /// Each line by two spaces.
    fileprivate var indented: String {
        split(separator: "\n").map { "  \($0)\n" }.joined()
    }
}
