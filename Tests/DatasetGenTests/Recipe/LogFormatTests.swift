import DatasetGen
import Testing

@Suite("The layout of the log")
struct LogFormatTests {
    @Test(
        "is text, json, or has the message and nothing that cannot be filled in",
        arguments: [
            "text", "TEXT", "Json", "JSON", "%(message)s", "%(asctime)s - %(name)s - %(levelname)s - %(message)s",
            "%(levelname)-8s|%(message)s", "%(asctime)s.%(msecs)03d %(message).200s", "100%% %(message)s",
            "%(process)d %(levelno)5d %(created)f %(message)s",
        ]
    )
    func accepted(format: String) throws {
        let quoted = JSONValue.string(format).compactText
        #expect(try readRecipe("logging: {format: \(quoted)}").live.logging.format == format)
        #expect(try readRecipe("", overrides: [.set("logging.format=" + format)]).live.logging.format == format)
    }

    @Test(
        "is refused otherwise, by name",
        arguments: [
            ("logfmt", "has no %(message)s"), ("%(levelname)s", "has no %(message)s"),
            ("{asctime} {message}", "not {asctime}"), ("$asctime ${message}", "not {asctime}"),
            ("%(lineno)d %(message)s", "%(lineno) is not known here; known: %(asctime)"),
            ("%(levelnam)s %(message)s", "%(levelnam) is not known"), ("50% %(message)s", "write %% for the sign"),
            ("%(message)", "%(message) ends in s"), ("%(levelname)d %(message)s", "%(levelname) ends in s"),
            ("%(message)99999s", "at most 200 wide"), ("%(message", "write %%"),
        ]
    )
    func refused(format: String, reason: String) {
        let found = complaints("logging: {format: \(JSONValue.string(format).compactText)}")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("recipe.yaml:1:11: logging.format: ") == true)
        #expect(found.first?.contains(reason) == true, "\(found)")
    }
}
