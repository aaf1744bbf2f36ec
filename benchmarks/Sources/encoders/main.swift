// What each step from a plan to bytes takes of a core, with nothing written; the table goes to the standard output.
//
//   swift run -c release --package-path benchmarks encoders [runs] > benchmarks/results/encoders.md

let runs = max(1, CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 9)
print(CostTable(costs: try KernelCost.measure(runs: runs)).markdown, terminator: "")
