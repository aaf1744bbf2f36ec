extension String {
    /// The text as it is compared where case and accents do not count: `São Paulo` gives `sao paulo`.
    var folded: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return lowercased() }
        var folded = ""
        for scalar in lowercased().unicodeScalars where scalar.properties.generalCategory != .nonspacingMark {
            if let base = Self.bases[scalar] { folded += base } else { folded.unicodeScalars.append(scalar) }
        }
        return folded
    }

    private static let bases: [Unicode.Scalar: String] = {
        var bases: [Unicode.Scalar: String] = ["ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"]
        let letters = [
            "a": "àáâãäåāăąǎạảấầẩẫậắằẳẵặ", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęěẹẻẽếềểễệ", "g": "ĝğġģ", "h": "ĥħ",
            "i": "ìíîïĩīĭįıǐỉị", "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŋ", "o": "òóôõöøōŏőǒơọỏốồổỗộớờởỡợ",
            "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűųǔưụủứừửữự", "w": "ŵ", "y": "ýÿŷỳỵỷỹ", "z": "źżž",
        ]
        for (base, accented) in letters {
            for scalar in accented.unicodeScalars { bases[scalar] = base }
        }
        return bases
    }()
}
