/// A formula of metrics, parsed into a program for a stack of columns.
///
/// ```swift
/// let formula = try Formula(parsing: "temperature * 1.8 + 32", names: ["temperature"])
/// ```
///
/// `+ − * /` and `^` with a whole number, parentheses, and exp, log, sin, cos (of radians), sqrt, abs, min and max.
/// `^` binds tightest, then the sign, then `* /`, then `+ −`.
package struct Formula: Hashable, Sendable {
    /// One step of the program; operands are on top of the stack.
    enum Instruction: Hashable, Sendable {
        case constant(Double)
        /// A metric, by its index in the names.
        case metric(Int)
        case negate
        case add
        case subtract
        case multiply
        case divide
        case power(Int)
        case call(Function)
    }

    enum Function: String, CaseIterable, Hashable, Sendable {
        case exp
        case log
        case sin
        case cos
        case sqrt
        case abs
        case min
        case max

        /// How many arguments it takes at least, and whether it takes more.
        var arguments: (least: Int, isOpen: Bool) { self == .min || self == .max ? (2, true) : (1, false) }
    }

    /// A formula is no deeper and has no more steps.
    static let maximumDepth = 64
    static let maximumLength = 1_000

    let program: [Instruction]
    /// How many columns the stack holds at most.
    let depth: Int

    /// Reads a formula of some names, which stand for columns.
    ///
    /// - Throws: ``FormulaError`` with the column of what is wrong.
    package init(parsing text: String, names: [String]) throws(FormulaError) {
        var parser = FormulaParser(text, names: names)
        program = try parser.parse()
        depth = parser.deepest
    }

    /// The metrics that it uses, by index.
    package var metrics: Set<Int> {
        Set(program.compactMap { if case .metric(let index) = $0 { index } else { nil } })
    }
}

/// What is wrong with a formula.
package struct FormulaError: Error, Hashable, CustomStringConvertible {
    /// The column within the formula, from 1.
    package let column: Int
    /// What is wrong and what would be right.
    package let problem: String

    /// One line.
    package var description: String { "column \(column) of the formula: \(problem)" }
}
