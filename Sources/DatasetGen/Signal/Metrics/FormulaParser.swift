/// Reads a ``Formula`` by recursive descent.
struct FormulaParser {
    private let text: [Character]
    private let names: [String]
    private var place = 0
    private var program: [Formula.Instruction] = []
    private var height = 0
    private var nesting = 0
    private(set) var deepest = 0

    init(_ text: String, names: [String]) {
        self.text = Array(text)
        self.names = names
    }

    mutating func parse() throws(FormulaError) -> [Formula.Instruction] {
        try sum()
        skipSpace()
        if place < text.count { throw error("expected an operator or the end, not '\(text[place])'") }
        return program
    }

    private mutating func sum() throws(FormulaError) {
        nesting += 1
        guard nesting <= Formula.maximumDepth else { throw error("more than \(Formula.maximumDepth) levels") }
        try product()
        while let symbol = next(of: ["+", "-", "−"]) {
            try product()
            try emit(symbol == "+" ? .add : .subtract, taking: 2)
        }
        nesting -= 1
    }

    private mutating func product() throws(FormulaError) {
        try signed()
        while let symbol = next(of: ["*", "×", "·", "/", "÷"]) {
            try signed()
            try emit(symbol == "/" || symbol == "÷" ? .divide : .multiply, taking: 2)
        }
    }

    private mutating func signed() throws(FormulaError) {
        var isNegative = false
        while let symbol = next(of: ["-", "−", "+"]) {
            if symbol != "+" { isNegative.toggle() }
        }
        try power()
        if isNegative { try emit(.negate, taking: 1) }
    }

    private mutating func power() throws(FormulaError) {
        try operand()
        guard next(of: ["^"]) != nil else { return }
        let isNegative = next(of: ["-", "−"]) != nil
        skipSpace()
        let start = place
        let digits = word { $0.isASCII && $0.isWholeNumber }
        guard let exponent = Int(digits), exponent <= 64 else {
            throw error("expected a whole number from -64 to 64 behind ^", at: start)
        }
        try emit(.power(isNegative ? -exponent : exponent), taking: 1)
        skipSpace()
        if place < text.count, text[place] == "^" { throw error("give parentheses: a ^ b ^ c has two readings") }
    }

    private mutating func operand() throws(FormulaError) {
        skipSpace()
        guard place < text.count else { throw error("expected a number, a metric or ( at the end") }
        let start = place
        if next(of: ["("]) != nil {
            try sum()
            try expect(")")
        } else if text[place].isASCII, text[place].isWholeNumber || text[place] == "." {
            try number()
        } else {
            let name = word { $0.isASCII && ($0.isLetter || $0.isWholeNumber || $0 == "_") }
            guard !name.isEmpty else { throw error("expected a number, a metric or (, not '\(text[place])'") }
            if let function = Formula.Function(rawValue: name), peek() == "(" {
                try call(function, at: start)
            } else if let index = names.firstIndex(of: name) {
                try emit(.metric(index), taking: 0)
            } else {
                throw error(unknown(name), at: start)
            }
        }
    }

    private mutating func number() throws(FormulaError) {
        let start = place
        var digits = word { $0.isASCII && ($0.isWholeNumber || $0 == ".") }
        if place < text.count, text[place] == "e" || text[place] == "E" {
            place += 1
            digits += "e"
            if place < text.count, text[place] == "-" || text[place] == "+" {
                digits.append(text[place])
                place += 1
            }
            digits += word { $0.isASCII && $0.isWholeNumber }
        }
        guard let value = Double(digits), value.isFinite else { throw error("'\(digits)' is no number", at: start) }
        try emit(.constant(value), taking: 0)
    }

    private mutating func call(_ function: Formula.Function, at start: Int) throws(FormulaError) {
        try expect("(")
        var count = 0
        repeat {
            try sum()
            count += 1
            // min and max of three are those of two and of the third.
            if count > 1, function.arguments.isOpen { try emit(.call(function), taking: 2) }
        } while next(of: [","]) != nil
        try expect(")")
        let (least, isOpen) = function.arguments
        guard count >= least, isOpen || count == least else {
            let wanted = isOpen ? "at least \(least) arguments" : "one argument"
            throw error("\(function.rawValue) takes \(wanted), not \(count)", at: start)
        }
        if !isOpen { try emit(.call(function), taking: 1) }
    }

    private mutating func emit(_ instruction: Formula.Instruction, taking operands: Int) throws(FormulaError) {
        program.append(instruction)
        height += 1 - operands
        deepest = max(deepest, height)
        guard program.count <= Formula.maximumLength else {
            throw error("more than \(Formula.maximumLength) operands and operators")
        }
    }

    private func unknown(_ name: String) -> String {
        if Formula.Function(rawValue: name) != nil { return "expected ( behind \(name)" }
        let known = names + Formula.Function.allCases.map(\.rawValue)
        if let nearest = Suggestion.nearest(to: name, among: known) {
            return "no metric listed before is named '\(name)'; did you mean \(nearest)?"
        }
        if names.isEmpty { return "no metric is listed before this one" }
        return "no metric listed before is named '\(name)'; there are " + names.joined(separator: ", ")
    }

    private mutating func expect(_ symbol: Character) throws(FormulaError) {
        guard next(of: [symbol]) == nil else { return }
        throw error("expected \(symbol)" + (place < text.count ? ", not '\(text[place])'" : " at the end"))
    }

    private mutating func next(of symbols: [Character]) -> Character? {
        guard let symbol = peek(), symbols.contains(symbol) else { return nil }
        place += 1
        return symbol
    }

    private mutating func peek() -> Character? {
        skipSpace()
        return place < text.count ? text[place] : nil
    }

    private mutating func skipSpace() {
        while place < text.count, text[place].isWhitespace { place += 1 }
    }

    private mutating func word(_ belongs: (Character) -> Bool) -> String {
        let start = place
        while place < text.count, belongs(text[place]) { place += 1 }
        return String(text[start..<place])
    }

    private func error(_ problem: String, at place: Int? = nil) -> FormulaError {
        FormulaError(column: (place ?? self.place) + 1, problem: problem)
    }
}
