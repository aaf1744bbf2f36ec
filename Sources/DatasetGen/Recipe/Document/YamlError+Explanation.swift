internal import Yams

extension YamlError {
    /// Where the text is wrong.
    func position(in text: String) -> TextPosition {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
            return TextPosition(line: mark.line, column: mark.column)
        case .duplicatedKeysInMapping(_, let context):
            return TextPosition(line: context.mark.line, column: context.mark.column)
        case .reader(_, let offset?, _, _):
            return TextPosition(atEndOf: text.prefix(offset))
        default:
            return TextPosition(line: 1, column: 1)
        }
    }

    /// What is wrong, in one line.
    var explanation: String {
        switch self {
        case .scanner(let context, let problem, _, _), .parser(let context, let problem, _, _),
            .composer(let context, let problem, _, _):
            if problem.contains("nesting level") { return "values are nested too deeply" }
            let place = context.map { "\($0.text) at line \($0.mark.line): " } ?? ""
            return "this is not YAML: \(place)\(problem)"
        case .duplicatedKeysInMapping(let names, _):
            return "the key \(names.first ?? "") is repeated"
        case .reader(let problem, _, _, _):
            return "this is not YAML: \(problem)"
        default:
            return "this is not YAML"
        }
    }
}
