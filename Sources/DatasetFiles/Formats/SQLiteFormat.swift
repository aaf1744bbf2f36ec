package import DatasetFormats
package import DatasetGen

/// A SQLite database with readings, events, sensors and what it takes to know them again.
package enum SQLiteFormat: DatasetFormat {
    package static let format = OutputFormat.sqlite
    package static let fileNames = [fileName]
    /// What SQLite keeps beside a database that is being written, or was when its writer died.
    package static let companionNames = ["-wal", "-journal", "-shm"].map { fileName + $0 }
    package static let temporaryNames = [fileName + ".start"] + [fileName, fileName + ".start"].map { $0 + "-journal" }
    package static let bytesPerSensor = 200

    package static func makePart(_ output: ReadingOutput, of plan: GenerationPlan) -> any DatasetPart {
        SQLitePart(output, plan)
    }

    package static func check(_ paths: DatasetPaths) throws(FileError) {
        try paths.checkDatabasePath()
    }

    /// The file's name.
    package static let fileName = "readings.sqlite"
}
