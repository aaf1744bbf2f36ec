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
    /// Metrics in an order in which each comes behind those that it follows.
    let order: [Int]
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
        order = search.order
        var untold = search.others
        var couplings = search.couplings.map { $0.count == 1 ? [$0[0].withoutNoise(of: metrics)] : $0 }
        var wanders: [Int: FollowedWander] = [:]
        for index in order {
            var followed = FollowedWander(couplings[index], wanders)
            // Quick octaves stand for noise where bounds leave no room for it, and come to whatever follows them: a metric that is
            // followed a little brings more of these than of what the two have in common.
            while metrics[index].isOutpaced(by: followed), let weakest = Self.weakest(of: couplings[index]) {
                let coupling = couplings[index].remove(at: weakest)
                untold.append(.init(follower: index, leader: coupling.leader, correlation: coupling.weight))
                followed = FollowedWander(couplings[index], wanders)
            }
            metrics[index].refineWander(following: couplings[index], followed, of: metrics)
            wanders[index] = followed.adding(metrics[index].wander.course, of: index)
        }
        (self.metrics, self.couplings, self.untold) = (metrics, couplings, untold)
        gaps = RecordingGaps(recording)
    }

    /// The index of the coupling that tells least, among those that tell little.
    private static func weakest(of couplings: [LearnedCoupling]) -> Int? {
        couplings.indices.filter { couplings[$0].weight.magnitude < littleWeight }
            .min { couplings[$0].weight.magnitude < couplings[$1].weight.magnitude }
    }

    /// A leader of a smaller weight tells less than a sixth of the variance.
    private static let littleWeight = 0.4

    /// The recipe.
    ///
    /// - Throws: `RecipeErrors`, which name metric and reason, when no recipe has such readings.
    package func text() throws(RecipeErrors) -> String {
        let settled = try self.settled()
        let sections = metrics.indices.map { index in
            if case .process(let draft, _) = settled[index] { return draft.section }
            return metrics[index].stateSection
        }
        var hasGaps = gaps.share > Self.leastShare
        while true {
            let recipe = try read(write(sections.map { ($0, []) }, withGaps: hasGaps))
            do throws(PlanError) {
                let likeness = LearnedLikeness(try GenerationPlan(recipe).healthyTwin(), metrics)
                let comments = metrics.indices.map { self.comments(on: $0, settled, likeness) }
                return write(Array(zip(sections, comments)), withGaps: hasGaps)
            } catch {
                // Events that lie so close to one another cannot be had.
                guard hasGaps else {
                    throw RecipeErrors([RecipeDiagnostic(origin: nil, keyPath: "", message: "\(error)")])
                }
                hasGaps = false
            }
        }
    }

    /// Less of what there should be is no share of missing readings.
    private static let leastShare = 0.000_05

    /// A recipe that is being made; what is wrong with it is told without lines of a text that nobody sees.
    private func read(_ draft: String) throws(RecipeErrors) -> Recipe {
        do throws(RecipeErrors) {
            return try RecipeReader().read(draft, source: "recipe", defaultName: name).recipe
        } catch {
            throw RecipeErrors(
                error.diagnostics.map { RecipeDiagnostic(origin: nil, keyPath: $0.keyPath, message: $0.message) }
            )
        }
    }

    private func write(_ sections: [(JSONValue, comments: [String])], withGaps hasGaps: Bool) -> String {
        let grid = recording.grid
        let interval = grid.interval.text
        let span = max(grid.end.microseconds - grid.start.microseconds - gaps.commonPause, 1_000_000)
        let count = recording.sensors.count
        var text = """
            # Readings like those of \(source): \(recording.readingCount.grouped(of: "reading")) of \
            \(count.grouped(of: "sensor")), usually \(interval) apart,
            # from \(grid.start.zonedText) on. Edit it as you like; gen-dataset recipes check FILE checks it.
            # "made" is what this recipe makes, "data" what the file has. Not learnt: seasons of variance, holidays,
            # faults; anomalies are yours to add.
            dataset: {\(YAMLText("name", .string(name)).text.dropLast()), start: "\(grid.start.zonedText)", \
            duration: \(DurationText.text(ofMicroseconds: span.inWholeSeconds))}
            simulation: {interval: \(interval)}
            replicas: {count: \(count)}
            metrics:

            """
        for (index, (section, comments)) in sections.enumerated() {
            for comment in comments { text += "  # \(comment)\n" }
            text += YAMLText(metrics[index].name, section).text.foldingShapes.indented
        }
        text += gaps.pauseLines.map { "# \($0)\n" }.joined()
        guard hasGaps else {
            text += "# \(gaps.unlearntLine)\nanomalies: {enabled: false}\n"
            return text
        }
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
