import DatasetGen

/// An answer as it came over the wire.
struct Reply {
    let status: Int
    /// Names in small letters.
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; `null` if it is none.
    var json: JSONValue { JSONValue(parsing: body) ?? .null }

    /// The first answer in the bytes and its length; nil if it is not complete.
    static func parse(_ bytes: [UInt8], hasBody: Bool) -> (Reply, Int)? {
        let text = String(decoding: bytes, as: Unicode.ASCII.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        guard let first = lines.first, let status = Int(first.split(separator: " ")[1]) else { return nil }
        let fields = lines.dropFirst()
            .map { line -> (String, String) in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (parts[0].lowercased(), String(parts[1].drop { $0 == " " }))
            }
        let headers = Dictionary(fields) { "\($0), \($1)" }
        let start = text.utf8.distance(from: text.startIndex, to: end.upperBound)
        let length = hasBody ? headers["content-length"].flatMap(Int.init) ?? 0 : 0
        guard bytes.count >= start + length else { return nil }
        let reply = Reply(status: status, headers: headers, body: Array(bytes[start..<start + length]))
        return (reply, start + length)
    }
}
