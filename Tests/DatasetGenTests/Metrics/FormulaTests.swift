import DatasetGen
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite struct FormulaTests {
    private func values(_ text: String, x: [Int32], y: [Int32]) throws -> [Double?] {
        let formula = try Formula(parsing: text, names: ["x", "y"])
        let resolution = Resolution(parsing: "0.0001")!
        let model = DerivedModel(formula, resolution: resolution, limits: -200_000...200_000)
        var source = DerivedSource(model)
        var column = [Int32](repeating: 0, count: x.count)
        // In two parts, the second of them longer.
        let cut = x.count / 3
        source.fill(0..<cut, of: [x, y], scales: [100, 10], sensor: MetricFixture.keys(0), first: 0, into: &column)
        source.fill(
            cut..<x.count,
            of: [x, y],
            scales: [100, 10],
            sensor: MetricFixture.keys(0),
            first: 0,
            into: &column
        )
        return column.map { $0 == ReadingBlock.null ? nil : Double($0) / 10_000 }
    }

    @Test func formulasAreWhatTheirArithmeticSays() throws {
        typealias Function = @Sendable (Double, Double) -> Double
        var cases: [(String, Function)] = []
        cases.append(("x + y * 2", { x, y in x + y * 2 }))
        cases.append(("(x + y) * 2", { x, y in (x + y) * 2 }))
        cases.append(("x - y - 1", { x, y in x - y - 1 }))
        cases.append(("x / y / 2", { x, y in x / y / 2 }))
        cases.append(("x × y ÷ 3 − 1", { x, y in x * y / 3 - 1 }))
        cases.append(("-x^2", { x, _ in -(x * x) }))
        cases.append(("(-x)^3 + y^-1", { x, y in 1 / y - x * x * x }))
        cases.append(("2 * -y", { _, y in -2 * y }))
        cases.append(("exp(x / 10)", { x, _ in exp(x / 10) }))
        cases.append(("log(abs(x) + 1)", { x, _ in log(abs(x) + 1) }))
        cases.append(("sin(x) + cos(y)", { x, y in sin(x) + cos(y) }))
        cases.append(("sqrt(y)", { _, y in y.squareRoot() }))
        cases.append(("min(x, y, 3)", { x, y in min(x, y, 3) }))
        cases.append(("max(x, -y)", { x, y in max(x, -y) }))
        cases.append(("1.5e1 + .5*x", { x, _ in 15 + 0.5 * x }))
        cases.append(("1 / (x - x)", { _, _ in .nan }))
        cases.append(("log(-y)", { _, _ in .nan }))
        cases.append(
            (
                "243.04*(log(y/100)+17.625*x/(243.04+x))/(17.625-log(y/100)-17.625*x/(243.04+x))",
                { x, y in
                    let gamma = log(y / 100) + 17.625 * x / (243.04 + x)
                    return 243.04 * gamma / (17.625 - gamma)
                }
            )
        )
        var generator = SeededGenerator(seed: 5)
        let x = (0..<500).map { _ in Int32.random(in: -3_000...4_000, using: &generator) }
        let y = (0..<500).map { _ in Int32.random(in: 1...1_000, using: &generator) }
        for (text, function) in cases {
            for (index, value) in try values(text, x: x, y: y).enumerated() {
                let expected = function(Double(x[index]) / 100, Double(y[index]) / 10)
                if let value {
                    #expect(abs(value - expected) < 0.000_051, "\(text) of \(x[index]), \(y[index])")
                } else {
                    #expect(!(abs(expected) <= 200_000), "\(text) of \(x[index]), \(y[index])")
                }
            }
        }
    }

    @Test func missingReadingsStayMissing() throws {
        #expect(try values("max(x, 0) * 0 + 1", x: [5, ReadingBlock.null], y: [0, 0]) == [1, nil])
        #expect(try values("1", x: [5, ReadingBlock.null], y: [0, 0]) == [1, 1])
        #expect(try values("x * 100000", x: [100, 300], y: [0, 0]) == [100_000, nil])
        #expect(try values("1 / exp(log(x))", x: [0], y: [0]) == [nil])
    }

    @Test(arguments: [
        ("", 1, "expected a number"), ("x +", 4, "expected a number"), ("x + z", 5, "no metric"),
        ("x y", 3, "operator"),
        ("(x", 3, "expected )"), ("tempature", 1, "did you mean temperature"), ("sin x", 1, "expected ( behind sin"),
        ("x^2.5", 4, "operator"), ("x^y", 3, "whole number"), ("x^2^3", 4, "parentheses"), ("min(x)", 1, "at least 2"),
        ("abs(x, 1)", 1, "one argument"), ("1.2.3", 1, "no number"), ("x $ 2", 3, "operator"), ("x^99", 3, "from -64"),
        (String(repeating: "(", count: 100), 65, "levels"),
    ])
    func mistakesAreToldWithTheirColumn(_ text: String, _ column: Int, _ problem: String) {
        let error = #expect(throws: FormulaError.self) {
            try Formula(parsing: text, names: ["x", "temperature"])
        }
        #expect(error?.column == column)
        #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "")")
    }
}
