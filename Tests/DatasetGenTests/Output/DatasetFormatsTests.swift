import DatasetFiles
import DatasetGen
import Foundation
import Testing

/// Whole datasets, read back by other programs.
@Suite
struct DatasetFormatsTests {
    /// Compares every row of the three formats, by numbers and by text.
    private static let comparison = """
        import csv, gzip, io, json, sqlite3, sys
        folder = sys.argv[1]
        db = sqlite3.connect('file:%s/readings.sqlite?mode=ro' % folder, uri=True)
        assert db.execute('PRAGMA integrity_check').fetchall() == [('ok',)]
        cursor = db.execute('SELECT * FROM sensor_data ORDER BY id')
        names = [d[0] for d in cursor.description]
        real = {r[1] for r in db.execute('PRAGMA table_info(sensor_data)') if r[2] == 'REAL'}
        rows = list(csv.reader(io.TextIOWrapper(gzip.open(folder + '/readings.csv.gz'), newline='')))
        objects = [json.loads(l) for l in gzip.open(folder + '/readings.jsonl.gz')]
        assert rows.pop(0) == names
        stored = cursor.fetchall()
        assert len(stored) == len(rows) == len(objects) > 0, (len(stored), len(rows), len(objects))
        for db_row, text, o in zip(stored, rows, objects):
            for name, value, field in zip(names, db_row, text):
                if value is None: assert field == '', (name, field)
                elif name in real: assert type(value) is float and value == float(field), (name, value, field)
                else: assert str(value) == field, (name, value, field)
            row = dict(zip(names, db_row))
            assert list(o) == ['timestamp', 'sensor_id', 'readings', 'location', 'anomaly', 'device']
            assert (o['timestamp'], o['sensor_id']) == (row['timestamp'], row['sensor_id'])
            assert o['readings'] == {m: row[m] for m in ('temperature', 'humidity', 'pressure', 'voltage')}
            assert o['location'] == {'name': row['location'], 'latitude': row['latitude'],
                                     'longitude': row['longitude'], 'timezone': row['timezone']}
            assert o['anomaly'] == {'detected': bool(row['anomaly_flag']), 'type': row['anomaly_type']}
            assert o['device'] == {'manufacturer': row['manufacturer'], 'model': row['model'],
                                   'firmware': row['firmware_version']}
        assert db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'sensor_data'").fetchone()[0] == stored[-1][0]
        for table in 'events', 'sensors':
            lines = list(csv.reader(open('%s/%s.csv' % (folder, table), newline='')))
            cursor = db.execute('SELECT * FROM ' + table)
            assert [d[0] for d in cursor.description] == lines.pop(0)
            found = cursor.fetchall()
            assert len(found) == len(lines) > 0
            for db_row, text in zip(found, lines):
                for value, field in zip(db_row, text):
                    if value is None: assert field == ''
                    elif isinstance(value, float): assert value == float(field)
                    else: assert str(value) == field
        """

    private func generate(_ folder: TemporaryFolder, _ name: String, _ yaml: String) async throws -> String {
        var recipe = try Recipe(yaml: yaml)
        recipe.groups[0].manufacturer = " \"padded\" "
        recipe.groups[0].model = "line\nbreak, \u{2028}😀"
        let path = folder.path(of: name)
        _ = try await DatasetWriter(GenerationPlan(recipe)).write(to: path)
        return path
    }

    @Test(arguments: ["time", "sensor"], ["naive", "utc", "epoch_s", "epoch_ms", "epoch_us", "epoch_ns"])
    func formatsAgree(order: String, timestamps: String) async throws {
        let folder = try TemporaryFolder()
        let path = try await generate(
            folder,
            "x",
            """
            dataset: {order: \(order), duration: 10m, start: 1969-12-31T23:55:00Z}
            replicas: {count: 20, prefix: S}
            anomalies:
              probability: 0.2
              types: {missing_data: {duration_seconds: 20, modes: [null, omit]}}
            outputs:
              csv: {timestamps: \(timestamps)}
              jsonl: {timestamps: \(timestamps)}
              sqlite: {timestamps: \(timestamps)}
            """
        )
        let (status, output) = try Programs.run(Programs.python, ["-c", Self.comparison, path])
        #expect(status == 0, "\(String(decoding: output, as: UTF8.self))")
        #expect(try Programs.run("sh", ["-c", "cd \"$0\" && sha256sum --strict --check SHA256SUMS", path]).status == 0)
    }

    /// So many sensors that fleet, templates and `sensors.csv` are made in parts.
    @Test func formatsOfWideFleetsAgree() async throws {
        let folder = try TemporaryFolder()
        let path = try await generate(
            folder,
            "wide",
            """
            dataset: {duration: 2s}
            replicas: {count: 20000, prefix: S}
            random_location: {enabled: true, number_of_cities: 20, gps_variation: 500}
            anomalies: {probability: 0.2}
            outputs: [csv, jsonl, sqlite]
            """
        )
        let (status, output) = try Programs.run(Programs.python, ["-c", Self.comparison, path])
        #expect(status == 0, "\(String(decoding: output, as: UTF8.self))")
    }

    @Test(arguments: ["{}", "{compression: zstd}", "{compression: zstd, level: 3}"])
    func filesAreTheSameForAnyNumberOfWorkersAndChunkSize(options: String) async throws {
        let folder = try TemporaryFolder()
        let plan = try GenerationPlan(
            yaml: """
                dataset: {duration: 1h}
                replicas: {count: 20, prefix: S}
                anomalies: {probability: 0.1}
                outputs: {csv: \(options), jsonl: \(options), sqlite: {}}
                """
        )
        var lists: Set<String> = []
        for (workers, chunk) in [(1, nil), (2, nil), (2, 40_000), (3, 1_000), (7, 777)] as [(Int, Int64?)] {
            let path = folder.path(of: "x\(workers) \(chunk ?? 0)")
            let options = DatasetWriter.Options(workerCount: workers, rowsPerChunk: chunk)
            _ = try await DatasetWriter(plan, options: options).write(to: path)
            lists.insert(try String(contentsOfFile: path + "/SHA256SUMS", encoding: .utf8))
        }
        #expect(lists.count == 1)
    }
}
