import DatasetFiles
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
        update(rowsDone: progress.rowsDone, rowsTotal: progress.rowsTotal, bytesWritten: progress.bytesWritten)
    }

    /// Shows the progress, at most five times a second.
    func update(rowsDone: Int64, rowsTotal: Int64, bytesWritten: Int64) {
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            guard now - state.last >= .milliseconds(200) else { return false }
            state.last = now
            state.isDrawn = true
            return true
        }
        guard isDue else { return }
        let line = text(rowsDone, rowsTotal, bytesWritten, elapsed: (now - start) / .seconds(1))
        let marked = line.hasPrefix(name) ? Emphasis.heading.marking(name) + line.dropFirst(name.count) : line
        Console.status("\r\u{1b}[K" + marked)
    }

    /// Clears the line.
    func finish() {
        if state.withLock({ $0.isDrawn }) { Console.status("\r\u{1b}[K") }
    }

    private func text(_ rowsDone: Int64, _ rowsTotal: Int64, _ bytesWritten: Int64, elapsed: Double) -> String {
        let done = Double(rowsDone) / Double(max(1, rowsTotal))
        let left = done > 0 ? elapsed / done - elapsed : 0
        return Self.line(
            of: [
                (name, 2), ("\(Int(done * 100)) %", 5), (Readable.count(rowsDone, of: "row"), 1),
                (Readable.rate(Double(rowsDone) / elapsed, of: "rows"), 3),
                (Readable.bytes(Double(bytesWritten) / elapsed) + "/s", 0),
                ("\(Readable.clock(left)) left", 4),
            ],
            within: Console.statusWidth
        )
    }

    /// The parts on one line; those that weigh least go first where the terminal is too narrow for all: a line that wraps is
    /// never cleared.
    private static func line(of parts: [(text: String, weight: Int)], within width: Int?) -> String {
        var parts = parts
        while true {
            let line = parts.map(\.text).joined(separator: "  ")
            guard let width, line.count >= width else { return line }
            guard parts.count > 1, let least = parts.map(\.weight).min() else { return String(line.prefix(width - 1)) }
            parts.removeAll { $0.weight == least }
        }
    }
}
