extension MonitoringConfiguration {
    /// What answers at which path.
    var routes: [String: Endpoint] {
        var routes: [String: Endpoint] = [:]
        if let healthPath { routes[healthPath] = .health }
        if let metricsPath { routes[metricsPath] = .metrics }
        // The endpoints' own paths win: the dashboard reads them.
        for endpoint in Endpoint.allCases where endpoint != .prometheus || offersPrometheus {
            routes[endpoint.rawValue] = endpoint
        }
        return routes
    }
}
