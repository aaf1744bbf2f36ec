import DatasetGen

/// When what has failed for the moment is tried again: a connection was lost, or a server is busy.
package struct Retries: Sendable {
    /// How long, from the first failure on.
    package var patience: Duration = .seconds(60)
    /// Asked while it waits; true ends the attempts.
    package var isCancelled: @Sendable () -> Bool = { false }
    /// Told of every failure that is tried again, on changing threads.
    package var onTrouble: @Sendable (String) -> Void = { _ in }

    package init() {}

    /// Does something until it succeeds.
    ///
    /// - Parameter body: may be done again, whatever has become of it before.
    /// - Returns: what it gives.
    /// - Throws: its ``DeliveryError`` where another attempt would not help, or patience has ended.
    package func run<Value>(_ body: () throws(DeliveryError) -> Value) throws(DeliveryError) -> Value {
        var attempts: Attempts?
        while true {
            do throws(DeliveryError) {
                return try body()
            } catch {
                var next = attempts ?? Attempts(self)
                try next.wait(after: error)
                attempts = next
            }
        }
    }

    /// Does something until it succeeds; what is no ``DeliveryError`` is not tried again.
    package func runAsync<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        var attempts: Attempts?
        while true {
            do {
                return try await body()
            } catch let error as DeliveryError {
                var next = attempts ?? Attempts(self)
                try next.wait(after: error)
                attempts = next
            }
        }
    }
}

/// Attempts at one thing that has failed.
struct Attempts {
    private let retries: Retries
    private let deadline: ContinuousClock.Instant
    private var pause = Duration.milliseconds(50)

    init(_ retries: Retries) {
        self.retries = retries
        deadline = .now + retries.patience
    }

    /// Waits until the next attempt is due.
    ///
    /// - Throws: the error, if there shall be none.
    mutating func wait(after error: DeliveryError) throws(DeliveryError) {
        guard error.kind == .transient, ContinuousClock.now < deadline, !retries.isCancelled() else { throw error }
        retries.onTrouble(error.description)
        // Workers that were sent away together do not come back together.
        let wait = max(pause * Double.random(in: 0.5...1), .seconds(min(error.pause ?? 0, 30)))
        Pacer.sleep(until: .now + wait, isCancelled: retries.isCancelled)
        pause = min(pause * 2, .seconds(5))
    }
}
