import Foundation
import Testing

/// What a dataset from somebody else could make those who look at it do.
@Suite("A dataset from a stranger", .timeLimit(.minutes(30)))
struct StrangersDatasetTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
        try workspace.generate("small.yaml", to: "set")
        try workspace.write("secret\n", to: "secret")
    }

    @Test("is refused where a file is a link out of it", arguments: DatasetFile.all)
    func link(name: String) throws {
        #expect(try workspace.shell("rm set/\(name) && ln -s ../secret set/\(name)").status == 0)
        let verified = try workspace.run("verify", "set")
        #expect(verified.status == 76)
        // The digest of a file is something about it as well.
        let digest = try workspace.shell("sha256sum secret").output.prefix(64)
        #expect(!verified.errors.contains(digest) && !verified.errors.contains("secret"), "\(verified.errors)")
        if ["manifest.json", "recipe.yaml"].contains(name) {
            for command in [["describe", "set"], ["audit", "set"]] {
                let outcome = try workspace.run(command)
                if name == "manifest.json" || name == "recipe.yaml" { #expect(outcome.status == 76, "\(outcome)") }
                #expect(!outcome.errors.contains("secret") && !outcome.output.contains("secret"))
            }
        }
        if name == "events.csv" || name == "readings.csv.gz" {
            let audited = try workspace.run("audit", "set", "--format", "csv")
            #expect(audited.status == 74)
            #expect(audited.errors.contains("symbolic link"), "\(audited.errors)")
        }
    }

    @Test("is refused where its lists name files that are not its own", arguments: ["../secret", "/etc/passwd", ".."])
    func lists(path: String) throws {
        let manifest = try workspace.text("set/manifest.json").replacing("readings.csv.gz", with: path)
        try workspace.write(manifest, to: "set/manifest.json")
        let sums = try workspace.text("set/SHA256SUMS")
        try workspace.write(sums + String(repeating: "0", count: 64) + "  \(path)\n", to: "set/SHA256SUMS")
        let outcome = try workspace.run("verify", "set")
        #expect(outcome.status == 76)
        #expect(outcome.errors.contains("set/\(path): it is missing"), "\(outcome.errors)")
        #expect(outcome.errors.contains("set/manifest.json: it lists other files"), "\(outcome.errors)")
    }

    @Test(
        "does not keep its reader waiting by a pipe",
        arguments: ["readings.csv.gz", "manifest.json", "readings.sqlite"]
    )
    func pipe(name: String) throws {
        #expect(try workspace.shell("rm set/\(name) && mkfifo set/\(name)").status == 0)
        let outcome = try workspace.run("verify", "set")
        #expect(outcome.status == 76)
        #expect(outcome.errors.contains(name == "manifest.json" ? "missing" : "it is not a file"), "\(outcome.errors)")
    }

    @Test("does not speak to the terminal")
    func escapes() throws {
        let manifest = try workspace.text("set/manifest.json")
            .replacing(#""name": "small""#, with: #""name": "a\u001b[2J\u009bb""#)
        try workspace.write(manifest, to: "set/manifest.json")
        let outcome = try workspace.run("describe", "set")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains(#"a\u{1b}[2J\u{9b}b"#))
        #expect(!outcome.output.unicodeScalars.contains("\u{1B}"))
    }
}
