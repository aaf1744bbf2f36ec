import DatasetFiles
import DatasetFormats
import DatasetGen
import Testing

struct TextStreamTests {
    private static let formats: [CompressedFormat?] = [nil, .gzip, .zstd]

    private static func file(_ text: [UInt8], _ format: CompressedFormat?) -> [UInt8] {
        switch format {
        case nil: text
        case .gzip: CompressionFixture.gzip([text], level: 1)
        case .zstd: CompressionFixture.zstd([text], level: 1)
        }
    }

    /// Sizes at and around the pieces that text is read in: little input may hold much text.
    @Test(arguments: formats, [1 << 20, (1 << 20) + 1, 3 << 20, 9 << 20])
    func piecesAreSmallAndComplete(format: CompressedFormat?, size: Int) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.file(Array(repeating: 48, count: size), format), to: "x")
        var total = 0
        let problem = try TextStream(path: path, compression: format)
            .read { piece in
                #expect(piece.count <= 1 << 20)
                total += piece.count
            }
        #expect(problem == nil)
        #expect(total == size)
    }

    @Test(arguments: formats)
    func missingFileIsAnError(format: CompressedFormat?) {
        #expect(throws: FileError.self) { try TextStream(path: "/nonexistent/x", compression: format) }
    }
}
