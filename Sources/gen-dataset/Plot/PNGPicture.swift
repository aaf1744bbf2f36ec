import DatasetFormats
import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A picture in Portable Network Graphics, drawn by `rsvg-convert` of the library librsvg.
///
/// Lines without steps and text in the fonts that there are take a library of megabytes. It is asked for where a picture is
/// wanted, and only then; all else works without it.
enum PNGPicture {
    private static let program = "rsvg-convert"
    /// PNG 1.2, section 3.1.
    private static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    /// Signature and header chunk, of 13 bytes between its length, name and checksum (PNG 1.2, section 4.1.1).
    private static let headerLength = signature.count + 25
    /// A chunk of text that says whose picture it is (PNG 1.2, section 4.2.3).
    private static let mark = Array("tEXtSoftware\0gen-dataset describe".utf8)

    /// Whether a file that begins like this is a picture of this kind.
    static func isPicture(_ beginning: [UInt8]) -> Bool {
        beginning.starts(with: signature) && beginning.dropFirst(headerLength + 4).starts(with: mark)
    }

    /// The picture's file.
    ///
    /// - Throws: ``Failure`` when the program is not there or does not draw it.
    static func bytes(of picture: SensorPlotSVG) throws(Failure) -> [UInt8] {
        // Twice as many pixels as the picture has on a screen, so that it stays sharp on paper and slides.
        let drawn = try FilterProgram(program, ["--format", "png", "--zoom", "2"]).output(of: Array(picture.text.utf8))
        guard let drawn else {
            throw Failure(
                "PNG is drawn by \(program), which is not installed: apt-get install librsvg2-bin (Fedora: librsvg2-tools, "
                    + "Homebrew: librsvg), or give a name that ends in .svg",
                status: .cannotCreate
            )
        }
        guard drawn.starts(with: signature), drawn.count > headerLength else {
            throw Failure("\(program) has drawn no picture", status: .cannotCreate)
        }
        let length = UInt32(mark.count - 4)
        var named = ByteBuffer()
        named.append(mark)
        let chunk = bigEndian(length) + mark + bigEndian(TextChecksum(named).crc)
        return Array(drawn[..<headerLength]) + chunk + drawn[headerLength...]
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
