import DatasetFiles
import DatasetFormats
import DatasetGen

extension StoredFolder {
    /// The files of readings of a plan, in the shards that there are.
    func outputs(of plan: GenerationPlan) -> [ReadingOutput] {
        plan.readingOutputs.map { output in
            var output = output
            output.shardCount = shardCount
            return output
        }
    }

    /// Whether there are all files of an output.
    func has(_ output: ReadingOutput) -> Bool { output.fileNames.allSatisfy { has($0) } }

    /// The files of an output, in their order.
    ///
    /// - Throws: ``FileError`` when one cannot be opened.
    func files(of output: ReadingOutput) throws(FileError) -> (first: StoredFile, following: [StoredFile]) {
        var files: [StoredFile] = []
        for name in output.fileNames { files.append(try file(name)) }
        return (files[0], Array(files.dropFirst()))
    }
}
