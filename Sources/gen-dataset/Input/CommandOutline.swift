import ArgumentParser
import DatasetGen

/// A command as ArgumentParser describes it: its name, its options, its subcommands.
struct CommandOutline {
    let name: String
    let options: [GivenOptions.Definition]
    let subcommands: [CommandOutline]

    /// `gen-dataset` itself.
    static let root =
        JSONValue(parsing: Array(GenDataset._dumpHelp().utf8))?["command"].map { CommandOutline($0) }
        ?? CommandOutline(name: "gen-dataset", options: [], subcommands: [])

    private init(name: String, options: [GivenOptions.Definition], subcommands: [CommandOutline]) {
        (self.name, self.options, self.subcommands) = (name, options, subcommands)
    }

    private init(_ json: JSONValue) {
        self.init(
            name: json["commandName"]?.stringValue ?? "",
            options: (json["arguments"]?.elements ?? []).filter { $0["kind"]?.stringValue != "positional" }
                .map { GivenOptions.Definition($0) },
            subcommands: (json["subcommands"]?.elements ?? []).map { CommandOutline($0) }
        )
    }
}

extension GivenOptions.Definition {
    fileprivate init(_ json: JSONValue) {
        let names = (json["names"]?.elements ?? [])
            .map { name in
                (isLong: name["kind"]?.stringValue == "long", text: name["name"]?.stringValue ?? "")
            }
        self.init(
            names: names.filter(\.isLong).map { "--" + $0.text } + names.filter { !$0.isLong }.map { "-" + $0.text },
            takesValue: json["kind"]?.stringValue == "option",
            isRepeating: json["isRepeating"] == .literal("true")
        )
    }
}
