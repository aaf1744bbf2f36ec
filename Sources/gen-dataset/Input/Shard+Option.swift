public import ArgumentParser
public import DatasetGen
import Foundation

extension Shard: ExpressibleByArgument {
    /// Reads `3/16`, or `env/16`, whose number is that of the job at hand.
    public init?(argument: String) {
        guard argument.hasPrefix(Self.environment) else {
            self.init(parsing: argument)
            return
        }
        guard let number = Self.jobNumber else { return nil }
        self.init(parsing: number + argument.dropFirst(Self.environment.count - 1))
    }

    /// What stands for the number of the job.
    private static let environment = "env/"

    /// The variables in which schedulers tell a job its number: those of Slurm's arrays and of Kubernetes' indexed jobs.
    private static let jobVariables = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"]

    /// The number that the only one of these variables says.
    private static var jobNumber: String? {
        let numbers = jobVariables.compactMap { ProcessInfo.processInfo.environment[$0] }
        return numbers.count == 1 ? numbers[0] : nil
    }
}

extension Recipe {
    /// Throws if files of a recipe cannot be in shards.
    ///
    /// - Throws: ``Failure``.
    func check(_ shard: Shard) throws(Failure) {
        if let output = outputs.first(where: { $0.timePerFile != nil }) {
            throw Failure(
                "--shard \(shard.text) does not go with outputs.\(output.format.rawValue).time_per_file: both part its files",
                status: .wrongUsage
            )
        }
    }
}
