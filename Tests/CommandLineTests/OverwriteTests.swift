import Foundation
import Testing

@Suite("--overwrite", .timeLimit(.minutes(30)))
struct OverwriteTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
    }

    /// What is in the folder and below, with sizes, times and link targets.
    private func listing() throws -> String {
        try workspace.shell("ls -lAR --time-style=full-iso .").output
    }

    /// Runs the tool, which must refuse in one line that has all words, and change nothing.
    private func expectRefusal(
        of preparation: String,
        naming words: [String],
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        try #require(workspace.shell(preparation).status == 0, sourceLocation: location)
        let before = try listing()
        let outcome = try workspace.run("recipe", "small.yaml", "-q", "-o", "out", "--overwrite", "--seed", "9")
        #expect(outcome.status == 73, "\(outcome)", sourceLocation: location)
        #expect(outcome.output == "", sourceLocation: location)
        #expect(outcome.errorLines.count == 1, "\(outcome.errors)", sourceLocation: location)
        for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: location) }
        #expect(try listing() == before, sourceLocation: location)
    }

    @Test(
        "leaves folders alone that have a manifest.json of another kind",
        arguments: [
            #"{"name": "shop", "start_url": "/", "icons": []}"#, "[]", "{", "",
            #"{"manifest_version": 3, "name": "tabs", "version": "1.0", "files": [{"path": "a.js"}]}"#,
            #"{"format_version": 1, "generator": {"name": "other"}, "dataset": {"name": "x"}, "files": []}"#,
            #"{"generator": {"name": "gen-dataset", "version": "0.1.0"}, "files": [{"path": "src"}]}"#,
        ]
    )
    func foreignManifest(text: String) throws {
        try workspace.write(text, to: "foreign.json")
        let preparation = """
            mkdir -p out/src out/.git && mv foreign.json out/manifest.json && echo code >out/src/main.js && \
            echo ref >out/.git/HEAD
            """
        try expectRefusal(of: preparation, naming: ["out", "its manifest.json is not that of a dataset"])
    }

    @Test("names what somebody has put beside a dataset, and keeps it")
    func additions() throws {
        try workspace.generate("small.yaml", to: "out")
        try expectRefusal(
            of: "mkdir out/weights out/.git && echo w >out/weights/last.pt && echo n >out/results.csv",
            naming: ["out", ".git/, results.csv and weights/"]
        )
        try expectRefusal(of: "touch out/a out/b out/c", naming: [".git/, a, b and 3 more"])
        #expect(try workspace.shell("mkdir kept && cd out && mv weights .git results.csv a b c ../kept").status == 0)
        try workspace.generate("small.yaml", to: "out", "--overwrite", "--seed", "9")
        #expect(try workspace.names(in: "out") == DatasetFile.all)
        #expect(try workspace.names(in: "kept") == [".git", "a", "b", "c", "results.csv", "weights"])
        #expect(try workspace.text("out/recipe.yaml").contains("seed: 9"))
    }

    @Test("replaces nothing where a file of the dataset has become something else")
    func contradictions() throws {
        try workspace.generate("small.yaml", to: "out")
        try expectRefusal(
            of: "mv out/events.csv events.csv && ln -s ../events.csv out/events.csv",
            naming: ["out/events.csv: it is a symbolic link"]
        )
        try expectRefusal(
            of: "rm out/events.csv && mkdir out/events.csv && echo mine >out/events.csv/mine",
            naming: ["events.csv/"]
        )
        try expectRefusal(of: "rm -r out && mkfifo out", naming: ["out", "it is not a folder"])
    }

    @Test("replaces a dataset that is not whole any more, in another choice of formats")
    func incomplete() throws {
        try workspace.generate("small.yaml", to: "out")
        #expect(try workspace.shell("rm out/readings.sqlite out/SHA256SUMS && : >out/events.csv").status == 0)
        try workspace.generate("small.yaml", to: "out", "--overwrite", "--format", "csv")
        #expect(try workspace.run("verify", "out").status == 0)
        #expect(try workspace.names() == ["out", "small.yaml"])
    }

    @Test("keeps what is under the other names that a run uses")
    func otherNames() throws {
        try workspace.generate("small.yaml", to: "out")
        try expectRefusal(
            of: "mkdir .out.replaced && echo mine >.out.replaced/manifest.json",
            naming: [".out.replaced", "not a dataset that a run has set aside"]
        )
        try expectRefusal(
            of:
                "rm -r .out.replaced && mkdir out.partial && echo 1 >out.partial/.lock && echo mine >out.partial/todo.md",
            naming: ["out.partial", "todo.md"]
        )
    }
}
