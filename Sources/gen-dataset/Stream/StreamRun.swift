import DatasetFiles
import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `gen-dataset recipe FILE --output -`: readings to standard output, and nothing else.
///
/// Signals end it as they do any filter: there is nothing to clean up.
struct StreamRun {
    private let stream: ReadingStream
    private let line: ProgressLine?

    init(_ plan: GenerationPlan, _ part: StreamOptions, _ shard: Shard?, workerCount: Int, _ line: ProgressLine?) throws
    {
        self.line = line
        let selection = try part.selection(of: plan, shard)
        do throws(StreamError) {
            stream = try ReadingStream(plan, selecting: selection, workerCount: workerCount) { line?.update($0) }
        } catch { throw Failure(error, plan.recipe) }
    }

    /// Runs until all is written.
    ///
    /// - Throws: ``Failure`` when it cannot be; a reader that has gone away ends the process.
    func run() async throws -> GenerationProgress {
        defer { line?.finish() }
        // A file-size limit then is an error of write(2) like any other.
        signal(SIGXFSZ, SIG_IGN)
        Self.widenPipe()
        return try await stream.write { bytes in
            let problem = StandardStreams.write(bytes, to: STDOUT_FILENO)
            if problem == EPIPE { StandardStreams.endBySignal() }
            guard problem == 0 else {
                throw Failure("cannot write standard output: \(String(cString: strerror(problem)))", status: .ioError)
            }
        }
    }

    /// Has the pipe take more at a time than its 64 KiB, where that is allowed: each of its fillings waits for the reader.
    private static func widenPipe() {
        #if os(Linux)
        _ = fcntl(STDOUT_FILENO, setPipeSize, 1 << 20)
        #endif
    }

    /// Linux' F_SETPIPE_SZ, which its headers have for programs in GNU's C alone.
    private static let setPipeSize: Int32 = 1_031
}
