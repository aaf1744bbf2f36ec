import DatasetGen

/// How well something that should not tell says which readings are anomalous.
public struct LeakFigure: Sendable {
    /// What should not tell.
    public enum Subject: String, Sendable {
        /// The number of significant decimals of a metric.
        case decimals
        /// Whether a metric is a whole multiple of its resolution.
        case multiples = "multiple_of_resolution"
        /// The row's place in the dataset.
        case position
        /// The hour of the day, UTC.
        case timeOfDay = "time_of_day"
        /// The sensor, among those of its make.
        case sensor
        /// The place, among the sensors of a make.
        case location
        /// The kind of deployment, among the sensors of a make.
        case deploymentType = "deployment_type"
        /// The place, among the sensors of a make, of readings of incidents.
        case incidentLocation = "incident_location"
    }

    /// An area from here on is a leak, if it is no chance.
    public static let limit = 0.6

    /// What should not tell.
    public let subject: Subject
    /// The area under the ROC curve; nil where there is nothing to compare.
    public let auc: Double?

    /// How far the area may be from ½ by chance, from the number and the lengths of the events.
    public let standardError: Double

    /// A figure of readings that come together: long events are as good as few readings.
    ///
    /// Kish's effective sample size ("Survey Sampling", 1965) of the sum and the squares of what comes together; the scores of
    /// what tells nothing are spread evenly, with the deviation 1/√12.
    init(subject: Subject, auc: Double?, readings: (sum: Double, squares: Double)) {
        let count = readings.squares > 0 ? readings.sum * readings.sum / readings.squares : 0
        (self.subject, self.auc) = (subject, auc)
        standardError = count > 0 ? 1 / (12 * count).squareRoot() : 1
    }

    /// Whether it tells: the area is at the limit, and more than three standard errors above ½.
    ///
    /// Where three standard errors are more than the limit there is too little to tell.
    public var leaks: Verdict {
        guard let auc else { return .tooFew }
        let excess = 3 * standardError
        if auc >= Self.limit, auc - 0.5 > excess { return .yes }
        return excess > Self.limit - 0.5 ? .tooFew : .no
    }

    var json: JSONValue {
        [
            "subject": .string(subject.rawValue),
            "auc": .rounded(auc, decimals: 4),
            "standard_error": .rounded(standardError, decimals: 4),
            "leaks": .string(leaks.rawValue),
        ]
    }
}
