import DatasetGen
import DatasetLive
import Foundation
import Logging
import Testing

@Suite("The log") struct LogTests {
    private func parameters(_ fixture: LiveFixture, _ settings: String...) throws -> LoggingParameters {
        let all = ["logging.file=\(fixture.folder)/x.log", "logging.console_output=false"] + settings
        return try RecipeReader(overrides: all.map { .set($0) })
            .read("", source: "recipe.yaml", defaultName: "test").recipe.live.logging
    }

    @Test("has one line for each entry of the level asked for")
    func level() throws {
        let fixture = try LiveFixture()
        let log = LiveLog(try parameters(fixture, "logging.level=WARNING"))
        log.logger.info("not this")
        log.logger.warning("two\nlines", metadata: ["key": "value"])
        log.apply(try parameters(fixture, "logging.level=DEBUG"))
        log.logger.debug("this")
        let lines = try fixture.text("x.log").split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasSuffix("Z WARNING two lines key=value") == true)
        #expect(lines.last?.hasSuffix("Z DEBUG this") == true)
    }

    @Test("is laid out as asked")
    func layout() throws {
        let fixture = try LiveFixture()
        let log = LiveLog(
            try parameters(fixture, "logging.format='%(levelname)-8s|%(name).3s|%(message)s|%(levelno)04d|100%%'")
        )
        log.logger.error("a")
        log.apply(try parameters(fixture, "logging.format=json"))
        log.logger.error("b \"quoted\"", metadata: ["key": "value"])
        let lines = try fixture.text("x.log").split(separator: "\n")
        #expect(lines.first == "ERROR   |gen|a|0040|100%")
        let object = try JSONDecoder().decode([String: String].self, from: Data(lines[1].utf8))
        #expect(object["message"] == "b \"quoted\"" && object["key"] == "value" && object["level"] == "ERROR")
    }

    @Test("has its milliseconds once", arguments: ["%(asctime)s.%(msecs)03d %(message)s"])
    func milliseconds(format: String) throws {
        let fixture = try LiveFixture()
        let log = LiveLog(try parameters(fixture, "logging.format=\(format)"))
        log.logger.error("a \u{202e}b")
        let line = try fixture.text("x.log")
        #expect(line.wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3} a \\u\{202e\}b\n/#) != nil, "\(line)")
    }

    @Test("is rotated by size, and the last files are kept")
    func rotation() throws {
        let fixture = try LiveFixture()
        let log = LiveLog(try parameters(fixture, "logging.max_file_size_mb=0.001", "logging.backup_count=2"))
        for number in 1...200 { log.logger.info("entry \(number)") }
        #expect(try fixture.names() == ["x.log", "x.log.1", "x.log.2"])
        #expect(try fixture.text("x.log").hasSuffix("entry 200\n"))
        for name in try fixture.names() { #expect(try fixture.text(name).utf8.count <= 1_049) }
    }

    @Test("goes on in a new file where somebody has moved the old one")
    func moved() throws {
        let fixture = try LiveFixture()
        let log = LiveLog(try parameters(fixture))
        log.logger.info("before")
        try FileManager.default.moveItem(atPath: fixture.folder + "/x.log", toPath: fixture.folder + "/old.log")
        log.logger.info("after")
        #expect(try fixture.text("old.log").hasSuffix("before\n") && fixture.text("x.log").hasSuffix("after\n"))
    }

    @Test("that cannot be opened is tried again with each line", arguments: [true, false])
    func later(isFolderInTheWay: Bool) throws {
        let fixture = try LiveFixture()
        let place = isFolderInTheWay ? "x.log" : "logs"
        let path = fixture.folder + "/" + place
        if isFolderInTheWay {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        } else {
            try fixture.write("in the way", to: place)
        }
        let name = isFolderInTheWay ? "x.log" : "logs/x.log"
        let log = LiveLog(try parameters(fixture, "logging.file=\(fixture.folder)/\(name)"))
        log.logger.info("before")
        try FileManager.default.removeItem(atPath: path)
        log.logger.info("after")
        let lines = try fixture.text(name).split(separator: "\n")
        #expect(lines.count == 1 && lines.first?.hasSuffix("after") == true)
    }
}
