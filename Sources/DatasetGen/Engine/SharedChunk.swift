/// A chunk that several workers make use of.
///
/// Unchecked because nothing else guards it: one worker has it while it is filled, and afterwards it is only read.
package final class SharedChunk: @unchecked Sendable {
    package private(set) var chunk = GeneratedChunk()

    package init() {}

    /// Replaces the blocks; the others must not look at them meanwhile.
    func generate(_ blocks: Range<Int64>, with generator: inout ChunkGenerator) {
        // Moved out and back: in its place, every access would be checked.
        var chunk = GeneratedChunk()
        swap(&chunk, &self.chunk)
        generator.generate(blocks: blocks, into: &chunk)
        swap(&chunk, &self.chunk)
    }
}
