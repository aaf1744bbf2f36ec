import Foundation
import Testing

@Suite("A recipe of thirty bytes for ten million sensors", .timeLimit(.minutes(30)))
struct WideFleetTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write("replicas: {count: 10000000}\n", to: "wide.yaml")
    }

    @Test("is checked and estimated in 200 MB", arguments: ["recipes check wide.yaml", "recipe wide.yaml --dry-run"])
    func estimates(command: String) throws {
        // The limit is that of the address space, of which libraries take a part without using it.
        let outcome = try workspace.shell("ulimit -v 600000; ulimit -t 10; \"$TOOL\" \(command)")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("36,000,000,000 readings of 10,000,000 sensors"))
    }

    @Test("names the key of the group that asks for too many cities")
    func groups() throws {
        try workspace.write(
            """
            fleet:
              - {location: Oslo}
              - random_location: {include_countries: [IS], number_of_cities: 90}
            """,
            to: "groups.yaml"
        )
        let outcome = try workspace.run("recipes", "check", "groups.yaml")
        #expect(outcome.status == 65)
        #expect(outcome.errors.hasPrefix("error: groups.yaml:3:"), "\(outcome.errors)")
        #expect(outcome.errors.contains(": fleet.1.random_location.number_of_cities: 90 cities are asked for"))
    }

    @Test("is not begun where the memory is too small: the figure is told, and nothing written")
    func refusal() throws {
        for options in ["", "--realtime", "--overwrite"] {
            let outcome = try workspace.shell(
                "ulimit -v 2000000; ulimit -t 20; \"$TOOL\" recipe wide.yaml \(options) --set database.path=live.db"
            )
            #expect(outcome.status != 0)
            let line = outcome.errors.split(separator: "\n").first { $0.hasPrefix("error:") } ?? ""
            #expect(line.contains("replicas.count: 10,000,000 sensors need about "), "\(outcome.errors)")
            #expect(line.contains("the limit of the address space leaves"))
            #expect(!outcome.errors.contains("Fatal"))
        }
        #expect(try !workspace.names().contains("datasets"))
    }

    @Test("is not begun either where the list of the events that rows tell of is too long for the memory")
    func events() throws {
        try workspace.write(
            """
            dataset: {duration: 3650d}
            replicas: {count: 900}
            outputs: {csv: {columns: [timestamp, event_id]}}
            """,
            to: "long.yaml"
        )
        let outcome = try workspace.shell("ulimit -v 2000000; ulimit -t 20; \"$TOOL\" recipe long.yaml")
        #expect(outcome.status == 73)
        let line = outcome.errors.split(separator: "\n").first { $0.hasPrefix("error:") } ?? ""
        #expect(line.contains("replicas.count: 900 sensors and the list of about "), "\(outcome.errors)")
        #expect(line.contains(" events that rows tell of need about "), "\(line)")
        #expect(line.contains("the limit of the address space leaves"))
        #expect(try !workspace.names().contains("datasets"))
    }
}
