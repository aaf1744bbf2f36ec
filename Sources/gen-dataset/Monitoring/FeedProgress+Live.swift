import DatasetLive
import DatasetMonitoring

extension FeedProgress {
    /// That of a live run's feed.
    init(_ feed: FeedStatus) {
        self.init(name: feed.name)
        (isConnected, messages, possibleDuplicates) = (feed.isConnected, feed.messages, feed.possibleDuplicates)
        (lastReading, waiting, lag) = (feed.lastReading, feed.readingsWaiting, .seconds(feed.lagSeconds))
        (lastError, lastErrorAt) = (feed.lastError, feed.lastErrorAt)
    }
}
