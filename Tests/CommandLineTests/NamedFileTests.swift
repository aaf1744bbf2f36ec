import Foundation
import Testing

@Suite("A file that a recipe names", .timeLimit(.minutes(30)))
struct NamedFileTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(#"{"id": "INSIDE", "location": "Oslo"}"#, to: "identity.json")
        try workspace.write("root:secret:0:0:root:/root:/bin/sh\nid:*:1::\n", to: "secret")
        try FileManager.default.createDirectory(atPath: workspace.path("box"), withIntermediateDirectories: true)
    }

    private func check(_ identity: String) throws -> Outcome {
        try workspace.write("identity: \(identity)\n", to: "box/recipe.yaml")
        return try workspace.run("recipes", "check", "box/recipe.yaml")
    }

    @Test(
        "is not outside the recipe's folder",
        arguments: ["../identity.json", "/etc/passwd", "a/../../identity.json", "."]
    )
    func outside(path: String) throws {
        let outcome = try check(path)
        #expect(outcome.status == 65)
        let reason = "\(path) is not in the recipe's folder; to name it all the same, use --set identity=FILE"
        #expect(outcome.errors == "error: box/recipe.yaml:1:1: identity: \(reason)\n")
    }

    @Test("is not where a link leads out of it, but where one stays inside")
    func links() throws {
        #expect(try workspace.shell("ln -s ../identity.json box/out.json; ln -s .. box/up").status == 0)
        for path in ["out.json", "up/identity.json"] {
            let outcome = try check(path)
            #expect(outcome.status == 65, "\(path)")
            #expect(outcome.errors.contains("\(path) is not in the recipe's folder"), "\(outcome.errors)")
        }
        // As Kubernetes mounts a ConfigMap.
        #expect(try workspace.shell("mkdir box/..1 && mv identity.json box/..1/ && ln -s ..1 box/..data").status == 0)
        #expect(try workspace.shell("ln -s ..data/identity.json box/identity.json").status == 0)
        #expect(try check("identity.json").status == 0)
        #expect(try check("./..data/../identity.json").status == 0)
    }

    @Test("may be anywhere if an option or the environment names it")
    func named() throws {
        let path = workspace.path("identity.json")
        try workspace.write("dataset: {duration: 5s}", to: "box/plain.yaml")
        for arguments in [
            ["--identity", path], ["--identity", "box/../identity.json"], ["--set", "identity=\(path)"],
        ] {
            #expect(try workspace.run(["recipes", "check", "box/plain.yaml"] + arguments).status == 0, "\(arguments)")
        }
        let environment = ["IDENTITY_FILE": path]
        #expect(try workspace.run("recipes", "check", "box/plain.yaml", environment: environment).status == 0)
    }

    @Test("is not shown if it is something else")
    func secret() throws {
        #expect(try workspace.shell("cp secret box/").status == 0)
        for arguments in [["box/plain.yaml", "--identity", "secret"], ["box/recipe.yaml"]] {
            try workspace.write("dataset: {duration: 5s}", to: "box/plain.yaml")
            try workspace.write("identity: secret\n", to: "box/recipe.yaml")
            let outcome = try workspace.run(["recipes", "check"] + arguments)
            #expect(outcome.status == 65)
            // Where it stops being YAML may be told, not what stands there.
            #expect(outcome.errors.contains("this is not YAML"), "\(outcome.errors)")
            #expect(!outcome.errors.contains("root") && !outcome.errors.contains("*"), "\(outcome.errors)")
        }
        try workspace.write("random_location: {enabled: true, cities_file: secret}", to: "box/recipe.yaml")
        let cities = try workspace.run("recipes", "check", "box/recipe.yaml")
        #expect(cities.status == 65)
        #expect(cities.errors.contains("box/secret:2:8: this is not YAML"), "\(cities.errors)")
        #expect(!cities.errors.contains("root"))
        try workspace.write("just: text", to: "box/secret")
        for (key, kind) in [("identity", "identity"), ("random_location.cities_file", "list of cities")] {
            let other = try workspace.run("recipes", "check", "box/plain.yaml", "--set", "\(key)=secret")
            #expect(other.status == 65 || other.status == 66)
            #expect(!other.errors.contains("just"), "\(kind): \(other.errors)")
        }
    }

    @Test("says so where it lies below a name that is not UTF-8")
    func notUTF8() throws {
        let line = """
            d=$(printf 'box\\351') && mkdir "$d" && cd "$d" && "$TOOL" identity >i.json && echo 'identity: i.json' >r.yaml && \
            "$TOOL" recipes check r.yaml
            """
        let outcome = try workspace.shell(line)
        #expect(outcome.status == 66)
        #expect(outcome.errorLines.count == 1 && outcome.errors.contains("is not UTF-8"), "\(outcome)")
    }

    @Test("is a file and no pipe that never ends")
    func pipe() throws {
        #expect(try workspace.shell("mkfifo box/pipe").status == 0)
        let outcome = try check("pipe")
        #expect(outcome.status == 66)
        #expect(outcome.errors.contains("it is not a file"), "\(outcome.errors)")
    }
}
