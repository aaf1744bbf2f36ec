import ArgumentParser
import DatasetGen
import DatasetMonitoring
import Glibc
import Logging

/// Serves a synthetic run, so that the server and the dashboard can be driven by hand, by a browser and under load.
@main
struct SyntheticMonitor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synthetic-monitor",
        abstract: "Serve the monitoring of a run whose readings are made up."
    )

    @Option(help: "TCP port; 0 for any free one.") var port = 0
    @Option(help: "Address to listen at.") var host = "127.0.0.1"
    @Option(help: "Sensors in the fleet.") var sensors = 1
    @Option(help: "So many metrics other than the standard ones.") var metrics: Int?
    @Option(help: "Seconds between two readings of a sensor.") var interval = 0.1
    @Option(help: "What clients must present.") var token: String?
    @Option(help: "Readings to make.") var planned: Int64?
    @Option(help: "A problem to report.") var problem: String?
    @Flag(help: "Let every client ask as much as it likes.") var unlimited = false

    func run() async throws {
        var run = SyntheticRun(sensors: sensors, interval: interval)
        if let metrics { run.schema = try .synthetic(metrics) }
        run.situation.plannedReadings = planned
        run.situation.remaining = planned == nil ? nil : .seconds(1_234)
        run.situation.problems = problem.map { [RunProblem($0)] } ?? []
        var configuration = MonitoringConfiguration()
        configuration.host = host
        configuration.port = port
        if let token {
            guard let bearer = BearerToken(token) else { throw ValidationError("the token cannot be sent in a header") }
            configuration.token = bearer
        }
        if unlimited {
            configuration.limits.requestsPerSecond = 1e9
            configuration.limits.requestBurst = 1e9
            configuration.limits.connectionsPerClient = 4_096
            configuration.limits.connections = 4_096
        }
        let server = MonitoringServer(run: run, configuration: configuration, logger: Logger(label: "synthetic"))
        try await server.serve { address in
            print(address.url)
            fflush(nil)
            try await Task.sleep(for: .seconds(86_400))
        }
    }
}
