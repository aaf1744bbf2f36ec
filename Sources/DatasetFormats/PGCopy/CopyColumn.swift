package import DatasetGen

/// A column of readings as PostgreSQL has it.
package struct CopyColumn: Sendable {
    /// Which column it is.
    package let column: Column
    /// The type of its values.
    package let storage: PGType
    /// Whether it may be NULL.
    package let isNullable: Bool

    package init(_ column: Column) {
        (self.column, isNullable) = (column, column.isNullable)
        storage =
            switch column.kind {
            case .integer: .bigint
            case .time: .timestamptz
            case .number: .double
            case .flag: column == .statusCode ? .smallint : .boolean
            case .text: .text
            }
    }
}

extension ReadingOutput {
    /// The columns of a file for PostgreSQL.
    package var copyColumns: [CopyColumn] { columns.map { CopyColumn($0) } }

    /// The statement that creates a table for the file.
    package var postgreSQLSchema: String {
        let lines = copyColumns.map { copy in
            "    \"\(copy.column.name)\" \(copy.storage.rawValue)\(copy.isNullable ? "" : " NOT NULL")"
        }
        return "CREATE TABLE sensor_data (\n\(lines.joined(separator: ",\n"))\n);\n"
    }

    /// The script that creates the table and loads the file.
    package func postgreSQLScript(files: String, schemaName: String) -> String {
        let reader = compression.map { $0 == .gzip ? "gzip -dc" : "zstd -dc" } ?? "cat"
        let load = "psql -X -v ON_ERROR_STOP=1 -c 'COPY sensor_data FROM STDIN (FORMAT binary)' \"$@\""
        let command =
            files.contains("*")
            ? "for part in \(files); do \(reader) \"$part\" | \(load); done" : "\(reader) \(files) | \(load)"
        return """
            #!/bin/sh
            # Creates the table sensor_data and loads the readings into it: sh postgresql.sh [options of psql].
            # A file that is cut off loads nothing: PostgreSQL misses its end.
            set -eu
            cd "$(dirname "$0")"
            psql -X -q -v ON_ERROR_STOP=1 -f \(schemaName) "$@"
            \(command)

            """
    }
}
