/// A folder in memory that holds the files of the input at hand.
struct Scratch {
    let folder: String

    /// The folder that `fuzz/run` and `fuzz/replay` make and remove.
    init() {
        guard let folder = getenv("FUZZ_SCRATCH") else { fail("FUZZ_SCRATCH is not set; use fuzz/run or fuzz/replay") }
        self.folder = String(cString: folder)
    }

    func path(_ name: String) -> String { folder + "/" + name }

    /// Writes a file in place of what there may be.
    func write(_ bytes: [UInt8], to name: String) {
        let file = open(path(name), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        require(file >= 0, "cannot write \(path(name))")
        let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        require(written == bytes.count, "cannot write \(path(name))")
        close(file)
    }

    /// Removes a file if it is there.
    func remove(_ name: String) { unlink(path(name)) }
}
