// How many readings a second one core generates, with nothing written: median, least and most of several runs.
//
//   swift run -c release --package-path benchmarks generation [runs]

let runs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5
print("| readings | M/s (median of \(runs)) | least | most |")
print("| --- | --- | --- | --- |")
for scenario in Scenario.all {
    let rates = try (0..<runs).map { _ in try scenario.rate() }.sorted()
    let texts = [rates[runs / 2], rates[0], rates[runs - 1]].map { "\(($0 * 10).rounded() / 10)" }
    print("| \(scenario.name) | " + texts.joined(separator: " | ") + " |")
}
