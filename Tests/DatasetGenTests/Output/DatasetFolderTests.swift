import DatasetFiles
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

    /// Puts a dataset of two files into a folder.
    private func writeDataset(_ name: String, in folder: String) throws {
        try write(name, to: folder, files: ["readings.csv"])
    }

    /// The parts of a merged dataset.
    private static let parts = (0..<2).map { "readings.csv/part-0000\($0)-of-00002.csv" }

    /// Puts a dataset that was merged of two shards into a folder.
    private func writeMerged(in folder: String) throws {
        try write("merged", to: folder, files: Self.parts)
        try home.write("".utf8, to: folder + "/_SUCCESS")
    }

    private func write(_ name: String, to folder: String, files: [String]) throws {
        let list = files.map { "{\"path\": \"\($0)\"}" }.joined(separator: ", ")
        let manifest = """
            {"format_version": 1, "generator": {"name": "gen-dataset"}, "dataset": {"name": "\(name)"},
            "content_sha256": "\(String(repeating: "0", count: 64))", "files": [\(list)]}
            """
        try home.write(manifest.utf8, to: folder + "/manifest.json")
        for file in files { try home.write(name.utf8, to: folder + "/" + file) }
    }

    /// Whether the dataset of this name is all that a folder holds.
    private func expectDataset(_ name: String, in folder: String, _ location: SourceLocation = #_sourceLocation) throws
    {
        #expect(home.names(below: folder) == ["manifest.json", "readings.csv"], sourceLocation: location)
        let content = try String(contentsOfFile: home.path(of: folder + "/readings.csv"), encoding: .utf8)
        #expect(content == name, sourceLocation: location)
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
        try writeDataset("old", in: "sets/x")
        let folder = try DatasetFolder(path, .init(replacesExisting: true))
        try writeDataset("new", in: "sets/x.partial")
        try expectDataset("old", in: "sets/x")
        try folder.publish()
        try expectDataset("new", in: "sets/x")
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json", "x/readings.csv"])
    }

    /// What somebody puts into the old dataset's folder while the new one is being written is seen before it is replaced.
    @Test func nothingIsLostThatCameMeanwhile() throws {
        try writeDataset("old", in: "sets/x")
        let folder = try DatasetFolder(path, .init(replacesExisting: true))
        try writeDataset("new", in: "sets/x.partial")
        try home.write("dear".utf8, to: "sets/x/notes.txt")
        let error = #expect(throws: FileError.self) { try folder.publish() }
        #expect(error?.description.contains("notes.txt") == true)
        #expect(home.names(below: "sets/x") == ["manifest.json", "notes.txt", "readings.csv"])
        #expect(home.names(below: "sets").contains("x.partial/readings.csv"))
    }

    @Test func mergedDatasetIsReplacedWithItsParts() throws {
        try writeMerged(in: "sets/x")
        let folder = try DatasetFolder(path, .init(replacesExisting: true))
        try writeDataset("new", in: "sets/x.partial")
        try home.write("dear".utf8, to: "sets/x/readings.csv/notes.txt")
        let error = #expect(throws: FileError.self) { try folder.publish() }
        #expect(error?.description.contains("readings.csv/notes.txt") == true)
        try FileManager.default.removeItem(atPath: path + "/readings.csv/notes.txt")
        try folder.publish()
        try expectDataset("new", in: "sets/x")
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json", "x/readings.csv"])
    }

    /// A crash while the old dataset is removed leaves some of it, which the next run removes.
    @Test(arguments: 0...3)
    func restOfAMergedDatasetIsRemoved(removedCount: Int) throws {
        try writeMerged(in: "sets/.x.replaced")
        for name in (["_SUCCESS"] + Self.parts).prefix(removedCount) {
            try FileManager.default.removeItem(atPath: home.path(of: "sets/.x.replaced/" + name))
        }
        try writeDataset("new", in: "sets/x")
        try DatasetFolder(path, .init(replacesExisting: true)).discard()
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json", "x/readings.csv"])
    }

    @Test func partsThatALinkLeadsToAreKept() throws {
        try writeMerged(in: "sets/.x.replaced")
        try writeDataset("new", in: "sets/x")
        let folder = home.path(of: "sets/.x.replaced/readings.csv")
        try FileManager.default.moveItem(atPath: folder, toPath: home.path(of: "kept"))
        try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: home.path(of: "kept"))
        #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: true)) }
        #expect(home.names(below: "kept") == Self.parts.map { String($0.dropFirst("readings.csv/".count)) })
    }

    @Test(arguments: ["../readings.csv", "a/readings.csv", "/", "readings.csv/", "readings.csv/../x", "readings.csv/x"])
    func manifestThatNamesOtherFoldersIsNoDatasets(file: String) throws {
        try write("other", to: "sets/x", files: [])
        let manifest = try String(contentsOfFile: path + "/manifest.json", encoding: .utf8)
        try home.write(manifest.replacing("[]", with: "[{\"path\": \"\(file)\"}]").utf8, to: "sets/x/manifest.json")
        #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: true)) }
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json"])
    }

    /// A dataset that is not whole is one still; its other files go with it.
    @Test func datasetThatLacksAFileIsReplaced() throws {
        try writeDataset("old", in: "sets/x")
        try FileManager.default.removeItem(atPath: path + "/readings.csv")
        let folder = try DatasetFolder(path, .init(replacesExisting: true))
        try writeDataset("new", in: "sets/x.partial")
        try folder.publish()
        try expectDataset("new", in: "sets/x")
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

    /// A lock file alone does not make a folder the rest of a run.
    @Test(arguments: [[], [".lock"], [".lock", ".journal"]])
    func foreignPartialFolderIsNotCleared(own: [String]) throws {
        for name in own { try home.write("1\n".utf8, to: "sets/x.partial/" + name) }
        try home.write("dear".utf8, to: "sets/x.partial/photo.jpg")
        try home.write("dear".utf8, to: "sets/x.partial/readings.csv/more.txt")
        let before = home.names(below: "sets")
        let error = #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: true)) }
        #expect(error?.description.contains("photo.jpg and readings.csv/") == true, "\(String(describing: error))")
        #expect(home.names(below: "sets") == before)
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
        try writeDataset("old", in: "sets/.x.replaced")
        try home.write("123\n".utf8, to: "sets/x.partial/.lock")
        #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: false)) }
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json", "x/readings.csv"])
    }

    @Test func datasetThatWasReplacedIsRemoved() throws {
        try writeDataset("old", in: "sets/.x.replaced")
        try writeDataset("new", in: "sets/x")
        try DatasetFolder(path, .init(replacesExisting: true)).discard()
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json", "x/readings.csv"])
        try expectDataset("new", in: "sets/x")
    }

    /// A power cut may have kept some names of what was being removed, its manifest not among them.
    @Test func restOfAReplacedDatasetIsRemoved() throws {
        try home.write("old".utf8, to: "sets/.x.replaced/readings.csv")
        try writeDataset("new", in: "sets/x")
        try DatasetFolder(path, .init(replacesExisting: true)).discard()
        #expect(home.names(below: "sets") == ["x/", "x/manifest.json", "x/readings.csv"])
    }

    /// The name that replaced datasets have may be somebody's; what it holds goes nowhere.
    @Test(arguments: [true, false])
    func foreignFolderUnderTheNameOfAReplacedDatasetIsKept(exists: Bool) throws {
        try home.write("{}".utf8, to: "sets/.x.replaced/manifest.json")
        try home.write("dear".utf8, to: "sets/.x.replaced/photo.jpg")
        if exists { try writeDataset("new", in: "sets/x") }
        let before = home.names(below: "sets")
        let error = #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: true)) }
        #expect(error?.isCreation == true)
        #expect(error?.description.contains(".x.replaced") == true)
        #expect(home.names(below: "sets") == before)
    }

    /// What was put into a dataset after it had been set aside stays where it is.
    @Test func foreignFilesInAReplacedDatasetAreKept() throws {
        try writeDataset("old", in: "sets/.x.replaced")
        try home.write("dear".utf8, to: "sets/.x.replaced/notes.txt")
        try writeDataset("new", in: "sets/x")
        let error = #expect(throws: FileError.self) { try DatasetFolder(path, .init(replacesExisting: true)) }
        #expect(error?.description.contains("notes.txt") == true)
        try expectDataset("new", in: "sets/x")
        #expect(home.names(below: "sets/.x.replaced").contains("notes.txt"))
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
