import Synchronization

/// The port that a server has listened at, so that it starts again at the same one.
final class ListeningPort: Sendable {
    private let state = Mutex<Int?>(nil)

    var port: Int? { state.withLock(\.self) }

    /// Remembers the port; whether it is the first.
    func begin(at port: Int) -> Bool {
        state.withLock { state in
            defer { state = port }
            return state == nil
        }
    }
}
