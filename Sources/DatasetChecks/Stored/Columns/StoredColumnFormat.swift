import DatasetFiles
import DatasetFormats
import DatasetGen

/// How files of columns are read again: as rows for PostgreSQL's COPY.
protocol StoredColumnFormat: StoredFormat {
    /// The rows of a file.
    associatedtype Rows: StoredColumns
}

extension StoredColumnFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: RowOrigin) throws(FileError) -> any StoredRowReader {
        CopyRowReader(TextWindow(CopyRowSource(file, Rows(file, rows.columns, rows.timestamps))), rows)
    }

    static func recordFormat(of output: ReadingOutput) -> RecordFormat? { .copy(output.copyColumns) }

    static func makeWindow(_ file: StoredFile, following: [StoredFile], _ output: ReadingOutput) -> TextWindow {
        let sources = ([file] + following)
            .map { CopyRowSource($0, Rows($0, output.columns, output.parameters.timestamps)) }
        return TextWindow(TextSources(sources))
    }

    static func damage(of file: StoredFile) throws(FileError) -> Problems {
        var problems = Problems()
        let window = TextWindow(CopyRowSource(file, Rows(checking: file)))
        try window.drain()
        if let problem = window.problem { problems.add(problem) }
        return problems
    }
}
