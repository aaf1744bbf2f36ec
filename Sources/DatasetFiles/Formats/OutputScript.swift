import DatasetFormats
package import DatasetGen

/// A small file beside an output that says how it is loaded.
package struct OutputScript: Sendable {
    /// Its name in the dataset folder.
    package let name: String
    /// What it is written in, as the manifest has it.
    let format: String
    /// Its content.
    package let text: String

    /// What the manifest says of it.
    package var entry: ManifestFile {
        ManifestFile(path: name, format: format, rows: 1, uncompressedBytes: Int64(text.utf8.count))
    }
}

extension Recipe {
    /// The small files beside the outputs, in the order of these; `shardCount` is how many shards each file of readings is in, nil
    /// for undivided ones.
    package func scripts(shardCount: Int? = nil) -> [OutputScript] {
        outputs.flatMap { parameters in
            var output = ReadingOutput(parameters: parameters, of: self)
            output.shardCount = shardCount
            return RegisteredFormats.format(of: parameters.format).scripts(output, of: output.fileNames)
        }
    }
}
