import Foundation
import Testing

/// Live runs on disks that are mounted and detached, in a namespace of their own.
@Suite(
    "A live run on another disk",
    .timeLimit(.minutes(30)),
    .enabled(
        if: Namespace.command != nil,
        "this machine lets tests mount nothing: what a live run does on a detached disk is not tested here"
    )
)
struct MountTests {
    private static let recipe = """
        dataset: {name: live, seed: 5, start: 2026-05-01}
        replicas: {count: 20}
        simulation: {readings_per_second: 10}
        logging: {file: live.log}
        """

    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Self.recipe, to: "live.yaml")
    }

    /// Executes a script where `disk` is a file system of its own; `until TEXT` waits for the log, `rows N` for readings.
    private func run(_ script: String) throws -> Outcome {
        let text = """
            set -e
            # A script that fails waits for no run that it has started.
            trap 'kill -9 "$run" 2> /dev/null || true' EXIT
            mkdir -p disk data
            mount -t tmpfs -o size=64m none disk
            touch live.log
            poll() { for i in $(seq 600); do eval "$1" && return 0; sleep 0.05; done; echo "never: $1" >&2; return 1; }
            until_log() { poll "grep -q '$1' live.log"; }
            rows() { poll '[ "$(sqlite3 -readonly data/sensor_data.db "SELECT max(id) FROM sensor_data" 2> /dev/null || echo 0)" -ge '$1' ] 2> /dev/null'; }
            \(script)
            """
        try workspace.write(text, to: "script")
        return try workspace.shell("\(Namespace.command ?? "") sh script")
    }

    @Test("that goes away makes nothing in its place, and loses nothing once it is back")
    func detached() throws {
        let outcome = try run(
            """
            mount --bind disk data
            "$TOOL" recipe live.yaml --realtime -q > /dev/null & run=$!
            rows 400
            umount -l data
            until_log 'its folder is on another disk than it was'
            ls -A data
            sleep 1
            mount --bind disk data
            until_log 'the database can be written again'
            rows 1200
            kill $run; wait $run
            sqlite3 data/sensor_data.db 'SELECT count(*) = max(id), min(id) FROM sensor_data; PRAGMA quick_check'
            ls data
            """
        )
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output == "1|1\nok\nsensor_data.db\n", "\(outcome)")
    }

    @Test("may have its backups there, while the database is here")
    func backups() throws {
        let outcome = try run(
            """
            "$TOOL" recipe live.yaml --realtime -q --set database.backup_enabled=true \
                --set database.backup_interval_hours=0.0005 --set database.backup_path=disk/copies \
                --set database.max_backups=2 > /dev/null & run=$!
            poll '[ "$(grep -c "backup made" live.log)" -ge 3 ]'
            kill $run; wait $run
            for copy in disk/copies/*; do sqlite3 "$copy" 'SELECT count(*) > 100 FROM sensor_data; PRAGMA quick_check'; done
            ls data
            """
        )
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output == "1\nok\n1\nok\nsensor_data.db\n", "\(outcome)")
    }

    @Test("that is full keeps readings waiting, and has them all once there is room")
    func full() throws {
        let outcome = try run(
            """
            mount --bind disk data
            "$TOOL" recipe live.yaml --realtime -q > /dev/null & run=$!
            rows 200
            dd if=/dev/zero of=data/ballast bs=1M 2> /dev/null || true
            until_log 'no room for the database'
            rm data/ballast
            until_log 'the database can be written again'
            kill $run; wait $run
            sqlite3 data/sensor_data.db 'SELECT count(*) = max(id), min(id) FROM sensor_data; PRAGMA quick_check'
            """
        )
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output == "1|1\nok\n", "\(outcome)")
    }
}

/// Where tests can mount something without a trace.
enum Namespace {
    /// The command that runs another where things can be mounted; nil if there is none.
    static let command = ["unshare -m", "unshare -rm"]
        .first { command in
            guard let workspace = try? Workspace() else { return false }
            return (try? workspace.shell("mkdir x && \(command) mount -t tmpfs none x").status) == 0
        }
}
