import DatasetFormats

/// One worker's connection to a database that takes line protocol: a block is a request.
///
/// A point that is sent again replaces itself.
struct LineDelivery: DeliveryConnection {
    let session: HTTPSession
    /// Where points are sent.
    let path: String
    let query: [(String, String)]
    let isCompressed: Bool

    func deliver(_ batch: DeliveryBatch<EncodedText>, isRepeated: Bool) throws(DeliveryError) {
        for index in batch.blocks.indices {
            let piece = batch.pieces[index]
            if piece.checksum.length == 0 { continue }
            let answer = try session.post(
                isCompressed ? Self.member(piece) : [piece.bytes.bytes],
                to: path,
                query,
                headers: ["Content-Type: text/plain; charset=utf-8"]
                    + (isCompressed ? ["Content-Encoding: gzip"] : [])
            )
            guard answer.isSuccess else { throw refusal(answer) }
        }
    }

    /// A block that was compressed as a part of a file, as a file of its own.
    private static func member(_ piece: EncodedText) -> [[UInt8]] {
        var member = GzipMember()
        member.append(piece.checksum)
        return [GzipMember.header, piece.bytes.bytes, member.trailer]
    }

    private func refusal(_ answer: HTTPAnswer) -> DeliveryError {
        let error = session.refusal(answer, of: "points")
        // A disk does not become emptier while one waits.
        return answer.text.contains("no space left") ? DeliveryError(.refused, error.description) : error
    }
}
