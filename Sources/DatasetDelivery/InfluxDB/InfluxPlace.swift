/// Where a target's URL leads in InfluxDB, and who asks.
struct InfluxPlace: Sendable {
    let api: InfluxAPI
    let server: HTTPServer
    let isCompressed: Bool
    /// The URL as messages show it: without user and parameters.
    let name: String

    init(_ text: String, token: String?) throws(DeliveryError) {
        let url = try TargetURL(text)
        api = try InfluxAPI(url)
        server = try HTTPServer(
            url,
            port: api.port,
            isEncrypted: url.scheme == "influxs",
            variable: "INFLUX",
            token: token,
            tokenScheme: api.tokenScheme
        )
        isCompressed = try server.isCompressed(url)
        name = "\(url.scheme)://\(server.name)/\(api.database)"
    }
}
