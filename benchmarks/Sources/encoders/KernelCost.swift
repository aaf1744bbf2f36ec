import KernelRuns

/// What a kernel takes for a million rows, as several runs have it.
struct KernelCost {
    let kernel: Kernel
    /// CPU seconds per million rows, by size; which is microseconds a row.
    let seconds: [Double]

    var median: Double { seconds[seconds.count / 2] }

    /// Measures all kernels, in turns: what slows the machine for a while then slows all of them.
    ///
    /// Every kernel takes each block just after it was made, as in a run of gen-dataset.
    static func measure(runs: Int) throws -> [KernelCost] {
        let worker = try KernelWorker()
        let rows = Double(KernelWorker.blockCount) * Double(KernelWorker.rowsPerBlock)
        var seconds = Kernel.allCases.map { _ in [Double]() }
        // The first run fills caches and sizes buffers.
        for run in 0...runs {
            var sums = Kernel.allCases.map { _ in 0.0 }
            for block in 0..<KernelWorker.blockCount {
                worker.prepare(block: block)
                for (index, kernel) in Kernel.allCases.enumerated() {
                    let begin = ThreadClock.seconds
                    worker.run(kernel)
                    sums[index] += ThreadClock.seconds - begin
                }
            }
            guard run > 0 else { continue }
            for index in sums.indices { seconds[index].append(sums[index] / rows * 1e6) }
        }
        return zip(Kernel.allCases, seconds).map { KernelCost(kernel: $0, seconds: $1.sorted()) }
    }
}
