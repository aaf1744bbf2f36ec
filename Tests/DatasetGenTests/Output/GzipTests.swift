import DatasetGen
import Foundation
import Testing

struct GzipTests {
    /// Blocks of text, one empty and one that does not compress.
    private static let blocks: [[UInt8]] = {
        var state: UInt64 = 7
        let noise = (0..<100_000)
            .map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            }
        let rows = (0..<20_000).map { "\($0),2025-01-18T10:30:45.123456,SENSOR_\($0 % 7),22.\($0 % 90 + 10)\n" }
        return [Array("id,time\n".utf8), Array(rows.joined().utf8), [], noise, Array(rows.prefix(9).joined().utf8)]
    }()

    private static func compressed(_ blocks: [[UInt8]], level: Int) -> [UInt8] {
        let compressor = DeflateCompressor(level: level)
        var member = GzipMember()
        var file = ByteBuffer()
        file.append(GzipMember.header)
        for block in blocks {
            let text = ByteBuffer(block)
            compressor.compress(text, into: &file)
            member.append(TextChecksum(text))
        }
        file.append(member.trailer)
        return file.bytes
    }

    private static func read(_ path: String) throws -> (text: [UInt8], problem: String?) {
        var text: [UInt8] = []
        let problem = try GzipReader(path: path).read { text += $0 }
        return (text, problem)
    }

    @Test(arguments: 1...9)
    func blocksAreOneMember(level: Int) throws {
        let folder = try TemporaryFolder()
        let file = Self.compressed(Self.blocks, level: level)
        let path = try folder.write(file, to: "x.gz")
        let text = Self.blocks.flatMap { $0 }
        #expect(try Self.read(path) == (text, nil))
        #expect(try Programs.run("gzip", ["-t", path]).status == 0)
        #expect(try Programs.run("gzip", ["-dc", path]).output == Data(text))
        // The header is the same everywhere and always: no name, no time, no system (RFC 1952, section 2.3).
        #expect(file.prefix(10) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
    }

    @Test(arguments: [1, 2, 3, 4, 9])
    func readersThatStopAfterOneMemberReadAll(level: Int) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.compressed(Self.blocks, level: level), to: "x.gz")
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
        let path = try folder.write(Self.compressed([], level: 6), to: "x.gz")
        #expect(try Self.read(path) == ([], nil))
        #expect(try Programs.run("gzip", ["-t", path]).status == 0)
    }

    @Test func damageIsFound() throws {
        let folder = try TemporaryFolder()
        let file = Self.compressed([Self.blocks[1]], level: 1)
        func problem(_ change: (inout [UInt8]) -> Void) throws -> String? {
            var damaged = file
            change(&damaged)
            return try Self.read(folder.write(damaged, to: "x.gz")).problem
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

    @Test func missingFileIsAnError() {
        #expect(throws: FileError.self) { try GzipReader(path: "/nonexistent/x.gz") }
    }
}
