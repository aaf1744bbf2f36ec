/// The letters that stand for a group's place in the fleet: `A`, `B` … `Z`, `AA`.
enum GroupLetters {
    static func text(of index: Int) -> String {
        var letters = ""
        var rest = index
        repeat {
            let letter = Unicode.Scalar(UInt8(ascii: "A") + UInt8(rest % 26))
            letters = String(Character(letter)) + letters
            rest = rest / 26 - 1
        } while rest >= 0
        return letters
    }
}
