public import DatasetGen

extension MonitoringConfiguration {
    /// What a recipe's section `monitoring` says, and the defaults for what it leaves out.
    ///
    /// A section does not say whether there is a token: ``token`` is set apart, so that no resolved recipe holds it.
    public init(_ parameters: MonitoringParameters) {
        self.init()
        if let host = parameters.host { self.host = host }
        if let port = parameters.port { self.port = port }
        if let names = parameters.allowedHosts { allowedHosts = names }
        if let offers = parameters.enablesPrometheus { offersPrometheus = offers }
        if let limit = parameters.readingSeriesLimit { readingSeriesLimit = limit }
        if let seconds = parameters.metricsIntervalSeconds { metricsInterval = .seconds(seconds) }
        healthPath = parameters.healthCheckPath
        metricsPath = parameters.metricsPath
    }
}
