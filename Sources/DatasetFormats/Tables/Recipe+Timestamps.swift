package import DatasetGen

extension Recipe {
    /// How an output writes times; nil if there is no such output.
    func timestamps(of format: OutputFormat) -> TimestampStyle? {
        outputs.first { $0.format == format }?.timestamps
    }

    /// How `events.csv` writes times: as the first text of readings beside it, else as the database.
    package var eventTimestamps: TimestampStyle {
        (outputs.first { $0.format.isText } ?? outputs.first)?.timestamps ?? .naive
    }

    /// How `delivery.csv` writes times: as `events.csv`, unless the delays are finer than that.
    package var deliveryTimestamps: TimestampStyle {
        eventTimestamps == .epochSeconds ? .epochMilliseconds : eventTimestamps
    }

    /// How the schema of the manifest describes times: as the first output has them.
    package var schemaTimestamps: TimestampStyle { outputs.first?.timestamps ?? .naive }
}

extension Column {
    /// The declared SQLite type where times have this style.
    package func sqlType(_ timestamps: TimestampStyle) -> String {
        isTime ? timestamps.sqlType : sqlType
    }

    /// Its declaration in SQLite where times have this style.
    package func declaration(_ timestamps: TimestampStyle) -> String {
        let (name, type) = (SQLiteName.declared(name), sqlType(timestamps))
        return type.isEmpty ? name : "\(name) \(type)"
    }
}
