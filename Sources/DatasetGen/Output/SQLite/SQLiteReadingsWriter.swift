/// Writes a dataset into a new SQLite file: `sensor_data`, `events`, `sensors` and `dataset`.
///
/// The file is invisible until the dataset is published, so it needs no journal; whoever publishes waits for the disk.
final class SQLiteReadingsWriter {
    private let database: SQLiteDatabase
    private let insertOne: SQLiteStatement
    private let insertMany: SQLiteStatement
    private let insertEvent: SQLiteStatement
    private let texts = TextArena()
    private let templates: [SensorTexts]
    private let typeNames: [TextArena.Text?]
    private let columns: [Column]
    private let timestamps: TimestampStyle
    private var timestampWriter: TimestampWriter
    private var timestampText = ByteBuffer()
    /// The timestamps of the rows of one statement.
    private let timestampTexts: [TextArena.Slot]
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
    init(
        creating path: String,
        sensors: [Sensor],
        columns: [Column],
        timestamps: TimestampStyle,
        pageSize: Int
    ) throws(FileError) {
        self.sensors = sensors
        self.columns = columns
        self.timestamps = timestamps
        timestampWriter = TimestampWriter(timestamps)
        database = try SQLiteDatabase(path: path, creating: true)
        try database.execute(
            """
            PRAGMA page_size = \(pageSize);
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA cache_size = -16384;
            PRAGMA temp_store = MEMORY;
            """
        )
        try database.execute(Self.schema(columns))
        insertOne = try database.prepare(Self.insertStatement(columns, rows: 1))
        insertMany = try database.prepare(Self.insertStatement(columns, rows: Self.rowsPerStatement))
        insertEvent = try database.prepare([TableColumn<EventRow>].events.insertStatement(into: "events"))
        let texts = self.texts
        timestampTexts = (0..<Self.rowsPerStatement).map { _ in texts.addSlot(capacity: TimestampWriter.maximumLength) }
        templates = sensors.map { Self.template(of: $0, texts) }
        typeNames = [nil] + AnomalyType.allCases.map { texts.add($0.name) }
        try database.execute("BEGIN")
    }

    /// Appends the rows of a block.
    ///
    /// Many rows a statement: AUTOINCREMENT then writes `sqlite_sequence` once for all of them, and the statement starts
    /// once. That is 1.0 instead of 1.7 CPU seconds per million rows.
    func append(_ block: borrowing ReadingBlock) throws(FileError) {
        let present = (0..<block.count).count { !block.label(ofRow: $0).isOmitted }
        var left = present
        var bound = 0
        for row in 0..<block.count where !block.label(ofRow: row).isOmitted {
            let isFull = left >= Self.rowsPerStatement
            let statement = isFull ? insertMany : insertOne
            bind(block, row, to: statement, position: isFull ? bound : 0)
            bound += 1
            if !isFull || bound == Self.rowsPerStatement {
                try statement.run()
                left -= bound
                bound = 0
            }
        }
    }

    /// Binds a row to the parameters of the `position`-th row of a statement.
    private func bind(_ block: borrowing ReadingBlock, _ row: Int, to statement: SQLiteStatement, position: Int) {
        let label = block.label(ofRow: row)
        let template = templates[Int(block.sensors[row])]
        // Parameters count from 1, as do the numbers of columns below.
        let base = Int32(position * columns.count)
        statement.bind(base + 1, block.firstNumber + Int64(row))
        let time = block.times[row]
        if timestampWriter.isText {
            timestampText.removeAll()
            timestampText.append(atMost: TimestampWriter.maximumLength) { timestampWriter.append(time, to: &$0) }
            statement.bind(base + 2, timestampTexts[position].set(timestampText.bytes))
        } else {
            statement.bind(base + 2, timestamps.number(of: time))
        }
        statement.bind(base + 3, template.id)
        for metric in 0..<Metric.count {
            Self.bind(block.metrics[metric][row], template.scales[metric], to: statement, base + 4 + Int32(metric))
        }
        let flag: Int64 = label.isAnomalous ? 1 : 0
        statement.bind(base + 8, flag)
        statement.bind(base + 9, flag)
        if let name = typeNames[Int(label.rawValue)] {
            statement.bind(base + 10, name)
        } else {
            statement.bindNull(base + 10)
        }
        for (index, value) in template.metadata {
            switch value {
            case .null: statement.bindNull(base + index)
            case .text(let text): statement.bind(base + index, text)
            case .number(let number): statement.bind(base + index, number)
            }
        }
        statement.bind(base + 22, 0 as Int64)
        for metric in block.clean.indices {
            Self.bind(block.clean[metric][row], template.scales[metric], to: statement, base + 23 + Int32(metric))
        }
    }

    @inline(__always)
    private static func bind(_ count: Int32, _ scale: Double, to statement: SQLiteStatement, _ index: Int32) {
        if count == ReadingBlock.null {
            statement.bindNull(index)
        } else {
            // The quotient of two whole numbers is correctly rounded: the same double as the text's.
            statement.bind(index, Double(count) / scale)
        }
    }

    private static let rowsPerStatement = 32

    private static func insertStatement(_ columns: [Column], rows: Int) -> String {
        let parameters = "(" + columns.map { _ in "?" }.joined(separator: ",") + ")"
        return "INSERT INTO sensor_data VALUES " + Array(repeating: parameters, count: rows).joined(separator: ",")
    }

    /// Appends an event.
    func append(_ event: EventRow) throws(FileError) {
        try insertEvent.insert(event, [TableColumn<EventRow>].events)
    }

    /// Writes the small tables; `entries` are the keys and values of the table `dataset`.
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
    private static func schema(_ columns: [Column]) -> String {
        let columns = columns.map { "    \($0.name) \($0.sqlType)" }.joined(separator: ",\n")
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
        let metadata = sensor.metadata.enumerated()
            .map { offset, text -> (index: Int32, value: SensorTexts.Value) in
                let index = Int32(first + offset + 1)
                guard let text else { return (index, .null) }
                if let column = Column(rawValue: first + offset), let number = numbers[column], let number {
                    return (index, .number(number.double))
                }
                return (index, .text(texts.add(text)))
            }
        return SensorTexts(
            id: texts.add(sensor.id),
            metadata: metadata,
            scales: sensor.resolutions.map(\.countsPerUnit)
        )
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
