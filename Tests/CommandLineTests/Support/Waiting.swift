import Foundation
import Testing

extension Workspace {
    /// Waits until a run has written readings; fails if it ends before, or takes too long.
    func waitForReadings(in folder: String, of process: RunningProcess) throws {
        let file = path("\(folder)/readings.csv.gz")
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline, process.isRunning {
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            if let size = attributes?[.size] as? Int, size > 100_000 { return }
            usleep(10_000)
        }
        Issue.record("the run has written no readings")
        throw CancellationError()
    }
}
