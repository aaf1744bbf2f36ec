import Foundation
import Glibc
import Synchronization

/// A TCP connection to the server under test, on which anything can be sent.
///
/// Waiting happens on threads of its own: the pool that runs tests has only as many as the machine has cores.
final class RawConnection: Sendable {
    private let descriptor: Int32
    private let received = Mutex<[UInt8]>([])

    /// Connects to a port of this machine; calls return after `timeout` seconds without data.
    init(port: Int, timeout: Int = 20, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var limit = timeval(tv_sec: timeout, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw ConnectionFailure(code: errno) }
    }

    deinit { close(descriptor) }

    /// Whether everything was sent.
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Whether everything was sent.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The next answer, or nil if the connection ends or stays silent before it is complete.
    func reply(hasBody: Bool = true) async -> Reply? {
        await onThread { self.nextReply(hasBody: hasBody) }
    }

    /// How many of some requests, each sent a while after the answer to the last, are answered with 200.
    func replies(to request: String, times: Int, every seconds: Double) async -> Int {
        await onThread {
            (0..<times)
                .filter { _ in
                    Thread.sleep(forTimeInterval: seconds)
                    return self.send(request) && self.nextReply(hasBody: true)?.status == 200
                }
                .count
        }
    }

    /// Whether the server closes the connection before the timeout.
    func isClosedByServer() async -> Bool {
        await onThread {
            while true {
                switch self.receive() {
                case .bytes: continue
                case .end: return true
                case .silence: return false
                }
            }
        }
    }

    private enum Received {
        case bytes([UInt8])
        case end
        case silence
    }

    private func nextReply(hasBody: Bool) -> Reply? {
        received.withLock { received in
            while true {
                if let (reply, length) = Reply.parse(received, hasBody: hasBody) {
                    received.removeFirst(length)
                    return reply
                }
                guard case .bytes(let bytes) = receive() else { return nil }
                received += bytes
            }
        }
    }

    private func receive() -> Received {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return count == 0 || errno == ECONNRESET ? .end : .silence }
        buffer.removeSubrange(count...)
        return .bytes(buffer)
    }

    private func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }
}

/// A connection that was refused.
struct ConnectionFailure: Error {
    let code: Int32
}
