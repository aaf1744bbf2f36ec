import DatasetFormats
import DatasetGen

/// One worker's connection: a batch is a request, and what may be there already is asked for before it is sent again.
struct VMDelivery: DeliveryConnection {
    let target: VMTarget
    let session: VMSession

    func deliver(_ batch: DeliveryBatch<EncodedRows>, isRepeated: Bool) throws(DeliveryError) {
        try lookIfDue(isRepeated)
        if isRepeated || target.mayHaveAny {
            if isRepeated { try session.settle() }
            try repair(batch.blocks)
        } else {
            try session.importLines(
                batch.blocks.indices.map { batch.pieces[$0].bytes.bytes },
                isCompressed: target.isCompressed
            )
            target.noteSent(batch.blocks.indices.reduce(0) { $0 + batch.pieces[$1].rowCount })
        }
        target.restarts.add(batch.blocks)
    }

    /// Sends of some blocks what is not there.
    func repair(_ blocks: [Int64]) throws(DeliveryError) {
        var repair = VMRepair(target, session)
        try repair.run(blocks)
    }

    /// Looks whether the server has begun anew, if it may have.
    func lookIfDue(_ isDue: Bool) throws(DeliveryError) {
        if isDue || target.restarts.isDue { try look() }
    }

    /// Brings again what a server that has begun anew may have lost.
    func look() throws(DeliveryError) {
        try target.restarts.look { () throws(DeliveryError) in
            try session.state().start
        } repair: { blocks throws(DeliveryError) in
            try session.settle()
            try repair(blocks)
        }
    }
}
