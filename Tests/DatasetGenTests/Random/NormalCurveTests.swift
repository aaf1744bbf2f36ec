import DatasetGen
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite struct NormalCurveTests {
    @Test func probabilitiesAgreeWithTheCLibrary() {
        var worst = 0.0
        for step in -8_000...8_000 {
            let x = Double(step) * 0.000_999
            worst = max(worst, abs(NormalCurve.shared.probability(below: x) - 0.5 * erfc(-x / 2.0.squareRoot())))
        }
        #expect(worst < 2e-6)
    }

    @Test func deviatesUndoProbabilities() {
        for step in -5_000...5_000 {
            let x = Double(step) * 0.001
            let curve = NormalCurve.shared
            #expect(abs(curve.deviate(curve.probability(below: x)) - x) < 1e-6)
        }
    }
}
