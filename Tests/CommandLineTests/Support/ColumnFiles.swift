import Testing

extension Workspace {
    /// Gives `out` sums of the files that it has now.
    static let newSums = "cd out && sha256sum $(cut -c 67- SHA256SUMS) > new && mv new SHA256SUMS"

    /// The dataset `out`, whose readings are in one file, is verified, audited and described without a note.
    ///
    /// - Parameter format: which one `audit` is asked for; nil for whatever there is.
    /// - Throws: where a command cannot be run.
    func expectTellsAllReadings(auditing format: String? = nil) throws {
        let audit = ["audit", "out"] + (format.map { ["--format", $0] } ?? [])
        for command in [["verify", "out"], ["verify", "out", "--regenerate"], audit, ["describe", "out"]] {
            let outcome = try run(command)
            #expect(outcome.status == 0 && outcome.notes.isEmpty, "\(outcome.errors)\(outcome.output)")
        }
    }

    /// A file of columns that says otherwise than the CSV beside it, and one that is damaged, are found by `verify`.
    ///
    /// - Parameters:
    ///   - format: which one.
    ///   - cases: changes of the file's bytes, statements of Python about `data`, and what is told of each.
    /// - Throws: where a command cannot be run.
    func expectDamageTold(of format: String, _ cases: [(change: String, told: String)]) throws {
        try write("\(Samples.nasty)\noutputs: {csv: {compression: none}, \(format): true}\n", to: "whole.yaml")
        try generate("whole.yaml", to: "out")
        let change = "sed -i '12s/,0,0,,/,1,1,spike,/' out/readings.csv && \(Self.newSums)"
        try #require(try shell(change).status == 0)
        let other = try run("verify", "out")
        #expect(other.status == 76)
        #expect(
            (other.output + other.errors).contains("readings.\(format): row 11, "),
            "\(other.output)\(other.errors)"
        )
        #expect((other.output + other.errors).contains("status_code is 0, not 1"), "\(other.output)\(other.errors)")
        for (change, told) in cases {
            try generate("whole.yaml", to: "out", "--overwrite")
            let program = """
                data = bytearray(open('out/readings.\(format)', 'rb').read())
                \(change)
                open('out/readings.\(format)', 'wb').write(data)
                """
            try write(program, to: "change.py")
            try #require(try shell("python3 change.py && \(Self.newSums)").status == 0)
            let outcome = try run("verify", "out")
            #expect(outcome.status == 76)
            #expect((outcome.output + outcome.errors).contains(told), "\(change): \(outcome.output)\(outcome.errors)")
        }
    }
}
