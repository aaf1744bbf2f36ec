import Foundation
import Testing

extension Workspace {
    /// The files of a recipe have the same bytes on one thread, on other numbers of them, finished after an interruption, and of the
    /// resolved recipe.
    ///
    /// - Parameters:
    ///   - recipe: long enough to be interrupted; it writes CSV as well.
    ///   - threads: other numbers of threads.
    /// - Throws: where a command cannot be run.
    func expectSameBytes(of recipe: String, threads: String...) throws {
        try write(recipe, to: "long.yaml")
        let command = ["recipe", "long.yaml", "--progress", "never", "-o"]
        #expect(try run(command + ["whole", "--threads", "1"]).status == 0)
        for threads in threads {
            #expect(try run(command + [threads, "--threads", threads]).status == 0)
            #expect(try differences("whole", threads) == [])
        }
        let interrupted = try start(command + ["out"])
        try waitForReadings(in: "out.partial", of: interrupted)
        interrupted.send(SIGINT)
        #expect(try interrupted.outcome().status == 130)
        let resumed = try run(command + ["out", "--resume", "--threads", "3"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try differences("whole", "out") == [])
        try generate("whole/recipe.yaml", to: "again")
        #expect(try differences("whole", "again") == [])
    }
}
