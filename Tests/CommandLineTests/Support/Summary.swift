/// What `recipe --json` prints.
struct Summary: Decodable {
    var folder: String
    var rows: Int
    var readings: Int
    var sensors: Int
    var anomalous: Int
    var events: Int
    var bytes: Int
    var contentSHA256: String

    enum CodingKeys: String, CodingKey {
        case folder
        case rows
        case readings
        case sensors
        case anomalous
        case events
        case bytes
        case contentSHA256 = "content_sha256"
    }
}
