import DatasetFormats
import DatasetGen
import Foundation
import Testing

struct GzipTests {
    private static let blocks = CompressionFixture.blocks

    @Test(arguments: 1...9)
    func blocksAreOneMember(level: Int) throws {
        let folder = try TemporaryFolder()
        let file = CompressionFixture.gzip(Self.blocks, level: level)
        let path = try folder.write(file, to: "x.gz")
        let text = Self.blocks.flatMap { $0 }
        #expect(try CompressionFixture.read(path, .gzip) == (text, nil))
        #expect(try Programs.run("gzip", ["-t", path]).status == 0)
        #expect(try Programs.run("gzip", ["-dc", path]).output == Data(text))
        // The header is the same everywhere and always: no name, no time, no system (RFC 1952, section 2.3).
        #expect(file.prefix(10) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
    }

    @Test(arguments: [1, 2, 3, 4, 9])
    func readersThatStopAfterOneMemberReadAll(level: Int) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(CompressionFixture.gzip(Self.blocks, level: level), to: "x.gz")
        let program = """
            import gzip, sys, zlib
            data = open(sys.argv[1], 'rb').read()
            reader = zlib.decompressobj(31)
            text = reader.decompress(data) + reader.flush()
            assert reader.eof and not reader.unused_data and text == gzip.decompress(data)
            sys.stdout.buffer.write(text)
            """
        let (status, output) = try Programs.run(Programs.python, ["-c", program, path])
        #expect(status == 0)
        #expect(output == Data(Self.blocks.flatMap { $0 }))
    }

    /// What was compressed before leaves no trace: blocks may go to any worker.
    @Test(arguments: 1...9)
    func blockDoesNotDependOnItsPredecessors(level: Int) {
        let text = ByteBuffer(Self.blocks[1])
        let used = DeflateCompressor(level: level)
        var (first, second, other) = (ByteBuffer(), ByteBuffer(), ByteBuffer())
        used.compress(text, into: &first)
        used.compress(ByteBuffer(Self.blocks[3]), into: &other)
        used.compress(text, into: &second)
        DeflateCompressor(level: level).compress(text, into: &other)
        #expect(first.bytes == second.bytes)
        #expect(Array(other.bytes.suffix(first.count)) == first.bytes)
    }

    @Test func checksumsCombine() {
        // The check value of CRC-32: that of "123456789".
        #expect(TextChecksum(ByteBuffer("123456789".utf8)).crc == 0xcbf4_3926)
        for cut in 0...9 {
            var member = GzipMember()
            member.append(TextChecksum(ByteBuffer("123456789".utf8.prefix(cut))))
            member.append(TextChecksum(ByteBuffer("123456789".utf8.dropFirst(cut))))
            #expect(member.trailer == [0x03, 0x00, 0x26, 0x39, 0xf4, 0xcb, 9, 0, 0, 0])
        }
    }

    @Test func emptyFileIsValid() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(CompressionFixture.gzip([], level: 6), to: "x.gz")
        #expect(try CompressionFixture.read(path, .gzip) == ([], nil))
        #expect(try Programs.run("gzip", ["-t", path]).status == 0)
    }

    @Test func damageIsFound() throws {
        let folder = try TemporaryFolder()
        let file = CompressionFixture.gzip([Self.blocks[1]], level: 1)
        func problem(_ change: (inout [UInt8]) -> Void) throws -> String? {
            var damaged = file
            change(&damaged)
            return try CompressionFixture.read(folder.write(damaged, to: "x.gz"), .gzip).problem
        }
        #expect(try problem { _ in } == nil)
        #expect(try problem { $0.removeLast() } == "it ends in the middle")
        #expect(try problem { $0.removeLast($0.count / 2) } == "it ends in the middle")
        #expect(try problem { $0.removeAll() } == "it ends in the middle")
        #expect(try problem { $0.append(0) } == "there are bytes behind the end")
        #expect(try problem { $0 += file } == "there are bytes behind the end")
        #expect(try problem { $0[0] = 0x50 } == "it is not gzip")
        #expect(try problem { $0[$0.count - 8] ^= 1 } == "its CRC-32 or its length is wrong")
        #expect(try problem { $0[$0.count - 4] ^= 1 } == "its CRC-32 or its length is wrong")
        #expect(try problem { $0[$0.count / 2] ^= 0x10 } != nil)
    }
}
