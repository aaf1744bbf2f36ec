extension Recipe {
    /// How an output writes times; nil if there is no such output.
    func timestamps(of format: OutputFormat) -> TimestampStyle? {
        outputs.first { $0.format == format }?.timestamps
    }

    /// How `events.csv` writes times: as the text of readings beside it, CSV before JSON Lines, else as the database.
    var eventTimestamps: TimestampStyle {
        timestamps(of: .csv) ?? timestamps(of: .jsonl) ?? timestamps(of: .sqlite) ?? .naive
    }

    /// How the schema of the manifest describes times: as the database has them, else as the text.
    var schemaTimestamps: TimestampStyle { timestamps(of: .sqlite) ?? eventTimestamps }
}

extension Column {
    /// The declared SQLite type where times have this style.
    package func sqlType(_ timestamps: TimestampStyle) -> String {
        self == .timestamp ? timestamps.sqlType : sqlType
    }
}
