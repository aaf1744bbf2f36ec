import DatasetFiles
import DatasetFormats
import DatasetGen

/// Creates or checks the tables of a load, in one transaction: all of them are there, or none.
struct PGPreparation {
    private let target: PGTarget
    private let connection: PGConnection
    private let ledger: PGLedger

    init(_ target: PGTarget, _ connection: PGConnection) {
        (self.target, self.connection) = (target, connection)
        ledger = PGLedger(target, connection)
    }

    private var tables: PGTables { target.tables }
    private var schema: PGSchema { target.schema }

    /// - Returns: the load that is begun, or the interrupted one.
    func run() throws(DeliveryError) -> PGTarget.Load {
        // One load at a time decides what becomes of tables.
        try connection.execute("SELECT pg_advisory_xact_lock(hashtext('gen-dataset'), hashtext(current_schema()))")
        if !(try ledger.exists()) {
            if !target.options.creates { throw missing(tables.loads) }
        }
        if target.options.creates { for statement in schema.ledgerStatements { try connection.execute(statement) } }
        var entries = try ledger.entries()
        let isThere = try PGLedger.exists(tables.readings, on: connection)
        let hadSensors = hasSensors(entries)
        if !isThere, !entries.isEmpty, !target.options.resumes {
            // Somebody has dropped the table: what is noted of it is no longer true.
            try ledger.forget()
            entries = []
        }
        var replaces = false
        if isThere, target.options.ifExists == .replace {
            replaces = try PGReplacement(target, connection).isDue(entries)
            if !replaces {
                // What is there is empty, and may stay: what is noted of another table of its name is no longer true.
                try ledger.forget()
                entries = []
            }
        }
        if isThere, !replaces { try PGHypertable(target)?.check(connection) }
        if let earlier = try earlierLoad(entries, isThere: isThere) { return earlier }
        var owns = false
        if replaces {
            try drop(entries)
            try create(hasSensors: hadSensors)
            owns = true
        } else if isThere {
            try schema.check(tables.readings, target.table.columns, on: connection)
            let isEmpty = try connection.rows("SELECT 1 FROM \(tables.readings) LIMIT 1").isEmpty
            if target.table.layout.hasSensorTable { try prepareSensors(isNone: isEmpty) }
            // Tables that were made beforehand are the load's own while they are empty.
            owns = isEmpty && entries.isEmpty
            if !owns, target.options.ifExists != .append {
                throw DeliveryError(
                    .occupied,
                    "\(target.name) holds rows already; --if-exists append adds to them, --if-exists replace puts "
                        + "others in their place"
                )
            }
        } else {
            guard target.options.creates else { throw missing(tables.readings) }
            try create(hasSensors: hadSensors)
            owns = true
        }
        for table in PGSmallTable.all(target) { try table.prepare(entries, connection) }
        let numbers = try registerSensors()
        if !owns { try checkApart(numbers) }
        let id = try ledger.begin(target.identity, of: target.plan, ownsTable: owns)
        return PGTarget.Load(id: id, ownsTable: owns, sensorNumbers: numbers)
    }

    /// The load that is to be finished; nil if there is none.
    private func earlierLoad(_ entries: [PGLedger.Entry], isThere: Bool) throws(DeliveryError) -> PGTarget.Load? {
        if target.options.ifExists == .replace { return nil }
        if let earlier = try ledger.find(target.identity) {
            guard target.options.resumes else {
                throw DeliveryError(
                    .occupied,
                    earlier.isFinished
                        ? "\(target.name) holds these readings already; --verify-only proves them, --if-exists replace "
                            + "loads them anew"
                        : "\(target.name) holds a part of these readings; --resume finishes the load, --if-exists "
                            + "replace starts over"
                )
            }
            guard isThere else { throw missing(tables.readings) }
            return PGTarget.Load(
                id: earlier.id,
                ownsTable: earlier.ownsTable,
                sensorNumbers: try storedSensorNumbers()
            )
        }
        if target.options.resumes, target.options.ifExists != .append, let other = entries.last {
            throw DeliveryError(
                .occupied,
                "\(target.name) holds another load, which these readings cannot finish: \(difference(from: other))"
            )
        }
        return nil
    }

