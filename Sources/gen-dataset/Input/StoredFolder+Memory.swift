import DatasetFiles

/// What a dataset's small files take of the memory, which are read as a whole.
extension StoredFolder {
    /// Bytes.
    var smallFilesBytes: Int64 {
        ["manifest.json", "recipe.yaml"]
            .reduce(0) { sum, name in
                // What is longer is not read.
                sum + min((try? file(name))?.size ?? 0, Self.longest) * Self.bytesPerByte
            }
    }

    /// - Parameter neededBytes: what is done with the dataset takes, its small files aside.
    /// - Throws: ``Failure`` when there is too little memory: what cannot be looked at is neither right nor wrong.
    func checkMemory(_ neededBytes: Int64) throws(Failure) {
        if let shortage = MemorySpace.narrowest(reserving: 0)?.shortage(of: neededBytes + smallFilesBytes) {
            throw Failure("\(path): nothing was checked: \(shortage)", status: .systemError)
        }
    }

    private static let longest: Int64 = 16 << 20
    /// Of a manifest of 16 MiB that is full of short numbers, `verify` takes 245 MB.
    private static let bytesPerByte: Int64 = 15
}
