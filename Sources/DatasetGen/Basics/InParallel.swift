import Dispatch
import Synchronization

/// Does a piece of work for consecutive ranges of `0..<count`, on all cores, and gives the results in order.
///
/// For what is prepared once, before the workers begin. There are never more ranges than cores could make use of, and one
/// at least.
///
/// - Parameters:
///   - count: how many items there are.
///   - least: how many items are worth a range.
///   - body: the work for a range of items.
/// - Returns: one result for each range.
package func inParallel<Result: Sendable>(
    _ count: Int,
    atLeast least: Int,
    _ body: @Sendable (Range<Int>) -> Result
) -> [Result] {
    let pieces = max(1, min(count / least, 64))
    guard pieces > 1 else { return [body(0..<count)] }
    let results = Mutex<[Result?]>(Array(repeating: nil, count: pieces))
    DispatchQueue.concurrentPerform(iterations: pieces) { piece in
        let result = body(piece * count / pieces..<(piece + 1) * count / pieces)
        results.withLock { $0[piece] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
}
