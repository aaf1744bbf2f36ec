import DatasetGen

/// `/openapi.json`: the endpoints as OpenAPI 3.1, made from the list that answers them.
struct OpenAPIDescription: Sendable {
    let json: JSONValue

    /// The description of a server that shows a run of these metrics.
    init(_ configuration: MonitoringConfiguration, _ schema: MetricSchema) {
        let paths = configuration.routes.sorted { $0.key < $1.key }
        json = [
            "openapi": "3.1.0",
            "info": [
                "title": "gen-dataset monitoring",
                "version": .string(Generator.version),
                "description": "Reads a run of gen-dataset; nothing can be changed here.",
                "license": ["name": "MIT", "identifier": "MIT"],
            ],
            "servers": .array([["url": "/"]]),
            "paths": .object(
                paths.map { path, endpoint in
                    JSONValue.Member(key: path, value: Self.item(endpoint, at: path, configuration, schema))
                }
            ),
            "components": [
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "schemas": ["Problem": Self.problemSchema],
            ],
        ]
    }

    private static let problemSchema: JSONValue = [
        "type": "object",
        "required": .array(["error", "message"]),
        "properties": [
            "error": ["type": "string", "description": "A word for programs"],
            "message": ["type": "string", "description": "A sentence that says what would be right"],
        ],
    ]

    private static func item(
        _ endpoint: Endpoint,
        at path: String,
        _ configuration: MonitoringConfiguration,
        _ schema: MetricSchema
    ) -> JSONValue {
        .object(
            ["get", "head"]
                .map { JSONValue.Member(key: $0, value: operation(endpoint, $0, path, configuration, schema)) }
        )
    }

    private static func operation(
        _ endpoint: Endpoint,
        _ method: String,
        _ path: String,
        _ configuration: MonitoringConfiguration,
        _ schema: MetricSchema
    ) -> JSONValue {
        let needsToken = configuration.token != nil && !endpoint.isOpen
        let name = path.drop { $0 == "/" }.map { $0.isLetter || $0.isNumber ? $0 : "_" }
        return [
            "operationId": .string(method + "_" + (name.isEmpty ? "dashboard" : String(name))),
            "summary": .string(endpoint.summary),
            "parameters": .array(endpoint.parameters.map { parameter($0, configuration.limits) }),
            "security": .array(needsToken ? [["token": .array([])]] : []),
            "responses": responses(
                endpoint,
                endpoint.content(schema),
                hasBody: method == "get",
                needsToken: needsToken
            ),
        ]
    }

    private static func parameter(_ parameter: QueryParameter, _ limits: MonitoringLimits) -> JSONValue {
        [
            "name": .string(parameter.rawValue),
            "in": "query",
            "required": .literal("false"),
            "description": .string(parameter.summary),
            "schema": parameter.schema(limits: limits),
        ]
    }

    private static func responses(
        _ endpoint: Endpoint,
        _ content: JSONValue,
        hasBody: Bool,
        needsToken: Bool
    ) -> JSONValue {
        var responses = [("200", response(endpoint.summary, content, hasBody: hasBody))]
        func refuse(_ status: String, _ why: String) {
            let problem: JSONValue = ["application/json": ["schema": ["$ref": "#/components/schemas/Problem"]]]
            responses.append((status, response(why, problem, hasBody: hasBody)))
        }
        refuse("400", "A parameter is wrong or unknown.")
        if needsToken { refuse("401", "The token is missing or wrong.") }
        if endpoint == .database { refuse("404", "The run has no database.") }
        if endpoint == .samples || endpoint == .history { refuse("404", "The run has no such sensor.") }
        refuse("413", "The request has a body.")
        refuse("421", "The request is meant for another host.")
        if endpoint == .health {
            responses.append(("503", response("Something is wrong.", content, hasBody: hasBody)))
        } else {
            refuse("429", "Too many requests.")
        }
        return .object(responses.map { JSONValue.Member(key: $0.0, value: $0.1) })
    }

    private static func response(_ text: String, _ content: JSONValue, hasBody: Bool) -> JSONValue {
        hasBody ? ["description": .string(text), "content": content] : ["description": .string(text)]
    }
}

extension Endpoint {
    /// What it answers, by media type.
    fileprivate func content(_ schema: MetricSchema) -> JSONValue {
        switch self {
        case .dashboard: ["text/html": ["schema": ["type": "string"]]]
        case .prometheus: ["text/plain": ["schema": ["type": "string"]]]
        case .health: json(HealthAnswer.fields.schema())
        case .status: json(StatusAnswer.fields.schema())
        case .metrics: json(MetricsAnswer.fields.schema())
        case .samples: json(SamplesAnswer.schema(schema))
        case .sensors: json(SensorsAnswer.fields.schema())
        case .fleet: json(FleetAnswer.fields.schema())
        case .history: json(HistoryAnswer.fields(schema).schema())
        case .database: json(DatabaseAnswer.fields.schema())
        case .description: json(["type": "object"])
        }
    }

    private func json(_ schema: JSONValue) -> JSONValue { ["application/json": ["schema": schema]] }
}
