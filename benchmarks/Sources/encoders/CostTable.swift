import KernelRuns

/// The costs of kernels as tables in Markdown.
struct CostTable {
    let costs: [KernelCost]

    /// CPU seconds per million rows that a step may take, of those that have a goal.
    private static let goals: [(kernel: Kernel, most: Double)] = [
        (.generation, 0.06), (.pages, 0.06), (.csv, 0.05), (.json, 0.09),
    ]

    var markdown: String {
        let runs = costs[0].seconds.count
        return """
            # Steps one by one

            Made by `swift run -c release --package-path benchmarks encoders`: CPU time of one thread, nothing written, by
            blocks of 16,384 readings, of 1,000 sensors that report once a second, in the order of time. A row is a reading
            with four metrics, its label and its sensor's particulars.

            | uncompressed | CPU s per million rows (median of \(runs)) | least | most | goal |
            | --- | --- | --- | --- | --- |
            \(Self.goals.map(goalLine).joined(separator: "\n"))

            All steps, in nanoseconds a row:

            | step | ns a row (median of \(runs)) | least | most |
            | --- | --- | --- | --- |
            \(costs.map(line).joined(separator: "\n"))

            """
    }

    private func goalLine(_ goal: (kernel: Kernel, most: Double)) -> String {
        guard let cost = costs.first(where: { $0.kernel == goal.kernel }) else { return "" }
        let figures = figures(cost).map { Self.text($0, decimals: 3) }
        return "| \(cost.kernel.rawValue) | \(figures.joined(separator: " | ")) | ≤ \(goal.most) |"
    }

    private func line(_ cost: KernelCost) -> String {
        let figures = figures(cost).map { Self.text($0 * 1_000, decimals: 1) }
        return "| \(cost.kernel.rawValue) | \(figures.joined(separator: " | ")) |"
    }

    private func figures(_ cost: KernelCost) -> [Double] {
        [cost.median, cost.seconds[0], cost.seconds[cost.seconds.count - 1]]
    }

    /// A number of at least 0 with a fixed number of decimals.
    private static func text(_ number: Double, decimals: Int) -> String {
        let digits = String(Int((number * (decimals == 3 ? 1_000 : 10)).rounded()))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }
}
