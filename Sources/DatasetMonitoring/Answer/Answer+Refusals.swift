import NIOHTTP1

extension Answer {
    static let methodNotAllowed = Answer(
        .methodNotAllowed,
        status: .methodNotAllowed,
        fields: ["Allow": Endpoint.allowedMethods]
    )

    static let misdirected = Answer(
        Problem(
            "misdirected",
            "this server answers to addresses, localhost and the names in monitoring.allowed_hosts "
                + "(or MONITORING_ALLOWED_HOSTS); list the name in Host there if a proxy passes it on"
        ),
        status: .misdirectedRequest
    )

    static let bodyNotTaken = Answer(
        Problem("body_not_taken", "requests here have no body"),
        status: .payloadTooLarge
    )

    static let unauthorized = Answer(
        Problem("unauthorized", "send the header field Authorization: Bearer TOKEN with the token of monitoring.token"),
        status: .unauthorized,
        fields: ["WWW-Authenticate": #"Bearer realm="gen-dataset""#]
    )

    static func overRate(limits: MonitoringLimits) -> Answer {
        Answer(
            Problem("over_rate", "at most \(Int(limits.requestsPerSecond)) requests a second; try again in a second"),
            status: .tooManyRequests,
            fields: ["Retry-After": "1"]
        )
    }

    static func notFound(known routes: [String: Endpoint]) -> Answer {
        Answer(
            Problem("not_found", "there is nothing here; there is \(routes.keys.sorted().joined(separator: ", "))"),
            status: .notFound
        )
    }
}
