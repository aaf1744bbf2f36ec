import Foundation
import Testing

@Suite("A path that leads elsewhere", .timeLimit(.minutes(30)))
struct OutputPathTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
    }

    /// Runs a preparation and then the tool, which must refuse with one line and leave all as it was.
    private func expectRefusal(
        _ preparation: String,
        _ options: String = "-o out",
        naming words: String,
        status: Int32 = 73,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try workspace.shell(preparation).status == 0, sourceLocation: sourceLocation)
        let before = try workspace.shell("ls -lAR --time-style=full-iso .").output
        let outcome = try workspace.shell("\"$TOOL\" recipe small.yaml --quiet \(options)")
        #expect(outcome.status == status, "\(outcome)", sourceLocation: sourceLocation)
        #expect(outcome.output == "", sourceLocation: sourceLocation)
        #expect(outcome.errorLines.count == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: sourceLocation)
        let after = try workspace.shell("ls -lAR --time-style=full-iso .").output
        #expect(after == before, sourceLocation: sourceLocation)
    }

    @Test("is refused where the name is a link", arguments: ["out", "out.partial", ".out.replaced"])
    func link(name: String) throws {
        let preparation = "mkdir victim && : >victim/.lock && echo dear >victim/manifest.json && ln -s victim \(name)"
        try expectRefusal(preparation, naming: "\(name): it is a symbolic link")
        try expectRefusal("true", "-o out --overwrite", naming: "\(name): it is a symbolic link")
        #expect(try workspace.text("victim/manifest.json") == "dear\n")
    }

    @Test("is refused where a link lies in what a killed run left")
    func linkInside() throws {
        let preparation = "mkdir out.partial && : >out.partial/.lock && ln -s ../small.yaml out.partial/readings.csv.gz"
        try expectRefusal(preparation, naming: "out.partial/readings.csv.gz: it is a symbolic link")
    }

    @Test("is followed where it is a folder above")
    func parent() throws {
        #expect(try workspace.shell("mkdir disk && ln -s disk datasets").status == 0)
        #expect(try workspace.run("recipe", "small.yaml").status == 0)
        #expect(try workspace.names(in: "disk") == ["small"])
    }

    @Test("is refused where others may have made it")
    func shared() throws {
        let folder = "mkdir -m 1777 shared && mkdir shared/out.partial && : >shared/out.partial/.lock"
        try expectRefusal(
            "\(folder) && chmod 777 shared/out.partial",
            "-o shared/out",
            naming: "shared/out.partial: others may write into it"
        )
        // Only root can give a folder away.
        guard try workspace.shell("chmod 755 shared/out.partial && chown 65534 shared/out.partial").status == 0 else {
            return
        }
        try expectRefusal("true", "-o shared/out", naming: "shared/out.partial: another user (65534) has made it")
        #expect(try workspace.shell("chmod 755 shared && \"$TOOL\" recipe small.yaml -o shared/out").status == 0)
    }

    @Test(
        "has the modes that the umask leaves, and is closed to others only in the making",
        arguments: [("002", "775", "664"), ("022", "755", "644"), ("007", "770", "660"), ("077", "700", "600")]
    )
    func modes(umask: String, folder: String, file: String) throws {
        try workspace.write("dataset: {duration: 30d}\nreplicas: {count: 100}\n", to: "long.yaml")
        for option in ["", "--overwrite"] {
            let line = """
                umask \(umask) && "$TOOL" recipe small.yaml -q -o up/out \(option) >/dev/null && \
                stat -c '%a' up up/out && stat -c '%a' up/out/* | sort -u
                """
            let outcome = try workspace.shell(line)
            #expect(outcome.output == "\(folder)\n\(folder)\n\(file)\n", "\(outcome)")
        }
        // In a folder that others may write into, an interrupted run is still its owner's, and can be finished.
        let interrupted = """
            umask \(umask) && mkdir -m 775 group && ("$TOOL" recipe long.yaml -q -o group/out --format csv & pid=$!
            until [ "$(stat -c %s group/out.partial/readings.csv.gz 2>/dev/null || echo 0)" -gt 100000 ]; do
                kill -0 $pid || exit 1
                sleep 0.05
            done
            kill -TERM $pid
            wait $pid)
            stat -c '%A' group/out.partial | cut -c 6,9
            "$TOOL" recipe long.yaml -q -o group/out --format csv --set replicas.count=99 --resume
            """
        let outcome = try workspace.shell(interrupted)
        #expect(outcome.output == "--\n", "\(outcome)")
        #expect(outcome.status == 73 && outcome.errors.contains("it cannot be finished"), "\(outcome)")
    }

    @Test("is refused where nothing can be written")
    func unwritable() throws {
        try expectRefusal("true", "-o small.yaml/x/y", naming: "small.yaml is a file, not a folder")
        try expectRefusal("true", "-o /sys/x/y", naming: "cannot create /sys/x")
        try expectRefusal(
            "true",
            "-o \"$(printf 'a\\033[2Jb')\"",
            naming: "a\u{FFFD}[2Jb: its name has a control character"
        )
        try expectRefusal("true", "-o $(printf '%0246d' 1)", naming: "its name is longer than 245 bytes")
        try expectRefusal("true", "-o $(printf 'abc/%.0s' $(seq 1100))x", naming: "its path is longer than ")
    }

    @Test("is refused in the folder of a dataset, which would be spoilt, and under the name of an unfinished one")
    func reserved() throws {
        try workspace.generate("small.yaml", to: "own", "--format", "csv")
        for options in ["-o own/sub", "-o own/a/b", "--shard 1/2 -o own/sub", "-o own/sub/"] {
            try expectRefusal("true", options, naming: "own is the folder of a dataset")
        }
        for options in ["-o x.partial", "-o sub/x.partial/", "--shard 1/2 -o x.partial"] {
            try expectRefusal("true", options, naming: "its name ends in .partial")
        }
        let learnt = try workspace.run("learn", "own/readings.csv.gz", "-o", "own/learnt.yaml")
        #expect(learnt.status == 73 && learnt.errors.contains("own is the folder of a dataset"), "\(learnt)")
        #expect(try workspace.run("verify", "own").status == 0)
        // Beside it there is room, and itself may be replaced.
        try workspace.generate("small.yaml", to: "own-2", "--format", "csv")
        try workspace.generate("small.yaml", to: "own/", "--format", "csv", "--overwrite")
    }

    @Test("is refused where its name is not UTF-8, and so would be that of another")
    func notUTF8() throws {
        for byte in ["377", "376"] {
            try expectRefusal("true", "-o \"$(printf 'set\\\(byte)')\"", naming: "is not UTF-8", status: 64)
        }
        let recipe = try workspace.shell(
            "cp small.yaml \"$(printf 'r\\351.yaml')\" && \"$TOOL\" recipe \"$(printf 'r\\351.yaml')\""
        )
        #expect(recipe.status == 64 && recipe.errors.contains("argument 2"), "\(recipe)")
        // Names that look alike are two, as for the system; and a slash with an accent behind it is a slash.
        for name in ["caf\u{e9}", "cafe\u{301}", "sub/\u{301}x"] {
            #expect(try workspace.run("recipe", "small.yaml", "-o", name).status == 0)
        }
        let found = try workspace.shell("ls -d caf*/manifest.json sub/*/manifest.json | wc -l; ls -A sub").output
        #expect(found == "3\n\u{301}x\n")
    }

    @Test("is refused before anything is generated where it is too long for SQLite")
    func tooLongForSQLite() throws {
        let part = String(repeating: "d", count: 200)
        let deep = "\(part)/\(part)/\(part)"
        try expectRefusal("true", "-o \(deep)/out", naming: "SQLite opens files only below")
        for format in ["csv", "jsonl"] {
            #expect(
                try workspace.run("recipe", "small.yaml", "-o", "\(deep)/\(format)", "--format", format).status == 0
            )
            #expect(try workspace.run("verify", "\(deep)/\(format)").status == 0)
        }
        // Whatever is not refused works, byte by byte around the limit, whether the folder above is there or not.
        let base = workspace.path("").utf8.count
        for length in 455...475 {
            let name = String(repeating: "e", count: 200) + "/" + String(repeating: "f", count: length - base - 201)
            let outcome = try workspace.run("recipe", "small.yaml", "-o", name)
            #expect(
                outcome.status == (length + ".partial".utf8.count + 30 > 512 ? 73 : 0),
                "\(length): \(outcome.errors)"
            )
        }
    }

    @Test("is written up to the length that the system allows")
    func long() throws {
        let deep = Array(repeating: String(repeating: "d", count: 199), count: 18).joined(separator: "/")
        let outcome = try workspace.run("recipe", "small.yaml", "-o", "\(deep)/out/", "--format", "csv")
        #expect(outcome.status == 0, "\(outcome.errors.suffix(200))")
        #expect(try workspace.run("verify", "\(deep)/out").status == 0)
    }

    @Test("is refused where a volume begins, and written within it")
    func volume() throws {
        // Only root can mount anything.
        let mount = "mkdir -p disk && mount -t tmpfs -o size=8m none disk"
        guard try workspace.shell("unshare -m sh -c '\(mount)'").status == 0 else { return }
        for option in ["", "--overwrite"] {
            let outcome = try workspace.shell(
                "unshare -m sh -c '\(mount) && exec \"$TOOL\" recipe small.yaml --quiet -o disk \(option)'"
            )
            #expect(outcome.status == 73, "\(outcome)")
            #expect(
                outcome.errors == "error: cannot create disk: a disk or a volume begins there; give a folder in it\n"
            )
        }
        let within = try workspace.shell(
            "unshare -m sh -c '\(mount) && \"$TOOL\" recipe small.yaml -o ./disk//out/ && \"$TOOL\" verify disk/out'"
        )
        #expect(within.status == 0, "\(within.errors)")
    }

    @Test("is refused to a user who may not write there")
    func otherUser() throws {
        // As another user, which only root can become.
        let line = """
            chmod 755 . && mkdir own && chown 65534 own && cp "$TOOL" tool && chmod 755 tool small.yaml
            exec setpriv --reuid 65534 --regid 65534 --clear-groups ./tool recipe small.yaml --quiet
            """
        guard try workspace.shell("chown 65534 small.yaml").status == 0 else { return }
        let refused = try workspace.shell(line + " -o out")
        #expect(refused.status == 73)
        #expect(refused.errors == "error: cannot create out: . cannot be written into: Permission denied\n")
        let sticky = "mkdir -m 1777 sticky && \"$TOOL\" recipe small.yaml -o sticky/out --quiet >/dev/null && "
        let kept = try workspace.shell(
            sticky
                + "exec setpriv --reuid 65534 --regid 65534 --clear-groups ./tool recipe small.yaml -o sticky/out --overwrite"
        )
        #expect(kept.status == 73)
        #expect(kept.errors.contains("sticky/out: it belongs to another user (0)"), "\(kept.errors)")
        let made = try workspace.shell(
            "exec setpriv --reuid 65534 --regid 65534 --clear-groups ./tool recipe small.yaml -o own/out"
        )
        #expect(made.status == 0, "\(made.errors)")
    }

    @Test(
        "is refused as the name of a dataset, with its place",
        arguments: ["../x", "/tmp/x", "..", "-x", "x.partial", "a b "]
    )
    func datasetName(name: String) throws {
        try workspace.write("dataset:\n  name: \"\(name)\"\n", to: "named.yaml")
        let outcome = try workspace.run("recipe", "named.yaml")
        #expect(outcome.status == 65)
        #expect(outcome.errors.hasPrefix("error: named.yaml:2:3: dataset.name: \"\(name)\""), "\(outcome.errors)")
        #expect(try workspace.names() == ["named.yaml", "small.yaml"])
    }
}