    /// What of another load is not as in this one.
    func difference(from other: PGLedger.Entry) -> String {
        let own = target.identity
        if other.layout != own.layout { return "its layout is \(other.layout), and this one is \(own.layout)" }
        if other.labels != own.labels { return "it has --labels \(other.labels), and this one \(own.labels)" }
        return RecipeDifference(from: other.recipe, to: own.recipe)
            .map { "its recipe has \($0.path): \($0.old), and this one has \($0.path): \($0.new)" }
            ?? "its recipe is another one"
    }

    private func missing(_ name: String) -> DeliveryError {
        DeliveryError(
            .occupied,
            "there is no table \(name); --create auto creates it, --create print says how"
        )
    }

    /// Checks the table of sensors beside readings that are there, or creates it where there are none.
    private func prepareSensors(isNone: Bool) throws(DeliveryError) {
        if try PGLedger.exists(tables.sensors, on: connection) {
            return try schema.check(tables.sensors, schema.sensorTable, on: connection)
        }
        guard isNone else {
            throw DeliveryError(
                .occupied,
                "\(target.name) holds rows, and there is no table \(tables.sensors) of their sensors; --create print says "
                    + "how it is made, and --table takes other names"
            )
        }
        guard target.options.creates else { throw missing(tables.sensors) }
        try connection.execute(PGSchema.declaration(tables.sensors, schema.sensorTable, keys: true))
    }

    /// Creates the tables; that of sensors may be there if a load has made it.
    private func create(hasSensors: Bool) throws(DeliveryError) {
        if target.table.layout.hasSensorTable, try PGLedger.exists(tables.sensors, on: connection) {
            if hasSensors {
                try schema.check(tables.sensors, schema.sensorTable, on: connection)
                return try createReadings()
            }
            throw DeliveryError(
                .occupied,
                "there is a table \(tables.sensors) already, but none of its readings; --table takes other names"
            )
        }
        for statement in schema.statements.dropLast() { try connection.execute(statement) }
        try createReadings()
    }

    private func createReadings() throws(DeliveryError) {
        let statement = schema.statements[schema.statements.count - 1]
        if let hypertable = PGHypertable(target) { return try hypertable.create(statement, connection) }
        try connection.execute(statement)
    }

    private func hasSensors(_ entries: [PGLedger.Entry]) -> Bool {
        entries.contains { TableLayout(rawValue: $0.layout)?.hasSensorTable ?? false }
    }

    /// Drops what is to be replaced: the table that was asked for, and that of sensors if a load has made it.
    private func drop(_ entries: [PGLedger.Entry]) throws(DeliveryError) {
        try connection.execute("DROP TABLE \(tables.readings)")
        for table in PGSmallTable.all(target) { try table.drop(entries, connection) }
        if hasSensors(entries), try PGReplacement(target, connection).takesSensors() {
            try connection.execute("DROP TABLE \(tables.sensors)")
        }
        try ledger.forget()
    }

    /// Throws unless rows that are there can be told apart from those of this load.
    private func checkApart(_ numbers: [Int32]) throws(DeliveryError) {
        let (grid, times) = (target.plan.recipe.grid, target.plan.shownTimes)
        let column = PGName.quoted(target.table.timeColumn)
        let found = try connection.rows(
            """
            SELECT sensor_id FROM \(tables.readings) WHERE \(column) >= \(PGProof.instant(times.lowerBound))
            AND \(column) < \(PGProof.instant(times.upperBound)) AND \(PGProof.sensors(target, numbers)) LIMIT 1
            """
        )
        guard let sensor = found.first?[0] else { return }
        throw DeliveryError(
            .occupied,
            "\(target.name) has readings of sensor \(sensor) between \(grid.start.zonedText) and \(grid.end.zonedText) "
                + "already, which could not be told apart from these"
        )
    }

