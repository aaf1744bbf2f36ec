// How many readings a second one core generates, with nothing written: median, least and most of several runs.
//
//   swift run -c release --package-path benchmarks generation [runs] [part of a name]

let runs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5
print("| readings | M/s (median of \(runs)) | least | most |")
print("| --- | --- | --- | --- |")
let part = CommandLine.arguments.dropFirst(2).first ?? ""
for scenario in Scenario.all where part.isEmpty || scenario.name.contains(part) {
    let rates = try (0..<runs).map { _ in try scenario.rate() }.sorted()
    let texts = [rates[runs / 2], rates[0], rates[runs - 1]].map { "\(($0 * 10).rounded() / 10)" }
    print("| \(scenario.name) | " + texts.joined(separator: " | ") + " |")
}
