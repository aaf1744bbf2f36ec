/// A SQLite database with readings, events, sensors and what it takes to know them again.
enum SQLiteFormat: DatasetFormat {
    static let format = OutputFormat(name: "sqlite", title: "SQLite", options: .pages)
    static let fileNames = [fileName]
    /// What SQLite keeps beside a database that is being written, or was when its writer died.
    static let companionNames = ["-wal", "-journal", "-shm"].map { fileName + $0 }
    static let temporaryNames = [fileName + ".start"] + [fileName, fileName + ".start"].map { $0 + "-journal" }
    static let bytesPerSensor = 200

    static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart {
        SQLitePart(output, plan)
    }

    static func check(_ paths: DatasetPaths) throws(FileError) {
        try paths.checkDatabasePath()
    }

    /// The file's name.
    static let fileName = "readings.sqlite"
}

extension OutputFormat {
    /// `readings.sqlite`.
    public static var sqlite: OutputFormat { SQLiteFormat.format }
}

extension ReadingOutput {
    /// The pages of the SQLite file.
    var pageLayout: SQLitePageLayout { SQLitePageLayout(pageSize: parameters.pageSize) }
}
