/// Decompresses a file piece by piece, and checks it; the state of one file.
package protocol Decompressor: AnyObject {
    /// Decompresses from `input`, beginning at `offset` and advancing it, to the end of `output`, up to `limit` bytes.
    func decompress(
        _ input: Span<UInt8>,
        from offset: inout Int,
        into output: inout ByteBuffer,
        atMost limit: Int
    ) -> DecompressionOutcome

    /// What is wrong if the input ends here; nil if nothing.
    var problemAtEnd: String? { get }
}

/// What came of a step.
package enum DecompressionOutcome: Equatable {
    /// All is well so far.
    case proceeding
    /// The file is complete and right; nothing may follow.
    case finished
    /// What is wrong, as the predicate of a sentence about the file.
    case failed(String)
    /// There is no memory for it, which says nothing of the file.
    case outOfMemory
}
