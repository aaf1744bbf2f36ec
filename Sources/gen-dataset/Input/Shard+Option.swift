import ArgumentParser
import DatasetGen
import Foundation

extension Shard {
    /// Reads `3/16`, or `env/16`, whose number is that of the job at hand.
    ///
    /// - Throws: `ValidationError` with what would be right.
    static func option(_ text: String) throws -> Shard {
        var numbered = text
        if text.hasPrefix(environment) {
            guard let number = jobNumber else {
                throw ValidationError("one of \(jobVariables.joined(separator: " and ")) has to say which part it is")
            }
            numbered = number + text.dropFirst(environment.count - 1)
        }
        if let shard = Shard(parsing: numbered) { return shard }
        let numbers = numbered.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let index = numbers[0], let count = numbers[1], index >= 0 else {
            throw ValidationError("write I/N, as 0/4 for the first of four parts")
        }
        guard (1...greatestCount).contains(count) else {
            throw ValidationError("there may be 1 to \(greatestCount.grouped) parts")
        }
        throw ValidationError("parts are numbered from 0: of \(count) the last is \(count - 1)/\(count)")
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
