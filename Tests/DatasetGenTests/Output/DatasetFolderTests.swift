import DatasetGen
import Foundation
import Testing

struct DatasetFolderTests {
    private let home: TemporaryFolder
    private let path: String

    init() throws {
        home = try TemporaryFolder()
        path = home.path(of: "sets/x")
    }

    @Test func publishedFolderHasItsFinalNameAndNothingElse() throws {
        let folder = try DatasetFolder(path + "//", .init(replacesExisting: false))
        try home.write("new".utf8, to: "sets/x.partial/manifest.json")
        #expect(folder.path(of: "a") == path + ".partial/a")
        #expect(home.names(below: "sets") == ["x.partial/", "x.partial/.lock", "x.partial/manifest.json"])
        try folder.publish()
        #expect(folder.path == path)
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json"])
    }

    @Test func discardedFolderIsGone() throws {
        let folder = try DatasetFolder(path, .init(replacesExisting: false))
        try home.write("half".utf8, to: "sets/x.partial/readings.csv")
        folder.discard()
        #expect(home.names(below: "sets") == [])
    }

    @Test func existingDatasetIsRefusedAndUntouched() throws {
        try home.write("old".utf8, to: "sets/x/manifest.json")
        let error = #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: false)) }
        #expect(error?.isCreation == true)
        #expect(error?.description == "cannot create \(path): it exists already; --overwrite replaces it")
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json"])
    }

    @Test func emptyFolderMayBecomeADataset() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let folder = try DatasetFolder(path, .init(replacesExisting: false))
        try home.write("new".utf8, to: "sets/x.partial/manifest.json")
        try folder.publish()
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json"])
    }

    @Test func overwritingReplacesAtTheEndOnly() throws {
        try home.write("old".utf8, to: "sets/x/manifest.json")
        try home.write("old".utf8, to: "sets/x/sub/old.csv")
        let folder = try DatasetFolder(path, .init(replacesExisting: true))
        try home.write("new".utf8, to: "sets/x.partial/manifest.json")
        #expect(try String(contentsOfFile: path + "/manifest.json", encoding: .utf8) == "old")
        try folder.publish()
        #expect(try String(contentsOfFile: path + "/manifest.json", encoding: .utf8) == "new")
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json"])
    }

    /// A wrong path with `--overwrite` costs nobody a folder of other files.
    @Test func onlyADatasetIsOverwritten() throws {
        try home.write("dear".utf8, to: "sets/x/photo.jpg")
        let error = #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: true)) }
        #expect(error?.isCreation == true)
        #expect(home.names(below: "sets") == ["x/", "x/photo.jpg"])
        try home.write("file".utf8, to: "sets/y")
        #expect(throws: FileError.self) { try DatasetFolder(home.path(of: "sets/y"), .init(replacesExisting: true)) }
    }

    @Test func foreignPartialFolderIsNotCleared() throws {
        try home.write("dear".utf8, to: "sets/x.partial/photo.jpg")
        #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: true)) }
        #expect(home.names(below: "sets") == ["x.partial/", "x.partial/photo.jpg"])
    }

    @Test func restOfAKilledRunIsCleared() throws {
        try home.write("123\n".utf8, to: "sets/x.partial/.lock")
        try home.write("half".utf8, to: "sets/x.partial/readings.csv")
        let folder = try DatasetFolder(path, .init(replacesExisting: false))
        #expect(home.names(below: "sets") == ["x.partial/", "x.partial/.lock"])
        folder.discard()
    }

    @Test func secondRunIsRefusedAndToldWhoIsFirst() throws {
        let first = try DatasetFolder(path, .init(replacesExisting: false))
        try home.write("half".utf8, to: "sets/x.partial/readings.csv")
        let error = #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: false)) }
        #expect(error?.isCreation == true)
        #expect(error?.description.contains("process \(getpid()) is writing") == true)
        #expect(home.names(below: "sets") == ["x.partial/", "x.partial/.lock", "x.partial/readings.csv"])
        first.discard()
        try DatasetFolder(path, .init(replacesExisting: false)).discard()
    }

    @Test func otherProcessIsRespected() throws {
        try home.write("4711\n".utf8, to: "sets/x.partial/.lock")
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        holder.arguments = ["flock", path + ".partial/.lock", "sh", "-c", "echo held; read line"]
        let (input, output) = (Pipe(), Pipe())
        holder.standardInput = input
        holder.standardOutput = output
        try holder.run()
        #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
        let error = #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: false)) }
        #expect(error?.description.contains("process 4711 is writing") == true)
        try input.fileHandleForWriting.close()
        holder.waitUntilExit()
        try DatasetFolder(path, .init(replacesExisting: false)).discard()
    }

    /// A crash between the two renamings of an overwriting run leaves the old dataset aside and the new one partial.
    @Test func datasetThatWasSetAsideIsRestored() throws {
        try home.write("old".utf8, to: "sets/.x.replaced/manifest.json")
        try home.write("123\n".utf8, to: "sets/x.partial/.lock")
        #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: false)) }
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json"])
    }

    @Test func datasetThatWasReplacedIsRemoved() throws {
        try home.write("old".utf8, to: "sets/.x.replaced/manifest.json")
        try home.write("new".utf8, to: "sets/x/manifest.json")
        try DatasetFolder(path, .init(replacesExisting: true)).discard()
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json"])
    }

    @Test(arguments: ["", ".", "..", "/", "sets/.."])
    func pathMustNameAFolder(path: String) {
        #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: true)) }
    }

    /// C would read the path up to the NUL, and write somewhere else.
    @Test(arguments: ["a\0b", "a\nb/c", String(repeating: "x", count: 246)])
    func namesThatMeanSomethingElseAreRefused(name: String) throws {
        let error = #expect(throws: FileError.self) {
            try DatasetFolder(home.path(of: name), .init(replacesExisting: false))
        }
        #expect(error?.isCreation == true)
        #expect(error?.description.contains { $0.isNewline } == false)
        #expect(home.names() == [])
    }

    @Test func folderThatCannotBeMadeIsACreationError() throws {
        try home.write("file".utf8, to: "sets")
        let error = #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: false)) }
        #expect(error?.isCreation == true)
    }
}
