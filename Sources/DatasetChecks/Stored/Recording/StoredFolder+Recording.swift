package import DatasetFiles
package import DatasetGen

extension StoredFolder {
    /// What reads the recipe of the folder: the only file that it may name is the recording beside it.
    package var recipeReader: RecipeReader {
        var reader = RecipeReader()
        reader.readRecording = { [self] request in
            guard Recording.namesInDatasets.contains(request.path) else {
                throw RecordingError("\(request.path) is no file of a dataset", isMissing: false)
            }
            let file: StoredFile
            do throws(FileError) {
                file = try self.file(request.path)
            } catch { throw RecordingError(error.description, isMissing: true) }
            var request = request
            request.name = path + "/" + request.path
            return try RecordingReader.read(file, request)
        }
        return reader
    }
}
