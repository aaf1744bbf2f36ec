extension String {
    /// Whether there is nothing but printable ASCII in it, no double quote and no `special`, and no space at its ends.
    ///
    /// A look at the bytes: nearly all texts of a wide fleet need neither quotes nor escapes.
    package func isPlainASCII(without special: Unicode.Scalar) -> Bool {
        let bytes = utf8Span.span
        guard let first = bytes.indices.first, let last = bytes.indices.last else { return true }
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x20 || byte > 0x7e || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: special) {
                return false
            }
        }
        return bytes[first] != UInt8(ascii: " ") && bytes[last] != UInt8(ascii: " ")
    }
}
