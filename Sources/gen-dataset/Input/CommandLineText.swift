/// The words of the command line as the system has handed them over.
enum CommandLineText {
    /// Throws unless all of them are UTF-8.
    ///
    /// What is not cannot be a name here: two such folders would become one, and the second run replace what the first has
    /// written.
    static func check() throws(Failure) {
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let word = CommandLine.unsafeArgv[index], String(validatingCString: word) == nil else { continue }
            throw Failure(
                "argument \(index), \(String(cString: word)), is not UTF-8; names and values are UTF-8 text here",
                status: .wrongUsage
            )
        }
    }
}
