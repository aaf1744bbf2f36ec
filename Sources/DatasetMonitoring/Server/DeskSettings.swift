import Synchronization

/// What of the configuration answers depend on.
struct DeskSettings: Sendable {
    let configuration: MonitoringConfiguration
    let hosts: AllowedHosts
    let routes: [String: Endpoint]

    init(_ configuration: MonitoringConfiguration) {
        self.configuration = configuration
        hosts = AllowedHosts(listeningAt: configuration.host, names: configuration.allowedHosts)
        routes = configuration.routes
    }
}

/// The settings of a server, which may change while it serves.
final class SharedSettings: Sendable {
    private let settings: Mutex<DeskSettings>

    init(_ configuration: MonitoringConfiguration) {
        settings = Mutex(DeskSettings(configuration))
    }

    var current: DeskSettings { settings.withLock { $0 } }

    func replace(_ configuration: MonitoringConfiguration) {
        settings.withLock { $0 = DeskSettings(configuration) }
    }
}
