/// A value that an option of the command line gives and that beats the recipe's and the environment's.
public enum RecipeOverride: Hashable, Sendable {
    /// `--seed`: `dataset.seed`.
    case seed(String)
    /// `--start`: `dataset.start`.
    case start(String)
    /// `--end`: `dataset.end`, and the recipe's `duration` counts no more.
    case end(String)
    /// `--duration`: `dataset.duration`, and the recipe's `end` counts no more.
    case duration(String)
    /// `--order`: `dataset.order`.
    case order(String)
    /// `--sensors`: `replicas.count`.
    case sensors(String)
    /// `--format`: `outputs`, names with commas between; the recipe's options of these formats stay.
    case formats(String)
    /// `--columns`: `columns` of each output that is left, names with commas between; without one of the healthy twin, that is
    /// not computed either.
    case columns(String)
    /// `--identity`: the path of an identity, relative to the current folder.
    case identity(String)
    /// `--monitor`: `monitoring.enabled`.
    case monitor
    /// `--output -`: the recipe's `package` counts no more, as what goes to a pipe is no folder that its files could describe.
    case unpackaged
    /// An option of `inject`: a key of the recording or of its metrics, with a text as it stands.
    case recording(option: String, key: String, value: String)
    /// `--set`: any key, as `key.path=value` with a YAML value; items of lists by number, `fleet.0.count=3`.
    case set(String)

    /// When it is applied.
    package enum Turn: Sendable {
        /// Before all that is set inside it.
        case first
        /// As the command line has it.
        case inOrder
        /// After all others: it chooses among what they have set.
        case last
    }

    /// When it is applied.
    package var turn: Turn {
        switch self {
        case .identity: .first
        case .formats, .columns, .unpackaged: .last
        case .seed, .start, .end, .duration, .order, .sensors, .monitor, .recording, .set: .inOrder
        }
    }

    /// The option and what it sets; nil for what sets nothing.
    var assignment: (option: String, path: String, text: String)? {
        switch self {
        case .seed(let text): ("--seed", "dataset.seed", text)
        case .start(let text): ("--start", "dataset.start", text)
        case .end(let text): ("--end", "dataset.end", text)
        case .duration(let text): ("--duration", "dataset.duration", text)
        case .order(let text): ("--order", "dataset.order", text)
        case .sensors(let text): ("--sensors", "replicas.count", text)
        case .formats(let text): ("--format", "outputs", text)
        case .columns(let text): ("--columns", "outputs", text)
        case .identity(let text): ("--identity", "identity", text)
        case .monitor: ("--monitor", "monitoring.enabled", "true")
        case .unpackaged: nil
        case .recording(let option, let key, let value): (option, key, value)
        case .set(let text): Self.parts(of: text).map { ("--set \($0.path)", $0.path, $0.value) }
        }
    }

    /// The key that is set, items of lists by their numbers in one form; nil if there is none.
    package var keyPath: [String]? {
        assignment?.path.split(separator: ".").map { part in Int(part).map(String.init) ?? String(part) }
    }

    /// The option, such as `--seed` or `--set anomalies.probability`; nil for what sets nothing.
    package var optionName: String? { assignment?.option }

    private static func parts(of text: String) -> (path: String, value: String)? {
        guard let sign = text.firstIndex(of: "=") else { return nil }
        let path = String(text[..<sign])
        let isPath = path.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
        return isPath ? (path, String(text[text.index(after: sign)...])) : nil
    }
}
