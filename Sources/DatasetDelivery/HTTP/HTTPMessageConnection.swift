package import DatasetFormats

/// Sends messages as the bodies of requests: a status from 200 to 299 acknowledges all that were in one.
package final class HTTPMessageConnection: MessageConnection {
    private let session: HTTPSession
    private let requests: HTTPRequests
    private let compressor: TextCompressor?

    init(_ session: HTTPSession, _ requests: HTTPRequests) {
        (self.session, self.requests) = (session, requests)
        compressor = requests.isCompressed ? TextCompressor() : nil
    }

    package func send(
        _ messages: EncodedMessages,
        upTo count: Int,
        unless isCancelled: () -> Bool
    ) throws(DeliveryError) {
        var next = 0
        while next < count {
            var end = next
            while end < count, end - next < requests.messageLimit, !messages.isAcknowledged(end) { end += 1 }
            if end > next {
                if isCancelled() { throw .interrupted }
                try send(next..<end, of: messages)
            }
            next = max(end, next + 1)
        }
    }

    private func send(_ numbers: Range<Int>, of messages: EncodedMessages) throws(DeliveryError) {
        let parts = parts(numbers, of: messages)
        let answer: HTTPAnswer
        do throws(DeliveryError) {
            answer = try session.post(
                compressor.map { $0.member(parts) } ?? parts,
                to: requests.path,
                requests.query,
                headers: requests.headers + (compressor == nil ? [] : ["Content-Encoding: gzip"]),
                isRepeatable: requests.isIdempotent
            )
        } catch {
            if !error.isUnsent { noteSent(numbers, of: messages) }
            throw error
        }
        // Who refuses a request has taken nothing of it; who fails may have.
        if answer.isSuccess || answer.status >= 500 || answer.status == 408 { noteSent(numbers, of: messages) }
        guard answer.isSuccess else { throw refusal(answer) }
        for number in numbers { messages.acknowledge(number) }
    }

    private func noteSent(_ numbers: Range<Int>, of messages: EncodedMessages) {
        if requests.isIdempotent { return }
        for number in numbers { messages.noteSent(number) }
    }

    /// The body of a request.
    private func parts(_ numbers: Range<Int>, of messages: EncodedMessages) -> [[UInt8]] {
        let start = messages.range(numbers.lowerBound).lowerBound
        let end = messages.range(numbers.upperBound - 1).upperBound
        var text = Array(messages.bytes.bytes[start..<end])
        switch requests.body {
        case .lines: return [text, [UInt8(ascii: "\n")]]
        case .array:
            for number in numbers.dropLast() {
                text[messages.range(number).upperBound - start] = UInt8(ascii: ",")
            }
            return [[UInt8(ascii: "[")], text, [UInt8(ascii: "]")]]
        }
    }

    private func refusal(_ answer: HTTPAnswer) -> DeliveryError {
        let error = session.refusal(answer, of: "readings")
        let hint: String
        switch answer.status {
        case 401, 403: hint = "; who one is is told by \(session.server.variable)_TOKEN, or by a user in the URL"
        case 413: hint = "; batch=100 in the URL makes requests smaller"
        default: return error
        }
        return DeliveryError(error.kind, error.description + hint)
    }
}
