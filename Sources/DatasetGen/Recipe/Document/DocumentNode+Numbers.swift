extension DocumentNode {
    /// The text of a plain number, brought to one form: no `+`, digits before the point, a small `e`.
    ///
    /// Nil for all else, and for `.inf` and `.nan`, which no key accepts.
    ///
    /// Source: YAML 1.2.2, section 10.3.2: `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
    var numberText: String? {
        guard let text = plainText, text.utf8.count <= 40 else { return nil }
        var rest = text.utf8[...]
        var normal = ""
        if rest.first == UInt8(ascii: "-") { normal = "-" }
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let whole = rest.takeDigits()
        var fraction = ""
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = rest.takeDigits()
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        normal += (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            normal += "e"
            if rest.first == UInt8(ascii: "-") { normal += "-" }
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            let exponent = rest.takeDigits()
            guard !exponent.isEmpty else { return nil }
            normal += exponent
        }
        return rest.isEmpty ? normal : nil
    }

    /// A plain truth value.
    ///
    /// The words of YAML 1.1 are accepted too: a recipe may come from a program that reads that version. Not so its `y` and
    /// `n`, which most such programs take for text. `1` and `0` are what variables of the environment often hold.
    var truthValue: Bool? { plainText.flatMap { Self.truthValues[$0] } }

    /// Every spelling of a truth value: in files, options and variables alike.
    static let truthValues: [String: Bool] = {
        var values = ["1": true, "0": false]
        for (word, value) in [
            ("true", true), ("yes", true), ("on", true), ("false", false), ("no", false), ("off", false),
        ] {
            for spelling in [word, word.prefix(1).uppercased() + word.dropFirst(), word.uppercased()] {
                values[spelling] = value
            }
        }
        return values
    }()
}

extension Substring.UTF8View {
    /// Removes and returns the digits at the start.
    fileprivate mutating func takeDigits() -> String {
        let digits = prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        removeFirst(digits.count)
        return String(Substring(digits))
    }
}
