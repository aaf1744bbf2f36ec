/// What can be asked: the routes, their description in OpenAPI and what they take come from this list.
enum Endpoint: String, CaseIterable {
    case dashboard = "/"
    case health = "/healthz"
    case status = "/statusz"
    case metrics = "/metricz"
    case samples = "/samplez"
    case sensors = "/sensorz"
    case fleet = "/fleet"
    case history = "/history"
    case database = "/db_stats"
    case prometheus = "/metrics"
    case description = "/openapi.json"

    static let allowedMethods = "GET, HEAD"

    /// One line on what it says.
    var summary: String {
        switch self {
        case .dashboard: "The dashboard, a page for people."
        case .health: "Whether the run and its database are well."
        case .status: "What runs, how far it is, and its settings."
        case .metrics: "Counts of readings, anomalies and errors, and rates."
        case .samples: "The newest readings, oldest first."
        case .sensors: "Sensors whose id contains a text."
        case .fleet: "Which sensors are anomalous now, and how a metric is spread over the fleet in time."
        case .history:
            "A stretch of a sensor's readings, however long, as points that keep the least and the greatest value."
        case .database: "What is known of the database."
        case .prometheus: "The metrics in Prometheus's text format."
        case .description: "This description."
        }
    }

    /// The parameters of the query.
    var parameters: [QueryParameter] {
        switch self {
        case .samples: [.sensor, .limit, .after]
        case .sensors: [.search, .limit]
        case .fleet: [.metric, .step, .columns, .since, .limit]
        case .history: [.sensor, .from, .to, .points]
        default: []
        }
    }

    /// Whether it answers without the token: health checks have none, and the page has nothing in it but the question for
    /// the token.
    var isOpen: Bool {
        switch self {
        case .health, .dashboard: true
        default: false
        }
    }
}
