import Testing

@Suite("Completions in Bash", .timeLimit(.minutes(30)))
struct CompletionTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write("dataset: {duration: 1m}", to: "mine.yaml")
        try workspace.write("no recipe", to: "notes.txt")
        try #require(
            try workspace.shell("mkdir -p recipes datasets/one && touch recipes/deep.yaml key.pem").status == 0
        )
    }

    /// What Bash offers behind a line whose last word is being written.
    private func completions(_ line: String) throws -> [String] {
        let script = """
            export PATH="$(dirname "$TOOL"):$PATH"
            source <(gen-dataset --generate-completion-script bash)
            COMP_LINE='\(line)' COMP_POINT=${#COMP_LINE}
            read -ra COMP_WORDS <<< "$COMP_LINE"
            [[ "$COMP_LINE" == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _gen-dataset gen-dataset "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2> /dev/null
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        try workspace.write(script, to: "complete.sh")
        let outcome = try workspace.shell("bash complete.sh")
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.split(separator: "\n").map(String.init)
    }

    @Test("are recipes, bundled ones and one's own, and folders that may have some")
    func recipes() throws {
        let all = try completions("gen-dataset recipe ")
        #expect(all.contains("ml-training.yaml") && all.contains("mine.yaml"))
        #expect(all.contains { $0 == "recipes/" || $0 == "recipes" } && !all.contains("notes.txt"), "\(all)")
        #expect(try completions("gen-dataset recipe mi") == ["mine.yaml"])
        #expect(try completions("gen-dataset recipe recipes/") == ["recipes/deep.yaml"])
        #expect(try completions("gen-dataset load quick") == ["quickstart.yaml"])
        #expect(try completions("gen-dataset init new.yaml --from cold") == ["cold-chain.yaml"])
    }

    @Test("are commands, options, formats one behind the other, cities, folders and keys")
    func words() throws {
        #expect(try completions("gen-dataset desc") == ["describe"])
        #expect(try completions("gen-dataset recipe mine.yaml --ver").contains("--verbose"))
        #expect(try completions("gen-dataset recipe mine.yaml --format par") == ["parquet"])
        #expect(try completions("gen-dataset recipe mine.yaml --format csv,par") == ["csv,parquet"])
        #expect(try completions("gen-dataset export datasets/one --as time") == ["timeeval"])
        #expect(try completions("gen-dataset identity --city Reyk") == ["Reykjavik"])
        #expect(try completions("gen-dataset identity --city Nuku") == ["Nuku'alofa"])
        #expect(try completions("gen-dataset verify data") == ["datasets"])
        #expect(try completions("gen-dataset verify datasets/one --key ").contains("key.pem"))
    }
}
