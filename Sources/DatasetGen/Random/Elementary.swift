/// Elementary functions from plain multiplications and additions.
///
/// The C library's differ in the last bit from machine to machine, and a reading that is rounded to a resolution then
/// flips. IEEE 754 fixes the result of `+ − × ÷ √`, so these give the same bits everywhere. Their error stays below
/// 10⁻¹², far below a thousandth of any sensor's resolution.
package enum Elementary {
    /// sin(2π · `turns`).
    @inline(__always)
    package static func sine(turns: Double) -> Double {
        // The nearest whole turn by the rounding of an addition: exact for |turns| < 2⁵¹.
        let phase = turns - ((turns + 0x1.8p52) - 0x1.8p52)
        // sin(2π · x) = sin(2π · (½ − x)): folds ±½ turn to ±¼ turn.
        let folded = phase > 0.25 ? 0.5 - phase : (phase < -0.25 ? -0.5 - phase : phase)
        return quarterSine(folded * 4)
    }

    /// cos(2π · `turns`).
    @inline(__always)
    package static func cosine(turns: Double) -> Double {
        sine(turns: turns + 0.25)
    }

    /// sin(π/2 · `x`) for `x` in −1…1, by its Taylor series to the 17th power: the rest is below 5 · 10⁻¹⁴.
    @inline(__always)
    package static func quarterSine(_ x: Double) -> Double {
        let angle = x * 1.570_796_326_794_896_6
        let square = angle * angle
        var sum = 1 / 355_687_428_096_000.0
        sum = 1 / -1_307_674_368_000.0 + square * sum
        sum = 1 / 6_227_020_800.0 + square * sum
        sum = 1 / -39_916_800.0 + square * sum
        sum = 1 / 362_880.0 + square * sum
        sum = 1 / -5_040.0 + square * sum
        sum = 1 / 120.0 + square * sum
        sum = 1 / -6.0 + square * sum
        return angle + angle * square * sum
    }

    /// eˣ for |`x`| up to 700.
    ///
    /// x = k · ln 2 + r with |r| ≤ ½ ln 2, and the Taylor series of eʳ to the 13th power.
    package static func exponential(_ x: Double) -> Double {
        let k = (x * 1.442_695_040_888_963_4 + 0x1.8p52) - 0x1.8p52
        // ln 2 in two parts, the first with trailing zeros so that k times it is exact (Cody and Waite, 1980).
        let r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33
        var sum = 1 / 6_227_020_800.0
        sum = 1 / 479_001_600.0 + r * sum
        sum = 1 / 39_916_800.0 + r * sum
        sum = 1 / 3_628_800.0 + r * sum
        sum = 1 / 362_880.0 + r * sum
        sum = 1 / 40_320.0 + r * sum
        sum = 1 / 5_040.0 + r * sum
        sum = 1 / 720.0 + r * sum
        sum = 1 / 120.0 + r * sum
        sum = 1 / 24.0 + r * sum
        sum = 1 / 6.0 + r * sum
        sum = 0.5 + r * sum
        sum = 1 + r * (1 + r * sum)
        // A power of two from its bits, where it is a normal number: several times as fast as the general way.
        if abs(k) < 1_000 { return sum * Double(bitPattern: UInt64(bitPattern: Int64(k) + 1_023) << 52) }
        return Double(sign: .plus, exponent: Int(k), significand: sum)
    }

    /// eˣ as ``exponential(_:)``, but to 10⁻⁸ of its value and in a third of the time: for what is small beside a reading.
    ///
    /// The Taylor series of eʳ to the 7th power, in pairs that do not wait for one another (Estrin 1960).
    @inline(__always)
    static func quickExponential(_ x: Double) -> Double {
        let k = (x * 1.442_695_040_888_963_4 + 0x1.8p52) - 0x1.8p52
        let r = x - k * 0.693_147_180_559_945_3
        let square = r * r
        let low = (1 + r) + square * (0.5 + r * (1 / 6.0))
        let high = (1 / 24.0 + r * (1 / 120.0)) + square * (1 / 720.0 + r * (1 / 5_040.0))
        let sum = low + square * square * high
        return sum * Double(bitPattern: UInt64(bitPattern: Int64(k) + 1_023) << 52)
    }

    /// The natural logarithm of a positive, normal `x`.
    ///
    /// x = m · 2ᵏ with m in √½…√2, and ln m = 2 artanh((m − 1) / (m + 1)) to the 21st power.
    package static func logarithm(_ x: Double) -> Double {
        var m = x.significand
        var k = Double(x.exponent)
        if m > 1.414_213_562_373_095_1 {
            m /= 2
            k += 1
        }
        let s = (m - 1) / (m + 1)
        let square = s * s
        var sum = 1 / 21.0
        sum = 1 / 19.0 + square * sum
        sum = 1 / 17.0 + square * sum
        sum = 1 / 15.0 + square * sum
        sum = 1 / 13.0 + square * sum
        sum = 1 / 11.0 + square * sum
        sum = 1 / 9.0 + square * sum
        sum = 1 / 7.0 + square * sum
        sum = 1 / 5.0 + square * sum
        sum = 1 / 3.0 + square * sum
        sum = 1 + square * sum
        return k * 0.693_147_180_559_945_3 + 2 * s * sum
    }

    /// ln `x` as ``logarithm(_:)``, but to 10⁻⁸ and without a branch.
    @inline(__always)
    static func quickLogarithm(_ x: Double) -> Double {
        // Less the bits of √½, so that m lies in √½…√2.
        let k = Int64(bitPattern: x.bitPattern &- 0x3fe6_a09e_667f_3bcd) >> 52
        let m = Double(bitPattern: x.bitPattern &- UInt64(bitPattern: k << 52))
        let s = (m - 1) / (m + 1)
        let square = s * s
        let sum = 1 + square * (1 / 3.0 + square * (1 / 5.0 + square * (1 / 7.0 + square * (1 / 9.0))))
        return Double(k) * 0.693_147_180_559_945_3 + 2 * s * sum
    }

    /// The arc tangent of `x`, in turns: −¼…¼.
    ///
    /// |x| > 1 is folded by atan x = π/2 − atan 1/x, then |x| > tan(π/12) by atan x = π/6 + atan((√3 x − 1)/(√3 + x));
    /// what is left is below 0.268, where the Taylor series to the 23rd power leaves 10⁻¹⁵.
    package static func arctangentTurns(_ x: Double) -> Double {
        let size = abs(x)
        let folded = size > 1 ? 1 / size : size
        let root = 1.732_050_807_568_877_3
        let isReduced = folded > 0.267_949_192_431_122_7
        let y = isReduced ? (root * folded - 1) / (root + folded) : folded
        let square = y * y
        var sum = 1 / 23.0
        sum = 1 / 21.0 - square * sum
        sum = 1 / 19.0 - square * sum
        sum = 1 / 17.0 - square * sum
        sum = 1 / 15.0 - square * sum
        sum = 1 / 13.0 - square * sum
        sum = 1 / 11.0 - square * sum
        sum = 1 / 9.0 - square * sum
        sum = 1 / 7.0 - square * sum
        sum = 1 / 5.0 - square * sum
        sum = 1 / 3.0 - square * sum
        sum = 1 - square * sum
        // Radians to turns: 1 / 2π.
        var turns = y * sum * 0.159_154_943_091_895_35 + (isReduced ? 1 / 12.0 : 0)
        if size > 1 { turns = 0.25 - turns }
        return x < 0 ? -turns : turns
    }

    /// The arc cosine of `x` in −1…1, in turns: 0…½.
    package static func arccosineTurns(_ x: Double) -> Double {
        // acos x = 2 atan √((1 − x) / (1 + x)); at −1 the root is infinite and the arc half a turn.
        2 * arctangentTurns(((1 - x) / (1 + x)).squareRoot())
    }
}
