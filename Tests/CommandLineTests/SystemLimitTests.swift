import Foundation
import Testing

/// What a process may have is limited by its shell, or by its container.
@Suite("A limit of the system", .timeLimit(.minutes(30)))
struct SystemLimitTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
    }

    /// Whatever the limit is, the command comes to an end: with a dataset, or with one line and nothing left behind.
    private func expectAnswer(_ line: String, naming words: String, _ location: SourceLocation = #_sourceLocation)
        throws
        -> Bool
    {
        let outcome = try workspace.shell("timeout 30 " + line)
        if outcome.status == 0 {
            #expect(try workspace.run("verify", "out").status == 0, sourceLocation: location)
            try workspace.remove("out")
            return true
        }
        #expect([66, 71, 73, 74].contains(outcome.status), "\(line): \(outcome)", sourceLocation: location)
        #expect(outcome.errorLines.count == 1, "\(line): \(outcome)", sourceLocation: location)
        #expect(outcome.errors.hasPrefix("error: "), "\(outcome.errors)", sourceLocation: location)
        #expect(outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: location)
        #expect(try workspace.names() == ["small.yaml"], "\(line)", sourceLocation: location)
        return false
    }

    @Test("of open files is named")
    func descriptors() throws {
        // The loader of the program itself needs the first ones.
        var answers: [Bool] = []
        for limit in 4...24 {
            answers.append(
                try expectAnswer(
                    "sh -c 'ulimit -n \(limit); exec \"$TOOL\" recipe small.yaml -o out -q'",
                    naming: "Too many open files"
                )
            )
        }
        #expect(answers.first == false && answers.last == true)
    }

    @Test("of address space is named")
    func memory() throws {
        let line = "sh -c 'ulimit -v 112000; exec \"$TOOL\" recipe small.yaml -o out -q'"
        #expect(try !expectAnswer(line, naming: "threads can be had"))
    }

    @Test("of memory keeps a check from being made, and says nothing of the dataset")
    func memoryOfChecks() throws {
        try workspace.generate("small.yaml", to: "set")
        func verify(_ options: String) throws -> Outcome {
            try workspace.shell("timeout 30 sh -c 'ulimit -v 1500000; exec \"$TOOL\" verify set \(options)'")
        }
        for option in ["", "--regenerate"] {
            let outcome = try verify("--threads 64 \(option)")
            #expect(outcome.status == 71, "\(outcome)")
            #expect(outcome.output == "")
            #expect(outcome.errorLines.count == 1)
            let line = "error: set: nothing was checked: it takes about 1.71 GB of memory, and the limit of"
            #expect(outcome.errors.hasPrefix(line), "\(outcome.errors)")
            // As many workers as there is memory for.
            #expect(try verify(option).status == 0)
        }
    }

    @Test("of memory is named before a manifest is verified that takes more")
    func memoryOfManifests() throws {
        try workspace.generate("small.yaml", to: "set")
        let numbers = Array(repeating: "1", count: 7_000_000).joined(separator: ",")
        let manifest = try workspace.text("set/manifest.json").trimmingCharacters(in: .whitespacesAndNewlines)
        try workspace.write(manifest.dropLast() + ", \"x\": [\(numbers)]}\n", to: "set/manifest.json")
        var lines: [String] = []
        for limit in stride(from: 150_000, through: 450_000, by: 50_000) {
            let line = "timeout 60 sh -c 'ulimit -v \(limit); exec \"$TOOL\" verify set'"
            let outcome = try workspace.shell(line)
            #expect([0, 71, 76].contains(outcome.status), "\(limit): \(outcome.status) \(outcome.errors)")
            if outcome.status == 71 { lines += outcome.errorLines }
        }
        #expect(lines.contains { $0.hasPrefix("error: set: nothing was checked: it takes about ") }, "\(lines)")
    }

    @Test("of processes is named, by every command that needs more than one thread")
    func threads() throws {
        // A limit binds all but root, and only root can become another user.
        let preparation = "chmod 755 . && cp \"$TOOL\" tool && chmod 755 tool && mkdir -m 777 w && cp small.yaml w"
        guard try workspace.shell("chown 65533 small.yaml && \(preparation)").status == 0 else { return }
        try workspace.generate("small.yaml", to: "w/set")
        let commands = ["recipe small.yaml -o out -q", "verify set", "describe set", "recipes check small.yaml"]
        for limit in [1, 3] {
            for command in commands {
                let outcome = try workspace.shell(
                    "cd w && timeout 30 setpriv --reuid 65533 --regid 65533 --clear-groups "
                        + "bash -c 'ulimit -u \(limit); exec ../tool \(command)'"
                )
                #expect(outcome.status == 71, "\(command): \(outcome)")
                #expect(outcome.errorLines.count == 1)
                #expect(outcome.errors.contains("threads can be had: Resource temporarily unavailable"))
            }
            let simple = try workspace.shell(
                "setpriv --reuid 65533 --regid 65533 --clear-groups bash -c 'ulimit -u \(limit); exec ./tool recipes'"
            )
            #expect(simple.status == 0)
        }
        #expect(try workspace.names(in: "w") == ["set", "small.yaml"])
    }
}
