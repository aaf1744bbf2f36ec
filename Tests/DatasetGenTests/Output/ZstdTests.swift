import DatasetFormats
import DatasetGen
import Foundation
import Testing

struct ZstdTests {
    private static let blocks = CompressionFixture.blocks

    @Test(arguments: [1, 2, 3, 6, 9, 12, 19])
    func framesAreOneFile(level: Int) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(CompressionFixture.zstd(Self.blocks, level: level), to: "x.zst")
        let text = Self.blocks.flatMap { $0 }
        #expect(try CompressionFixture.read(path, .zstd) == (text, nil))
        #expect(try Programs.run("zstd", ["-tq", path]).status == 0)
        #expect(try Programs.run("zstd", ["-dcq", path]).output == Data(text))
    }

    /// RFC 8878, section 3.1.1.1: the descriptor, then the window unless the text is no longer, then the text's length.
    @Test(arguments: Compression.zstdLevels)
    func framesStateLengthAndChecksum(level: Int) {
        for block in [Self.blocks[0], Self.blocks[2], Self.blocks[4]] {
            let frame = CompressionFixture.zstd([block], level: level)
            #expect(frame.prefix(4) == [0x28, 0xb5, 0x2f, 0xfd])
            let (hasChecksum, isSingleSegment) = (frame[4] & 4 != 0, frame[4] & 32 != 0)
            #expect(hasChecksum && isSingleSegment)
            let length = frame[4] >> 6 == 0 ? Int(frame[5]) : Int(frame[5]) + Int(frame[6]) * 256 + 256
            #expect(length == block.count)
        }
    }

    /// What was compressed before leaves no trace: blocks may go to any worker.
    @Test(arguments: [1, 2, 3, 5, 8, 13, 19])
    func blockDoesNotDependOnItsPredecessors(level: Int) {
        let text = ByteBuffer(Self.blocks[1])
        let used = ZstdCompressor(level: level)
        var (first, second, other) = (ByteBuffer(), ByteBuffer(), ByteBuffer())
        used.compress(text, into: &first)
        used.compress(ByteBuffer(Self.blocks[3]), into: &other)
        used.compress(text, into: &second)
        ZstdCompressor(level: level).compress(text, into: &other)
        #expect(first.bytes == second.bytes)
        #expect(Array(other.bytes.suffix(first.count)) == first.bytes)
    }

    /// A sensor's row before is found as far back as a large fleet puts it.
    @Test(arguments: [1, 3])
    func windowCoversABlock(level: Int) {
        let noise = Self.blocks[3]
        let apart = (0..<40).map { UInt8($0) }.flatMap { shift in noise.map { $0 &+ shift } }
        let once = CompressionFixture.zstd([apart], level: level).count
        let twice = CompressionFixture.zstd([apart + noise], level: level).count
        #expect(apart.count == 4_000_000)
        #expect(twice - once < noise.count / 2, "\(twice - once)")
    }

    @Test func emptyTextIsAFrame() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(CompressionFixture.zstd([[]], level: 1), to: "x.zst")
        #expect(try CompressionFixture.read(path, .zstd) == ([], nil))
        #expect(try Programs.run("zstd", ["-tq", path]).status == 0)
    }

    @Test func damageIsFound() throws {
        let folder = try TemporaryFolder()
        let header = CompressionFixture.zstd([Self.blocks[0]], level: 1)
        let file = header + CompressionFixture.zstd([Self.blocks[1]], level: 1)
        func problem(_ change: (inout [UInt8]) -> Void) throws -> String? {
            var damaged = file
            change(&damaged)
            return try CompressionFixture.read(folder.write(damaged, to: "x.zst"), .zstd).problem
        }
        #expect(try problem { _ in } == nil)
        #expect(try problem { $0.removeLast() } == "it ends in the middle")
        #expect(try problem { $0.removeLast($0.count / 2) } == "it ends in the middle")
        #expect(try problem { $0.removeLast($0.count - header.count - 4) } == "it ends in the middle")
        #expect(try problem { $0.removeAll() } == "it ends in the middle")
        #expect(try problem { $0.append(0) } == "there are bytes behind the end")
        #expect(try problem { $0 += [0x28, 0xb5] } == "there are bytes behind the end")
        #expect(try problem { $0 += Array("trailing".utf8) } == "there are bytes behind the end")
        #expect(try problem { $0[0] = 0x50 } == "it is not zstd")
        #expect(try problem { $0[$0.count - 1] ^= 1 } == "its checksum is wrong")
        #expect(try problem { $0[header.count + 12] ^= 0x10 } != nil)
    }

    /// The format has bits that mean nothing, such as the unused one of a descriptor (RFC 8878, section 3.1.1.1.1.3).
    @Test func flippedBitsAreFoundOrHarmless() throws {
        let folder = try TemporaryFolder()
        let text = Array(Self.blocks[1].prefix(30_000))
        let file = CompressionFixture.zstd([text], level: 1)
        var (flips, unnoticed) = (0, 0)
        for position in Array(0..<64) + Array(stride(from: 64, to: file.count, by: 7)) {
            for bit in 0..<8 {
                var damaged = file
                damaged[position] ^= 1 << UInt8(bit)
                let (found, problem) = try CompressionFixture.read(folder.write(damaged, to: "x.zst"), .zstd)
                flips += 1
                if problem == nil {
                    unnoticed += 1
                    let isRight = found == text
                    #expect(isRight, "byte \(position), bit \(bit)")
                }
            }
        }
        #expect(unnoticed < flips / 100, "\(unnoticed) of \(flips)")
    }

    /// A header that asks for a window of 128 MiB: nobody's memory is spent on it.
    @Test func hugeWindowsAreRefused() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([0x28, 0xb5, 0x2f, 0xfd, 0, (27 - 10) << 3, 1, 0, 0], to: "x.zst")
        #expect(try CompressionFixture.read(path, .zstd) == ([], "it is damaged"))
    }
}
