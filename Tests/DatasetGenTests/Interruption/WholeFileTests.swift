import DatasetFiles
import Foundation
import Testing

/// A picture, a page or a recipe that is written at once.
@Suite("A file that is no dataset's")
struct WholeFileTests {
    private let home: TemporaryFolder
    private let bytes = Array("new, and longer than before".utf8)

    init() throws {
        home = try TemporaryFolder()
    }

    private func write(to name: String, _ calls: any FileCalls = SystemCalls()) throws {
        let fileSystem = FileSystem(calls: calls)
        try WholeFile.write(bytes, to: home.path(of: name), in: fileSystem) { $0.starts(with: "old".utf8) }
    }

    private func contents(_ name: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(fileURLWithPath: home.path(of: name)))).map { Array($0) }
    }

    @Test("is the old one or the new one, whatever fails", arguments: FaultyCalls.Fault.all)
    func replaced(fault: FaultyCalls.Fault) throws {
        var target: Int64 = 0
        while true {
            try home.write(Array("old".utf8), to: "x")
            let calls = FaultyCalls(fault, at: target)
            let result = Result { try write(to: "x", calls) }
            let isWritten = (try? result.get()) != nil
            #expect(contents("x") == (isWritten ? bytes : Array("old".utf8)), "\(fault) at call \(target)")
            #expect(isWritten || !fault.isHarmless, "\(fault) at call \(target)")
            #expect(home.names() == ["x"], "\(fault) at call \(target)")
            if calls.count <= target { break }
            target += 1
        }
        #expect(target > 5)
    }

    @Test("is not there, or whole, whatever fails", arguments: FaultyCalls.Fault.all)
    func new(fault: FaultyCalls.Fault) throws {
        var target: Int64 = 0
        while true {
            let calls = FaultyCalls(fault, at: target)
            let result = Result { try write(to: "x", calls) }
            let isWritten = (try? result.get()) != nil
            #expect(contents("x") == (isWritten ? bytes : nil), "\(fault) at call \(target)")
            #expect(isWritten || !fault.isHarmless, "\(fault) at call \(target)")
            if isWritten { try FileManager.default.removeItem(atPath: home.path(of: "x")) }
            #expect(home.names() == [], "\(fault) at call \(target)")
            if calls.count <= target { break }
            target += 1
        }
        #expect(target > 2)
    }

    @Test("keeps the mode of the one that it replaces, and the link that leads there")
    func mode() throws {
        let manager = FileManager.default
        try home.write(Array("old".utf8), to: "sub/x")
        try manager.setAttributes([.posixPermissions: 0o640], ofItemAtPath: home.path(of: "sub/x"))
        try manager.createSymbolicLink(atPath: home.path(of: "link"), withDestinationPath: "sub/x")
        try write(to: "link")
        #expect(contents("sub/x") == bytes)
        let mode = try manager.attributesOfItem(atPath: home.path(of: "sub/x"))[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o640)
        #expect(try manager.destinationOfSymbolicLink(atPath: home.path(of: "link")) == "sub/x")
        #expect(home.names() == ["link", "sub/", "sub/x"])
    }

    @Test("leaves a file that must stay, and nothing beside it")
    func kept() throws {
        try home.write(Array("mine".utf8), to: "x")
        #expect(throws: FileError.self) { try write(to: "x") }
        #expect(contents("x") == Array("mine".utf8))
        #expect(home.names() == ["x"])
    }
}
