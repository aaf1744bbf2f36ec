import DatasetGen
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The standard streams: results go to stdout, everything else to stderr.
enum Console {
    /// Writes a result and a newline to standard output.
    ///
    /// Names in recipes, datasets and folders may be a stranger's, and a terminal obeys what they contain.
    static func result(_ text: String) {
        let isInColours = Emphasis.isShown(on: STDOUT_FILENO)
        emit(Emphasis.rendered(text, inColours: isInColours, plain: \.printable) + "\n", to: STDOUT_FILENO)
    }

    /// Writes a JSON value on a line of its own to standard output; what cannot be seen in it stands as JSON's escapes.
    static func json(_ value: JSONValue) {
        isJSONWritten.store(true, ordering: .relaxed)
        emit(value.compactText.jsonPrintable + "\n", to: STDOUT_FILENO)
    }

    /// Whether a JSON value is on standard output already: there is one at most.
    static var hasWrittenJSON: Bool { isJSONWritten.load(ordering: .relaxed) }

    private static let isJSONWritten = Atomic(false)

    /// Writes text as it is to standard output.
    static func raw(_ text: String) {
        emit(text, to: STDOUT_FILENO)
    }

    /// Writes a message, on one line, to standard error.
    static func note(_ text: String) {
        let line = text.onOneLine
        let lead = [("error:", Emphasis.bad), ("note:", .note)].first { line.hasPrefix($0.0) }
        let marked = lead.map { $0.1.marking($0.0) + line.dropFirst($0.0.count) } ?? line
        emit(rendered(marked) + "\n", to: STDERR_FILENO)
    }

    /// Writes text, with marks of ``Emphasis``, as it is to standard error.
    static func status(_ text: String) {
        emit(rendered(text), to: STDERR_FILENO)
    }

    private static func rendered(_ text: String) -> String {
        Emphasis.rendered(text, inColours: Emphasis.isShown(on: STDERR_FILENO)) { $0 }
    }

    /// Whether standard error is a terminal.
    static var statusIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// The columns of the terminal behind standard output; 80 if there is none.
    static var width: Int { terminalWidth ?? 80 }

    /// The columns of the terminal behind standard output; nil if there is none.
    static var terminalWidth: Int? { columns(of: STDOUT_FILENO) }

    /// The columns of the terminal behind standard error; nil if there is none.
    static var statusWidth: Int? { columns(of: STDERR_FILENO) }

    private static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Writes all of `text`; a reader that has gone away ends the process as it does any filter.
    ///
    /// Who cannot be told anything on standard error misses notes and progress, and no more.
    private static func emit(_ text: String, to descriptor: Int32) {
        let problem = StandardStreams.write(Array(text.utf8), to: descriptor)
        guard problem != 0, descriptor == STDOUT_FILENO else { return }
        if problem == EPIPE { StandardStreams.endBySignal() }
        note("error: cannot write standard output: \(String(cString: strerror(problem)))")
        exit(ExitStatus.ioError.rawValue)
    }
}
