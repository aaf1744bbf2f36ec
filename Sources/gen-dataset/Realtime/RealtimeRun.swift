import DatasetGen
import DatasetLive
import Foundation
import Logging

/// `gen-dataset recipe FILE --realtime`: a live run from the command line.
struct RealtimeRun {
    private let resolved: ResolvedRecipe
    private let loader: RecipeLoader
    private let options: RealtimeOptions
    private let isJSON: Bool
    private let log: LiveLog

    init(
        _ resolved: ResolvedRecipe,
        loader: RecipeLoader,
        options: RealtimeOptions,
        verbosity: LiveLog.Verbosity,
        isJSON: Bool
    ) {
        self.resolved = resolved
        self.loader = loader
        self.options = options
        self.isJSON = isJSON
        log = LiveLog(resolved.recipe.live.logging, verbosity: verbosity)
    }

    /// Runs until the end of the recipe's time, or a signal.
    func run() async throws {
        for note in resolved.notes + resolved.notesOfUnused(in: .live) { log.logger.notice("\(note)") }
        makeTemporaryFolder()
        let monitor = LiveMonitor()
        let service = MonitoringService(LiveMonitoredRun(monitor), logger: log.logger)
        let live = liveOptions(service)
        let outcome = try await service.serve { try await onThread(live, monitor) }
        // Lines of readings and a summary do not go into one stream.
        if !options.stdout { printSummary(monitor.status(), outcome) }
    }

    /// SQLite takes another folder, without a word, where the one that SQLITE_TMPDIR names is not there.
    private func makeTemporaryFolder() {
        guard let folder = ProcessInfo.processInfo.environment["SQLITE_TMPDIR"] else { return }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            log.logger.warning("SQLITE_TMPDIR: \(folder) cannot be made: \(error.localizedDescription)")
        }
    }

    private func liveOptions(_ service: MonitoringService) -> LiveOptions {
        let (signals, log) = (LiveSignals(), log)
        var live = LiveOptions()
        live.speed = options.speed ?? 1
        live.backfill = options.backfillMicroseconds
        if options.stdout {
            live.consumer = { bytes in StandardOutput.write(bytes, unless: { signals.isStopRequested }) }
        }
        live.onParameters = { parameters in
            log.apply(parameters.logging)
            service.apply(parameters.monitoring)
        }
        live.isStopRequested = { signals.isStopRequested }
        live.takeReloadRequest = { signals.takeReloadRequest() }
        return live
    }

    /// A live run waits for the clock and for the disk: it has a thread of its own.
    private func onThread(_ live: LiveOptions, _ monitor: LiveMonitor) async throws -> LiveOutcome {
        let (resolved, loader, logger) = (resolved, loader, log.logger)
        return try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
                let source = LiveRecipeSource(path: loader.source.path) { try loader.reload() }
                let run = LiveRun(resolved, from: source, options: live, monitor: monitor, log: logger)
                continuation.resume(with: Result { () throws in try run.run() })
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    private func printSummary(_ status: LiveStatus, _ outcome: LiveOutcome) {
        let (median, p99) = (status.latenessMedian ?? 0, status.latenessP99 ?? 0)
        let json: JSONValue = [
            "database": .string(status.databasePath), "rows": .literal("\(status.rowsWritten)"),
            "readings": .literal("\(status.readings)"), "seed": .exact(status.seed),
            "versions": .literal("\(status.versions.count)"), "outcome": .string("\(outcome)"),
            "seconds": .literal(Readable.fixed(status.uptimeSeconds, decimals: 3)),
            "lateness_median_seconds": .literal(Readable.fixed(median, decimals: 6)),
            "lateness_p99_seconds": .literal(Readable.fixed(p99, decimals: 6)),
            "feeds": .array(
                status.feeds.map { feed in
                    [
                        "name": .string(feed.name), "messages": .literal("\(feed.messages)"),
                        "possible_duplicates": .literal("\(feed.possibleDuplicates)"),
                        "waiting_readings": .literal("\(feed.readingsWaiting)"),
                    ]
                }
            ),
        ]
        if isJSON { return Console.json(json) }
        Console.result(
            "\(status.databasePath): \(Readable.count(status.rowsWritten, of: "row")) written, "
                + "\(Readable.count(status.readings, of: "reading")) since the start of the run, seed \(status.seed)"
        )
        for feed in status.feeds {
            let twice = feed.possibleDuplicates
            Console.result(
                "\(feed.name): \(Readable.count(feed.messages, of: "message")) acknowledged"
                    + (twice > 0 ? ", \(Readable.count(twice)) of them perhaps there twice" : "")
                    + (feed.readingsWaiting > 0 ? ", \(Readable.count(feed.readingsWaiting)) to be sent next time" : "")
            )
        }
    }
}
