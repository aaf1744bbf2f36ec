import DatasetGen
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The kernels against the C library, whose error is below one unit in the last place.
@Suite struct ElementaryTests {
    @Test func sineAndCosineAgreeWithTheCLibrary() {
        var worst = 0.0
        for step in -200_000...200_000 {
            let turns = Double(step) * 1.7e-5
            worst = max(worst, abs(Elementary.sine(turns: turns) - sin(2 * .pi * turns)))
            worst = max(worst, abs(Elementary.cosine(turns: turns) - cos(2 * .pi * turns)))
        }
        #expect(worst < 1e-12)
    }

    @Test func exponentialAgreesWithTheCLibrary() {
        var worst = 0.0
        for step in -70_000...70_000 {
            let x = Double(step) * 0.01
            worst = max(worst, abs(Elementary.exponential(x) / exp(x) - 1))
        }
        #expect(worst < 1e-12)
    }

    @Test func logarithmAgreesWithTheCLibrary() {
        var worst = 0.0
        for step in 1...200_000 {
            for scale in [1e-300, 1e-9, 1e-3, 1, 1e6, 1e300] {
                let x = Double(step) * scale
                worst = max(worst, abs(Elementary.logarithm(x) - log(x)) / max(1, abs(log(x))))
            }
        }
        #expect(worst < 1e-12)
    }

    @Test func arcTangentAgreesWithTheCLibrary() {
        var worst = 0.0
        for step in -200_000...200_000 {
            for scale in [1e-9, 1e-5, 1e-3, 1e3] {
                let x = Double(step) * scale
                worst = max(worst, abs(Elementary.arctangentTurns(x) - atan(x) / (2 * .pi)))
            }
        }
        #expect(worst < 1e-12)
        #expect(Elementary.arctangentTurns(.infinity) == 0.25)
    }

    @Test func arcCosineAgreesWithTheCLibrary() {
        var worst = 0.0
        for step in -200_000...200_000 {
            let x = Double(step) / 200_000
            worst = max(worst, abs(Elementary.arccosineTurns(x) - acos(x) / (2 * .pi)))
        }
        #expect(worst < 1e-12)
        #expect([-1, 1].map(Elementary.arccosineTurns) == [0.5, 0])
    }
}
