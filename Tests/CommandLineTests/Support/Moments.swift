import Foundation

/// The moments at which a load is disturbed.
enum Moments {
    /// Numbers of blocks that are there at each of them, spread over the first part of a load.
    ///
    /// - Parameters:
    ///   - usual: how many; twenty where `GEN_DATASET_EVERY_FAULT` is `all`.
    ///   - total: of how many blocks the load is.
    /// - Returns: them, ascending.
    static func blocks(_ usual: Int, of total: Int) -> [Int] {
        let isLong = ProcessInfo.processInfo.environment["GEN_DATASET_EVERY_FAULT"] == "all"
        let count = isLong ? 20 : usual
        return (0..<count).map { 1 + $0 * total * 3 / 4 / count }
    }

    /// Waits for a time that nobody knows, of that of a block or two.
    static func pause(upTo milliseconds: UInt32 = 60) { usleep(UInt32.random(in: 0..<milliseconds * 1_000)) }
}
