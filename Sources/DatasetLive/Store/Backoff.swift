/// Delays between attempts: each about twice the one before, up to a limit, and none exactly like another program's.
struct Backoff: Sendable {
    private let first: Int64
    private let limit: Int64
    private var next: Int64

    /// Delays from `first` to `limit` microseconds.
    init(first: Int64, limit: Int64) {
        (self.first, self.limit, next) = (first, limit, first)
    }

    /// The next delay in microseconds: between half of what is due and all of it.
    mutating func delay() -> Int64 {
        defer { next = min(limit, next * 2) }
        return Int64.random(in: next / 2...next)
    }

    /// Begins anew after a success.
    mutating func reset() {
        next = first
    }

    /// The delay before attempt number `attempt`, counted from 0.
    static func delay(attempt: Int, first: Int64, limit: Int64) -> Int64 {
        let due = min(limit, first << Int64(min(attempt, 20)))
        return Int64.random(in: due / 2...due)
    }
}
