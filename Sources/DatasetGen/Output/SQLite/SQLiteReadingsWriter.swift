/// Writes a dataset into a new SQLite file: `sensor_data`, `events`, `sensors` and `dataset`.
///
/// The file is invisible until the dataset is published, so it needs no journal; whoever publishes waits for the disk.
final class SQLiteReadingsWriter {
    private let database: SQLiteDatabase
    private let insertReading: SQLiteStatement
    private let insertEvent: SQLiteStatement
    private let texts = TextArena()
    private let templates: [SensorTexts]
    private let typeNames: [TextArena.Text?]
    private var timestamp: TimestampText
    private let sensors: [Sensor]

    /// The texts and numbers of a sensor's rows, by parameter of the insert statement.
    private struct SensorTexts {
        var id: TextArena.Text
        var metadata: [(index: Int32, value: Value)] = []
        var scales: [Double]

        enum Value {
            case null
            case text(TextArena.Text)
            case number(Double)
        }
    }

    /// - Throws: ``FileError`` when the file cannot be made.
    init(creating path: String, sensors: [Sensor], timestamps: TimestampStyle, pageSize: Int) throws(FileError) {
        self.sensors = sensors
        timestamp = TimestampText(timestamps)
        database = try SQLiteDatabase(path: path, creating: true)
        try database.execute(
            """
            PRAGMA page_size = \(pageSize);
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA cache_size = -16384;
            PRAGMA temp_store = MEMORY;
            """)
        try database.execute(Self.schema)
        let parameters = Column.allCases.map { _ in "?" }.joined(separator: ",")
        insertReading = try database.prepare("INSERT INTO sensor_data VALUES (\(parameters))")
        insertEvent = try database.prepare([TableColumn<EventRow>].events.insertStatement(into: "events"))
        let texts = self.texts
        templates = sensors.map { Self.template(of: $0, texts) }
        typeNames = [nil] + AnomalyType.allCases.map { texts.add($0.name) }
        try database.execute("BEGIN")
    }

    /// Appends the rows of a block.
    func append(_ block: borrowing ReadingBlock) throws(FileError) {
        let isNumber = timestamp.isNumber
        for row in 0..<block.count {
            let label = Label(rawValue: block.labels[row])
            if label.isOmitted { continue }
            let template = templates[Int(block.sensors[row])]
            timestamp.set(block.times[row])
            insertReading.bind(1, block.firstNumber + Int64(row))
            if isNumber {
                insertReading.bind(2, timestamp.number)
            } else {
                insertReading.bind(2, utf8: timestamp.bytes)
            }
            insertReading.bind(3, template.id)
            for metric in 0..<Metric.count {
                let count = block.metrics[metric][row]
                let index = Int32(4 + metric)
                if count == ReadingBlock.null {
                    insertReading.bindNull(index)
                } else {
                    // The quotient of two whole numbers is correctly rounded: the same double as the text's.
                    insertReading.bind(index, Double(count) / template.scales[metric])
                }
            }
            insertReading.bind(8, label.isAnomalous ? 1 : 0 as Int64)
            insertReading.bind(9, label.isAnomalous ? 1 : 0 as Int64)
            if let name = typeNames[Int(label.rawValue)] {
                insertReading.bind(10, name)
            } else {
                insertReading.bindNull(10)
            }
            for (index, value) in template.metadata {
                switch value {
                case .null: insertReading.bindNull(index)
                case .text(let text): insertReading.bind(index, text)
                case .number(let number): insertReading.bind(index, number)
                }
            }
            insertReading.bind(22, 0 as Int64)
            try insertReading.run()
        }
    }

    /// Appends an event.
    func append(_ event: EventRow) throws(FileError) {
        try insertEvent.insert(event, [TableColumn<EventRow>].events)
    }

    /// Writes the small tables and closes the file.
    ///
    /// - Parameter entries: keys and values of the table `dataset`.
    func finish(entries: [(key: String, value: String)]) throws(FileError) {
        let insertSensor = try database.prepare([TableColumn<Sensor>].sensors.insertStatement(into: "sensors"))
        for sensor in sensors { try insertSensor.insert(sensor, .sensors) }
        let insertEntry = try database.prepare("INSERT INTO dataset VALUES (?,?)")
        for entry in entries {
            insertEntry.bind(1, entry.key)
            insertEntry.bind(2, entry.value)
            try insertEntry.run()
        }
        try database.execute("COMMIT")
        try database.execute("PRAGMA locking_mode = NORMAL")
    }

    /// The tables; `sensor_data` is column for column the one that existing tools know.
    private static var schema: String {
        let columns = Column.allCases.map { "    \($0.name) \($0.sqlType)" }.joined(separator: ",\n")
        return """
            CREATE TABLE sensor_data (
            \(columns)
            );
            \([TableColumn<EventRow>].events.createStatement(of: "events"))
            \([TableColumn<Sensor>].sensors.createStatement(of: "sensors"))
            CREATE TABLE dataset (
                key TEXT PRIMARY KEY,
                value TEXT
            );
            """
    }

    private static func template(of sensor: Sensor, _ texts: TextArena) -> SensorTexts {
        let numbers: [Column: FixedPoint?] = [
            .latitude: sensor.place.latitude, .longitude: sensor.place.longitude, .heightMeters: sensor.heightMeters,
        ]
        let first = Column.firmwareVersion.rawValue
        let metadata = sensor.metadata.enumerated().map { offset, text -> (index: Int32, value: SensorTexts.Value) in
            let index = Int32(first + offset + 1)
            guard let text else { return (index, .null) }
            if let column = Column(rawValue: first + offset), let number = numbers[column], let number {
                return (index, .number(number.double))
            }
            return (index, .text(texts.add(text)))
        }
        return SensorTexts(
            id: texts.add(sensor.id), metadata: metadata, scales: sensor.resolutions.map(\.countsPerUnit))
    }
}

extension Array {
    /// The statement that makes a table of these columns.
    fileprivate func createStatement<Item>(of table: String) -> String where Element == TableColumn<Item> {
        let columns = map { "    \($0.name == "end" ? "\"end\"" : $0.name) \($0.sqlType)" }.joined(separator: ",\n")
        return "CREATE TABLE \(table) (\n\(columns)\n);"
    }

    /// The statement that inserts a row of these columns.
    fileprivate func insertStatement<Item>(into table: String) -> String where Element == TableColumn<Item> {
        "INSERT INTO \(table) VALUES (\(map { _ in "?" }.joined(separator: ",")))"
    }
}

extension SQLiteStatement {
    /// Inserts an item as a row of these columns.
    fileprivate func insert<Item>(_ item: Item, _ columns: [TableColumn<Item>]) throws(FileError) {
        for (offset, column) in columns.enumerated() {
            let index = Int32(offset + 1)
            switch column.value(item) {
            case .null: bindNull(index)
            case .integer(let value): bind(index, value)
            case .decimal(let value): bind(index, value.double)
            case .text(let text): bind(index, text)
            }
        }
        try run()
    }
}
