import DatasetGen
import Synchronization

/// One line on standard error that says how far a run is: rows, rates, share done and time left.
final class ProgressLine: Sendable {
    /// When to show the line.
    enum Visibility: String, CaseIterable {
        case auto
        case always
        case never

        /// Whether to show it now.
        var isShown: Bool {
            switch self {
            case .auto: Console.statusIsTerminal
            case .always: true
            case .never: false
            }
        }
    }

    private struct State {
        var last: ContinuousClock.Instant
        var isDrawn = false
    }

    private let name: String
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    init(name: String) {
        self.name = name
        state = Mutex(State(last: start))
    }

    /// Shows the progress, at most five times a second.
    func update(_ progress: GenerationProgress) {
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            guard now - state.last >= .milliseconds(200) else { return false }
            state.last = now
            state.isDrawn = true
            return true
        }
        guard isDue else { return }
        Console.status("\r\u{1b}[K" + text(progress, elapsed: (now - start) / .seconds(1)))
    }

    /// Clears the line.
    func finish() {
        if state.withLock({ $0.isDrawn }) { Console.status("\r\u{1b}[K") }
    }

    private func text(_ progress: GenerationProgress, elapsed: Double) -> String {
        let done = Double(progress.rowsDone) / Double(max(1, progress.rowsTotal))
        let left = done > 0 ? elapsed / done - elapsed : 0
        let rate = Double(progress.rowsDone) / elapsed
        let bytes = Double(progress.bytesWritten) / elapsed
        return "\(name)  \(Int(done * 100)) %  \(Readable.count(progress.rowsDone)) rows  "
            + "\(Readable.scaled(rate)) rows/s  \(Readable.scaled(bytes))B/s  \(Readable.clock(left)) left"
    }
}
