import Foundation
import Testing

/// Signatures, with keys that OpenSSL makes, and against its own check.
@Suite("recipe --sign and verify --key", .timeLimit(.minutes(30)))
struct SignatureTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
        try shell(
            "openssl genpkey -algorithm ed25519 -out key.pem && openssl pkey -in key.pem -pubout -out pub.pem && chmod 600 key.pem"
        )
    }

    private func shell(_ line: String) throws {
        let outcome = try workspace.shell(line)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    @Test("sign a dataset so that verify and openssl accept it, and nothing else changes")
    func signed() throws {
        try workspace.generate("small.yaml", to: "plain")
        let outcome = try workspace.run("recipe", "small.yaml", "-o", "set", "--sign", "key.pem")
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        #expect(try workspace.differences("plain", "set") == ["SHA256SUMS.sig"])
        #expect(try workspace.bytes("set/SHA256SUMS.sig").count == 64)
        #expect(try !workspace.text("set/SHA256SUMS").contains("SHA256SUMS"))
        try shell(
            "cd set && openssl pkeyutl -verify -pubin -inkey ../pub.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig"
        )
        let checked = try workspace.run("verify", "set", "--key", "pub.pem")
        #expect(checked.status == 0)
        #expect(checked.output.contains("ok     SHA256SUMS.sig: it is the signature of the key given\n"))
        let unchecked = try workspace.run("verify", "set")
        #expect(unchecked.status == 0)
        #expect(unchecked.output.contains("note   SHA256SUMS.sig: there is a signature; it was not checked"))
    }

    @Test("verify --key refuses a dataset that is not signed, changed, or signed by another")
    func refused() throws {
        func expect(_ words: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
            let outcome = try workspace.run("verify", "set", "--key", "pub.pem", "--quiet")
            #expect(outcome.status == 76, sourceLocation: sourceLocation)
            #expect(outcome.errorLines == ["error: set/SHA256SUMS.sig: \(words)"], sourceLocation: sourceLocation)
        }
        try workspace.generate("small.yaml", to: "set")
        try expect("it is missing: the dataset is not signed")
        try workspace.generate("small.yaml", to: "set", "--overwrite", "--sign", "key.pem")
        var signature = try workspace.bytes("set/SHA256SUMS.sig")
        signature[signature.startIndex + 20] ^= 4
        try workspace.write(signature, to: "set/SHA256SUMS.sig")
        let words = "it is not the signature of the key given, or SHA256SUMS has changed since"
        try expect(words)
        try workspace.write("", to: "set/SHA256SUMS.sig")
        try expect(words)
        try workspace.generate("small.yaml", to: "set", "--overwrite", "--sign", "key.pem", "--seed", "9")
        try shell("openssl genpkey -algorithm ed25519 | openssl pkey -pubout -out pub.pem")
        try expect(words)
    }

    @Test("a change that fits the digests does not fit the signature")
    func forged() throws {
        try workspace.generate("small.yaml", to: "set", "--sign", "key.pem")
        try workspace.generate("small.yaml", to: "other", "--seed", "9")
        try shell("cp other/* set/")
        #expect(try workspace.run("verify", "set").status == 0)
        #expect(try workspace.run("verify", "set", "--key", "pub.pem").status == 76)
    }

    @Test("keys of other kinds are refused before anything is generated")
    func keys() throws {
        try shell(
            """
            openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:1024 -out rsa.pem 2>/dev/null
            openssl genpkey -algorithm x25519 -out x.pem
            openssl genpkey -algorithm ed25519 -aes256 -pass pass:secret -out locked.pem
            openssl ecparam -name prime256v1 -genkey -out ec.pem
            sed 's/^M[A-Z]/!!/' key.pem > bad.pem
            head -1 key.pem > cut.pem
            echo text > text.pem
            openssl pkey -in x.pem -pubout -out xpub.pem
            """
        )
        let otherKind = "it is not an Ed25519 key; openssl genpkey -algorithm ed25519 -out KEY makes one"
        func expect(_ arguments: [String], _ status: Int32, _ error: String) throws {
            let outcome = try workspace.run(arguments)
            #expect(outcome.status == status, "\(arguments)")
            #expect(outcome.errors == "error: \(error)\n")
            #expect(outcome.output == "")
        }
        for (file, words) in [
            ("rsa.pem", otherKind), ("x.pem", otherKind), ("ec.pem", otherKind),
            ("locked.pem", "it is encrypted; openssl pkey -in FILE -out KEY gives it without a password"),
            ("bad.pem", "its PEM is damaged"), ("cut.pem", "its PEM is damaged"),
            ("text.pem", "it is not a key in PEM"),
            ("pub.pem", "it is a public key; signing takes the private one"),
        ] {
            try expect(["recipe", "small.yaml", "-o", "set", "--sign", file], 65, "\(file): \(words)")
        }
        try expect(
            ["recipe", "small.yaml", "-o", "set", "--sign", "none.pem"],
            66,
            "cannot read none.pem: No such file or directory"
        )
        #expect(try !workspace.names().contains { $0.hasPrefix("set") })
        let hint = "it is a private key; checking takes the public one: openssl pkey -in FILE -pubout -out PUB"
        try expect(["verify", ".", "--key", "key.pem"], 65, "key.pem: \(hint)")
        try expect(["verify", ".", "--key", "xpub.pem"], 65, "xpub.pem: \(otherKind)")
        try expect(["verify", ".", "--key", "none.pem"], 66, "cannot read none.pem: No such file or directory")
    }

    @Test("a private key that others can read is noted, and never shown")
    func privacy() throws {
        try shell("chmod 644 key.pem")
        let outcome = try workspace.run("recipe", "small.yaml", "-o", "set", "--sign", "key.pem", "--verbose")
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("note: key.pem can be read by others; chmod 600 keeps it private\n"))
        let secret = try workspace.text("key.pem").split(separator: "\n")[1]
        #expect(!outcome.errors.contains(secret) && !outcome.output.contains(secret))
        let found = try workspace.shell("grep -c -F '\(secret)' set/*")
        #expect(found.output.split(separator: "\n").allSatisfy { $0.hasSuffix(":0") }, "\(found.output)")
    }
}
