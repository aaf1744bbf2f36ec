/// What the library has called back with, on the thread that uses the connection.
final class MQTTEvents {
    /// The answer to CONNECT.
    var connected: Int32?
    /// Why the connection is closed.
    var closed: Int32?
    /// Messages that are not acknowledged, or at QoS 0 not written.
    var outstanding = 0
    /// Whether the broker has answered what was asked behind the last message of QoS 0.
    var isConfirmed = false
    /// The message that has a packet's number, of those that are outstanding.
    private var messages = [Int32](repeating: -1, count: 1 << 16)
    /// Messages that were acknowledged since they were last taken.
    private(set) var acknowledged: [Int32] = []
    /// A message that the broker refuses, and its reason.
    private(set) var refused: (message: Int32, code: Int32)?
    /// Whether anything has come since this was last set to false.
    var hasProgress = false

    /// Whether somebody has asked the node for its births.
    var isRebirthAsked = false

    /// Notes the number that a message's packet has.
    func note(_ number: Int32, of message: Int) { messages[Int(number) & 0xffff] = Int32(message) }

    /// A packet is acknowledged, or at QoS 0 written.
    func finish(_ number: Int32, code: Int32) {
        outstanding -= 1
        hasProgress = true
        let message = messages[Int(number) & 0xffff]
        messages[Int(number) & 0xffff] = -1
        guard message >= 0 else { return }
        if code >= 0x80 {
            refused = refused ?? (message, code)
        } else {
            acknowledged.append(message)
        }
    }

    /// Takes the messages that were acknowledged.
    func takeAcknowledged(_ body: (Int) -> Void) {
        for message in acknowledged { body(Int(message)) }
        acknowledged.removeAll(keepingCapacity: true)
    }
}
