import DatasetFormats
import DatasetGen
import Testing

struct HuffmanCodeTests {
    /// Numbers that look random, the same every time.
    private static func frequencies(_ count: Int, seed: UInt64) -> [UInt32] {
        var state = seed
        return (0..<count)
            .map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                // Many symbols that do not occur, and a few that are frequent.
                let size = UInt32(truncatingIfNeeded: state >> 59)
                return size < 8 ? 0 : UInt32(truncatingIfNeeded: state >> 32) >> (size & 31)
            }
    }

    private static func code(_ frequencies: [UInt32], limit: Int = 15) -> HuffmanCode {
        var code = HuffmanCode(symbolCount: frequencies.count)
        code.build(frequencies, limit: limit)
        return code
    }

    /// The bits of a text in the best of all codes, found the slow way: the two rarest are joined until one is left.
    private static func leastCost(_ frequencies: [UInt32]) -> Int {
        var weights = frequencies.filter { $0 > 0 }.map { Int($0) }
        var cost = 0
        while weights.count > 1 {
            weights.sort(by: >)
            let joined = weights.removeLast() + weights.removeLast()
            cost += joined
            weights.append(joined)
        }
        return cost
    }

    private static func cost(_ code: HuffmanCode, _ frequencies: [UInt32]) -> Int {
        zip(code.lengths, frequencies).reduce(0) { $0 + Int($1.0) * Int($1.1) }
    }

    /// Twice the sum of 2⁻ˡ in units of 2⁻¹⁵ is 2¹⁶ if no code could be added, and none is too many.
    private static func kraftSum(_ code: HuffmanCode) -> Int {
        code.lengths.reduce(0) { $0 + ($1 == 0 ? 0 : 1 << (16 - Int($1))) }
    }

    @Test(arguments: 1...40)
    func codeIsCompleteAndBest(seed: Int) {
        let frequencies = Self.frequencies(seed * 7, seed: UInt64(seed)).map { $0 >> 18 }
        guard frequencies.count(where: { $0 > 0 }) > 1 else { return }
        let code = Self.code(frequencies)
        #expect(Self.kraftSum(code) == 1 << 16)
        #expect(zip(code.lengths, frequencies).allSatisfy { ($0 == 0) == ($1 == 0) })
        // Weights below 2¹⁴ of a few hundred symbols hardly ever need more than 15 bits.
        #expect(Self.cost(code, frequencies) == Self.leastCost(frequencies))
    }

    @Test(arguments: [7, 9, 15])
    func fibonacciNumbersRespectTheLimit(limit: Int) {
        var frequencies: [UInt32] = [1, 1]
        while frequencies.count < 40 {
            frequencies.append(frequencies[frequencies.count - 1] + frequencies[frequencies.count - 2])
        }
        let code = Self.code(frequencies, limit: limit)
        #expect(code.lengths.allSatisfy { 1...limit ~= Int($0) })
        #expect(Self.kraftSum(code) == 1 << 16)
        // The more frequent a symbol, the shorter its code.
        #expect(zip(code.lengths, code.lengths.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(Self.cost(code, frequencies) >= Self.leastCost(frequencies))
    }

    /// No code is the beginning of another one, read from the lowest bit.
    @Test func codesAreFreeOfPrefixes() {
        let code = Self.code(Self.frequencies(286, seed: 99))
        let used = code.lengths.indices.filter { code.lengths[$0] > 0 }
        for left in used {
            for right in used where right != left && code.lengths[left] <= code.lengths[right] {
                let mask = UInt16(1) << UInt16(code.lengths[left]) - 1
                #expect(code.codes[left] != code.codes[right] & mask)
            }
        }
    }

    @Test func fewSymbolsHaveCodes() {
        #expect(Self.code([0, 0, 0]).lengths == [0, 0, 0])
        #expect(Self.code([0, 5, 0]).lengths == [0, 1, 0])
        #expect(Self.code([3, 0, 5]).lengths == [1, 0, 1])
        #expect(Self.code([3, 0, 5]).codes == [0, 0, 1])
    }

    /// The example of RFC 1951, section 3.2.2.
    @Test func codesAreThoseOfTheStandard() {
        var code = HuffmanCode(symbolCount: 8)
        code.build(lengths: [3, 3, 3, 3, 3, 2, 4, 4])
        let texts = ["010", "011", "100", "101", "110", "00", "1110", "1111"]
        for (symbol, text) in texts.enumerated() {
            #expect(UInt16(String(text.reversed()), radix: 2) == code.codes[symbol])
        }
    }
}
