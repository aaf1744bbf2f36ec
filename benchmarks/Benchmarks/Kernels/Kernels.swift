import Benchmark
import KernelRuns

// An iteration is 61 blocks, a million rows but for 576: scaled by a million, a figure is nanoseconds a row.
//
//   swift package --package-path benchmarks --allow-writing-to-package-directory benchmark --no-progress --scale
let benchmarks: @Sendable () -> Void = {
    for kernel in Kernel.allCases {
        Benchmark(
            kernel.rawValue,
            configuration: .init(
                metrics: [.cpuTotal, .wallClock],
                timeUnits: .nanoseconds,
                warmupIterations: 1,
                scalingFactor: .mega,
                maxDuration: .seconds(5),
                maxIterations: 25
            )
        ) { benchmark in
            let worker = try KernelWorker()
            // Outside the measured time, and one block for all: clocks are read per iteration, not per block.
            worker.prepare(block: 7)
            worker.run(kernel)
            benchmark.startMeasurement()
            for _ in 0..<KernelWorker.blockCount { worker.run(kernel) }
            benchmark.stopMeasurement()
        }
    }
}
