import ArgumentParser
import DatasetGen

/// The options of a command line by their long names, as often as they are given.
///
/// What ArgumentParser says about itself is the list of all options, so that none is missing here.
struct GivenOptions {
    /// An option or a flag of a command.
    struct Definition {
        /// All spellings, with their dashes; the long one first.
        let names: [String]
        let takesValue: Bool
        let isRepeating: Bool
    }

    /// The names, in the order of the command line.
    let names: [String]
    private let definitions: [Definition]

    /// The options of this process's command line.
    static let current = GivenOptions(Array(CommandLine.arguments.dropFirst()))

    /// Reads a command line, subcommands first.
    init(_ arguments: [String]) {
        var command = CommandOutline.root
        var rest = arguments[...]
        while let word = rest.first, let next = command.subcommands.first(where: { $0.name == word }) {
            command = next
            rest.removeFirst()
        }
        definitions = command.options
        names = Self.names(in: rest, definitions)
    }

    /// An option that is given more than once and must not be.
    var repeated: String? {
        let single = definitions.filter { !$0.isRepeating }.compactMap(\.names.first)
        return single.first { name in names.count(where: { $0 == name }) > 1 }
    }

    /// Whether `--json` is given, right or wrong as the rest may be.
    var asksForJSON: Bool { names.contains("--json") }

    private static func names(in arguments: ArraySlice<String>, _ definitions: [Definition]) -> [String] {
        var names: [String] = []
        var rest = arguments
        while let argument = rest.popFirst(), argument != "--" {
            for spelling in spellings(in: argument) {
                guard let option = definitions.first(where: { $0.names.contains(spelling) }) else { continue }
                names.append(option.names[0])
                if option.takesValue, !argument.contains("=") { rest = rest.dropFirst() }
            }
        }
        return names
    }

    /// The options of an argument: `--output`, also of `--output=x`; `-q` and `-v` of `-qv`.
    private static func spellings(in argument: String) -> [String] {
        let name = argument.prefix { $0 != "=" }
        if name.hasPrefix("--") { return [String(name)] }
        return name.hasPrefix("-") ? name.dropFirst().map { "-\($0)" } : []
    }
}

extension GivenOptions {
    /// The given options of `recipe` that do not count in a mode.
    func unused(in mode: RunMode) -> [UseTable.Option] {
        names.compactMap { name in
            guard let option = UseTable.options.first(where: { $0.name == name }) else {
                return UseTable.Option(name, [], "it is in no mode of UseTable")
            }
            return option.modes.contains(mode) ? nil : option
        }
    }
}
