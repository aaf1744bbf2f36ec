import DatasetGen

/// `/metrics`: names and units as Prometheus recommends them.
enum PrometheusMetrics {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func text(
        of snapshot: Snapshot,
        readings: String,
        readingSeriesLimit: Int,
        database: DatabaseStatistics?,
        requests: [Int: Int64]
    ) -> String {
        var text = PrometheusText()
        describeRun(snapshot, in: &text)
        describeReadings(snapshot.run, in: &text)
        describeSeries(of: snapshot.run, limit: readingSeriesLimit, in: &text)
        text.append(readings)
        describeHealth(snapshot.run, in: &text)
        describeFeeds(snapshot.run.feeds, in: &text)
        if let database { describe(database, in: &text) }
        if let reload = snapshot.run.reload { describe(reload, in: &text) }
        describeProcess(snapshot.process, requests: requests, in: &text)
        return text.text
    }

    private static func describeRun(_ snapshot: Snapshot, in text: inout PrometheusText) {
        let run = snapshot.run
        text.begin("gen_dataset_build_info", .gauge, "Always 1; the version is in the label.")
        text.sample("gen_dataset_build_info", labels: ["version": Generator.version], value: 1)
        text.begin("gen_dataset_run_info", .gauge, "Always 1; what runs is in the labels.")
        text.sample("gen_dataset_run_info", labels: ["name": run.name, "mode": run.mode.rawValue], value: 1)
        text.add("gen_dataset_running", .gauge, "Whether readings are being made.", run.isRunning ? 1 : 0)
        text.add("gen_dataset_sensors", .gauge, "Sensors in the fleet.", run.sensorCount)
        if let start = run.startedAt {
            text.add(
                "gen_dataset_start_time_seconds",
                .gauge,
                "When the run began, from which all is counted, in seconds since 1970.",
                seconds(start)
            )
        }
        text.add(
            "gen_dataset_running_seconds_total",
            .counter,
            "How long the run has been running, over all restarts.",
            run.elapsed / .seconds(1)
        )
        if let planned = run.plannedReadings {
            text.add("gen_dataset_planned_readings", .gauge, "Readings to make.", planned)
        }
    }

    private static func describeReadings(_ run: RunStatus, in text: inout PrometheusText) {
        text.add("gen_dataset_readings_total", .counter, "Readings made by this run since it began.", run.readings)
        if let anomalies = run.anomalies {
            let name = "gen_dataset_anomalous_readings_total"
            text.begin(name, .counter, "Anomalous readings by type.")
            for type in AnomalyType.allCases {
                text.sample(name, labels: ["anomaly_type": type.name], value: anomalies[type])
            }
        }
        if let newest = run.newestReading {
            text.add(
                "gen_dataset_newest_reading_timestamp_seconds",
                .gauge,
                "The time of the newest reading, in seconds since 1970.",
                seconds(newest)
            )
        }
        if let lateness = run.lateness {
            let name = "gen_dataset_lateness_seconds"
            text.begin(name, .summary, "How long after its own time a reading appears.")
            text.sample(name, labels: ["quantile": "0.5"], value: lateness.median / .seconds(1))
            text.sample(name, labels: ["quantile": "0.99"], value: lateness.p99 / .seconds(1))
            text.sample(name, labels: ["quantile": "1"], value: lateness.maximum / .seconds(1))
            text.sample("\(name)_sum", value: lateness.sumSeconds)
            text.sample("\(name)_count", value: lateness.count)
        }
    }

    private static func describeSeries(of run: RunStatus, limit: Int, in text: inout PrometheusText) {
        text.add(
            "gen_dataset_sensor_series",
            .gauge,
            "Series that the sensors' current readings take; none of them is here if they are more than the limit.",
            PrometheusReadings.seriesCount(of: run)
        )
        text.add("gen_dataset_sensor_series_limit", .gauge, "What monitoring.reading_series_limit says.", limit)
    }

    private static func describeHealth(_ run: RunStatus, in text: inout PrometheusText) {
        text.add("gen_dataset_healthy", .gauge, "Whether nothing is wrong.", run.health == .healthy ? 1 : 0)
        text.add(
            "gen_dataset_database_healthy",
            .gauge,
            "Whether the database takes readings.",
            run.isDatabaseHealthy ? 1 : 0
        )
        text.add("gen_dataset_errors_total", .counter, "Errors, those included that a retry has mended.", run.errors)
        text.add("gen_dataset_buffered_readings", .gauge, "Readings that wait for the disk.", run.bufferedReadings)
        text.add(
            "gen_dataset_skipped_readings_total",
            .counter,
            "Readings that were too old to be caught up.",
            run.skippedReadings
        )
        text.add("gen_dataset_lost_readings_total", .counter, "Readings that are lost for good.", run.lostReadings)
    }

    private static func describeFeeds(_ feeds: [FeedProgress], in text: inout PrometheusText) {
        func add(_ name: String, _ type: PrometheusText.Kind, _ help: String, _ value: (FeedProgress) -> Double) {
            text.begin(name, type, help)
            for feed in feeds { text.sample(name, labels: ["feed": feed.name], value: value(feed)) }
        }
        guard !feeds.isEmpty else { return }
        add("gen_dataset_feed_connected", .gauge, "Whether there is a connection.") { $0.isConnected ? 1 : 0 }
        add("gen_dataset_feed_lag_seconds", .gauge, "How old the oldest reading is that is not acknowledged.") {
            $0.lag / .seconds(1)
        }
        add("gen_dataset_feed_waiting_readings", .gauge, "Readings that are due and not acknowledged.") {
            Double($0.waiting)
        }
        add("gen_dataset_feed_messages_total", .counter, "Messages acknowledged since the process began.") {
            Double($0.messages)
        }
        add("gen_dataset_feed_possible_duplicates_total", .counter, "Messages that may have arrived twice.") {
            Double($0.possibleDuplicates)
        }
    }

    private static func describe(_ database: DatabaseStatistics, in text: inout PrometheusText) {
        text.add("gen_dataset_database_size_bytes", .gauge, "The size of the database's files.", database.bytes)
        text.add("gen_dataset_database_readings", .gauge, "Readings in the database.", database.totalReadings)
        if let synced = database.syncedReadings {
            text.add(
                "gen_dataset_database_synced_readings",
                .gauge,
                "Readings that a consumer has marked as synchronised.",
                synced
            )
        }
    }

    private static func describe(_ reload: ReloadStatus, in text: inout PrometheusText) {
        text.add("gen_dataset_settings_version", .gauge, "The version of the settings in effect.", reload.version)
        text.add(
            "gen_dataset_settings_refused_total",
            .counter,
            "Changes of the settings that were refused.",
            reload.refusals
        )
    }

    private static func describeProcess(
        _ process: ProcessUsage,
        requests: [Int: Int64],
        in text: inout PrometheusText
    ) {
        let name = "gen_dataset_http_requests_total"
        text.begin(name, .counter, "Requests answered by the monitoring server.")
        for (status, count) in requests.sorted(by: { $0.key < $1.key }) {
            text.sample(name, labels: ["code": String(status)], value: count)
        }
        text.add(
            "process_cpu_seconds_total",
            .counter,
            "User and system time of the process in seconds.",
            process.processorSeconds
        )
        text.add("process_resident_memory_bytes", .gauge, "Resident memory in bytes.", process.residentBytes)
    }

    private static func seconds(_ time: SimulatedTime) -> Double { Double(time.microseconds) * 1e-6 }
}
