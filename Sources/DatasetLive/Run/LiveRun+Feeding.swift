extension LiveRun {
    /// Begins to feed the brokers of the recipe with what is committed.
    func beginFeeding(_ state: LiveState) throws(LiveError) {
        guard !request.feeds.isEmpty else { return }
        let feeds = try LiveFeeds(
            request.feeds,
            state,
            database: request.databasePath,
            clock: clock,
            log: log,
            monitor: monitor
        )
        self.feeds = feeds
        monitor.update { $0.feeds = feeds }
    }

    /// Has the feeds send what is committed before a run ends by itself.
    func feedTheRest(_ outcome: LiveOutcome) -> LiveOutcome {
        feeds?.end(isStopRequested: options.isStopRequested)
        return outcome
    }
}
