/// Who does what next in an ordered pipeline: a state machine without threads or locks.
///
/// Workers claim numbered units, produce them in any order and hand them in; a worker that hands in the unit whose
/// turn it is commits it and its successors that are there already. At most `window` units are claimed and not yet
/// committed, so that memory does not grow with the number of units.
package struct PipelineState<Product> {
    /// What a worker that asks for work is to do.
    package enum Claim {
        /// Produce this unit, into the storage of a committed one if there is any.
        case produce(Int64, recycled: Product?)
        /// Ask again once woken.
        case wait
        /// Stop: there is nothing left, or another worker has failed.
        case stop
    }

    private let count: Int64
    private var nextToClaim: Int64 = 0
    private var nextToCommit: Int64 = 0
    private var ready: [Product?]
    private var recycled: [Product] = []
    private var isCommitting = false
    private var hasFailed = false

    package init(count: Int64, window: Int) {
        self.count = count
        ready = (0..<window).map { _ in nil }
    }

    /// Asks for a unit to produce.
    package mutating func claim() -> Claim {
        if hasFailed || nextToClaim == count { return .stop }
        if mustWait { return .wait }
        nextToClaim += 1
        return .produce(nextToClaim - 1, recycled: recycled.popLast())
    }

    /// Whether the window is full.
    package var mustWait: Bool {
        !hasFailed && nextToClaim < count && nextToClaim - nextToCommit >= Int64(ready.count)
    }

    /// Hands in a produced unit.
    package mutating func handIn(_ product: Product, unit: Int64) {
        ready[Int(unit % Int64(ready.count))] = product
    }

    /// The unit to commit now; nil if its turn has not come or another worker is committing.
    package mutating func beginCommit() -> Product? {
        guard !isCommitting, !hasFailed else { return nil }
        let product = takeNext()
        isCommitting = product != nil
        return product
    }

    /// Takes back a committed unit's storage and gives the next unit to commit, if it is there.
    package mutating func continueCommit(recycling product: Product) -> Product? {
        recycled.append(product)
        nextToCommit += 1
        let next = hasFailed ? nil : takeNext()
        isCommitting = next != nil
        return next
    }

    /// Makes all workers stop.
    package mutating func fail() {
        hasFailed = true
    }

    private mutating func takeNext() -> Product? {
        let slot = Int(nextToCommit % Int64(ready.count))
        defer { ready[slot] = nil }
        return ready[slot]
    }
}
