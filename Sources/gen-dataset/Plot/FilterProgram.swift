#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A program of the system that turns what it reads into what it writes.
struct FilterProgram {
    private let name: String
    private let arguments: [String]

    /// A program that is looked for in the folders of `PATH`.
    init(_ name: String, _ arguments: [String]) {
        (self.name, self.arguments) = (name, arguments)
    }

    /// What it makes of some bytes; nil if there is no such program.
    ///
    /// The program reads all of its input before it writes any output, or what it has written so far fits into a pipe.
    ///
    /// - Throws: ``Failure`` when it cannot be run, or does not end with success.
    func output(of input: [UInt8]) throws(Failure) -> [UInt8]? {
        var (toProgram, fromProgram): ([Int32], [Int32]) = ([0, 0], [0, 0])
        guard pipe(&toProgram) == 0 else { throw failure(errno) }
        guard pipe(&fromProgram) == 0 else {
            let code = errno
            for end in toProgram { close(end) }
            throw failure(code)
        }
        // An end that the program inherits would never be closed.
        for end in toProgram + fromProgram { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toProgram[0], STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, fromProgram[1], STDOUT_FILENO)
        var words: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let problem = posix_spawnp(&process, name, &actions, nil, &words, environ)
        close(toProgram[0])
        close(fromProgram[1])
        defer { close(fromProgram[0]) }
        guard problem == 0 else {
            close(toProgram[1])
            if problem == ENOENT { return nil }
            throw failure(problem)
        }
        // One that ends early says why itself.
        _ = StandardStreams.write(input, to: toProgram[1])
        close(toProgram[1])
        let output: [UInt8]?
        do throws(InputError) {
            output = try InputFile.contents(of: fromProgram[0], name: name)
        } catch { output = nil }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard status == 0, let output else {
            throw Failure("\(name) has ended without success; what it says stands above", status: .cannotCreate)
        }
        return output
    }

    private func failure(_ code: Int32) -> Failure {
        Failure("cannot run \(name): \(String(cString: strerror(code)))", status: .cannotCreate)
    }
}
