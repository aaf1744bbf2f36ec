import NIOCore

/// Who a connection comes from, as far as limits go.
///
/// An IPv6 client has at least 2⁶⁴ addresses of its own, so its network stands for it.
struct ClientKey: Hashable, Sendable {
    private let network: UInt64

    init(_ address: SocketAddress?) {
        switch address {
        case .v4(let address):
            // sockaddr_in: family, port, and the address from byte 4 (ip(7)).
            network = Self.v4(
                unsafe withUnsafeBytes(of: address.address) { bytes in
                    unsafe bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
                }
            )
        case .v6(let address):
            // sockaddr_in6: family, port, flow, and the address from byte 8 (ipv6(7)).
            let words = unsafe withUnsafeBytes(of: address.address) { bytes in
                unsafe (
                    bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                    bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self),
                    bytes.loadUnaligned(fromByteOffset: 20, as: UInt32.self)
                )
            }
            // ::ffff:a.b.c.d is an IPv4 client at a socket for both (RFC 4291, §2.5.5.2).
            let isMapped = words.0 == 0 && words.1 == UInt32(0xffff).bigEndian
            network = isMapped ? Self.v4(words.2) : words.0
        default:
            network = 0
        }
    }

    private init(network: UInt64) {
        self.network = network
    }

    /// All clients that no longer fit into the table.
    static let others = ClientKey(network: .max)

    private static func v4(_ address: UInt32) -> UInt64 { 0xffff_0000_0000 | UInt64(address) }
}
