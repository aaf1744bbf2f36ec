import Foundation
import Testing

extension Workspace {
    /// What a Python script of the tests says about the files given, as JSON.
    func read<Findings: Decodable>(
        with reader: String,
        _ arguments: String...,
        as type: Findings.Type = Findings.self
    ) throws -> Findings {
        try read(with: reader, arguments)
    }

    /// What a Python script of the tests says about the files given, as JSON.
    func read<Findings: Decodable>(
        with reader: String,
        _ arguments: [String],
        as type: Findings.Type = Findings.self
    ) throws -> Findings {
        let script = [Locations.reader(reader)] + arguments
        // No byte code is left in the package.
        let environment = ["PYTHONDONTWRITEBYTECODE": "1"]
        let outcome = try RunningProcess(Locations.python(), script, in: folder, environment: environment).outcome()
        try #require(
            outcome.status == 0,
            "\(reader).py failed; if a module is missing, run ./setup --tests: \(outcome.errors)"
        )
        return try outcome.decoded()
    }

    /// The rows of a query, which the command line of SQLite prints as JSON.
    func query<Row: Decodable>(_ sql: String, of database: String, as type: Row.Type = Row.self) throws -> [Row] {
        let arguments = ["sqlite3", "-json", "-readonly", "-bail", database]
        let outcome = try RunningProcess(URL(filePath: "/usr/bin/env"), arguments, in: folder, input: sql).outcome()
        try #require(outcome.status == 0, "sqlite3 failed (if it is missing, run ./setup --tests): \(outcome.errors)")
        return try outcome.decoded()
    }
}