    /// The numbers that the fleet's sensors have in their table.
    func storedSensorNumbers() throws(DeliveryError) -> [Int32] {
        guard target.table.layout.hasSensorTable else { return [] }
        var numbers: [String: Int32] = [:]
        try connection.forEachRow("SELECT name, sensor_id FROM \(tables.sensors)") { row in
            if let name = row[0], let number = row[1].flatMap({ Int32($0) }) { numbers[name] = number }
        }
        var result: [Int32] = []
        for sensor in target.plan.fleet.sensors {
            guard let number = numbers[sensor.id] else {
                throw DeliveryError(.occupied, "the table \(tables.sensors) has lost the sensor \(sensor.id.quoted)")
            }
            result.append(number)
        }
        return result
    }

    /// Puts the fleet's sensors into their table, and finds the numbers of those that are there.
    private func registerSensors() throws(DeliveryError) -> [Int32] {
        guard target.table.layout.hasSensorTable else { return [] }
        let columns = PGSchema.list(schema.sensorTable)
        try connection.execute(
            """
            LOCK TABLE \(tables.sensors) IN SHARE ROW EXCLUSIVE MODE;
            CREATE TEMPORARY TABLE gen_dataset_incoming (LIKE \(tables.sensors)) ON COMMIT DROP;
            COPY gen_dataset_incoming (\(columns)) FROM STDIN
            """
        )
        var text = ""
        for sensor in target.plan.fleet.sensors {
            text += "\(sensor.index + 1)\t\(Self.escaped(sensor.id))"
            for column in schema.sensorColumns { text += "\t" + Self.field(column.value(sensor)) }
            text += "\n"
            if text.utf8.count > 1 << 16 {
                try connection.put(Array(text.utf8))
                text = ""
            }
        }
        try connection.put(Array(text.utf8))
        try connection.endCopy()
        try checkKnownSensors()
        let others = PGSchema.list(Array(schema.sensorTable.dropFirst()))
        try connection.execute(
            """
            INSERT INTO \(tables.sensors) (\(columns))
            SELECT (SELECT coalesce(max(sensor_id), 0) FROM \(tables.sensors)) + row_number() OVER (ORDER BY sensor_id),
                \(others)
            FROM gen_dataset_incoming AS incoming
            WHERE NOT EXISTS (SELECT FROM \(tables.sensors) AS known WHERE known.name = incoming.name)
            """
        )
        return try storedSensorNumbers()
    }

    /// Throws unless sensors that are there already are what the recipe says of them.
    private func checkKnownSensors() throws(DeliveryError) {
        let differing = schema.sensorColumns.map { column in
            let name = PGName.quoted(column.name)
            return "CASE WHEN incoming.\(name) IS DISTINCT FROM known.\(name) THEN \(PGName.literal(column.name)) END"
        }
        let found = try connection.rows(
            """
            SELECT name, difference FROM (
                SELECT incoming.name, coalesce(\(differing.joined(separator: ", "))) AS difference
                FROM gen_dataset_incoming AS incoming JOIN \(tables.sensors) AS known USING (name)
            ) AS compared WHERE difference IS NOT NULL LIMIT 1
            """
        )
        guard let row = found.first else { return }
        throw DeliveryError(
            .occupied,
            "the table \(tables.sensors) has a sensor \((row[0] ?? "").quoted) already, with another \(row[1] ?? "")"
        )
    }

    /// A value as COPY's text format has it.
    static func field(_ value: TableValue) -> String {
        switch value {
        case .null: "\\N"
        case .integer(let number): String(number)
        case .decimal(let number): number.text
        case .time(let time, _): time.zonedText
        case .text(let text): escaped(text)
        }
    }

    /// A text as COPY's text format has it.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\t": result += "\\t"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
