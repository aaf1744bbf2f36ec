import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The memory that this process may still take.
package struct MemorySpace {
    /// Bytes.
    package let freeBytes: Int64
    /// What sets the limit, for people.
    let limit: String

    /// The narrowest of all limits that the system tells of; nil if it tells of none.
    ///
    /// Sources: proc(5), getrlimit(2), and "Control Group v2" in the kernel's documentation, memory.max and memory.stat.
    ///
    /// - Parameter reservedBytes: what threads that are yet to begin reserve of the address space and do not fill.
    /// - Returns: what the narrowest limit leaves.
    package static func narrowest(reserving reservedBytes: Int64) -> MemorySpace? {
        [addressSpace(reserving: reservedBytes), controlGroup(), machine()].compactMap { $0 }
            .min { $0.freeBytes < $1.freeBytes }
    }

    /// What `ulimit -v` leaves.
    private static func addressSpace(reserving reservedBytes: Int64) -> MemorySpace? {
        var limits = rlimit()
        #if canImport(Glibc)
        let status = unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limits)
        #else
        let status = unsafe getrlimit(RLIMIT_AS, &limits)
        #endif
        guard status == 0, UInt64(limits.rlim_cur) < UInt64(Int64.max),
            let pages = text(of: "/proc/self/statm")?.split(separator: " ").first.flatMap({ Int64($0) })
        else { return nil }
        let used = pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
        let free = max(0, Int64(limits.rlim_cur) - used - reservedBytes)
        return MemorySpace(freeBytes: free, limit: "the limit of the address space")
    }

    /// What the control groups of this process leave, as of a container: file caches give way.
    private static func controlGroup() -> MemorySpace? {
        var path = text(of: "/proc/self/cgroup")?.split(separator: "\n").first { $0.hasPrefix("0::") }?.dropFirst(3)
        var narrowest: Int64?
        while let group = path {
            let folder = "/sys/fs/cgroup" + (group == "/" ? "" : group)
            if let most = number(text(of: folder + "/memory.max")) {
                let taken = number(
                    text(of: folder + "/memory.stat")?.split(separator: "\n").first { $0.hasPrefix("anon ") }?
                        .dropFirst(5)
                )
                narrowest = min(narrowest ?? .max, max(0, most - (taken ?? 0)))
            }
            path = group.count > 1 ? group.lastIndex(of: "/").map { group[..<$0] } : nil
            if path?.isEmpty == true { path = "/" }
        }
        return narrowest.map { MemorySpace(freeBytes: $0, limit: "the limit of the control group") }
    }

    /// What the machine has, swap space included.
    private static func machine() -> MemorySpace? {
        let lines = text(of: "/proc/meminfo")?.split(separator: "\n") ?? []
        func bytes(_ name: String) -> Int64? {
            lines.first { $0.hasPrefix(name + ":") }.flatMap { number($0.split(separator: " ").dropFirst().first) }
                .map { $0 * 1_024 }
        }
        guard let available = bytes("MemAvailable") else { return nil }
        return MemorySpace(freeBytes: available + (bytes("SwapFree") ?? 0), limit: "this machine")
    }

    private static func number(_ text: (some StringProtocol)?) -> Int64? {
        text.flatMap { Int64(String($0).filter { !$0.isNewline }) }
    }

    private static func text(of path: String) -> String? {
        (try? FileReader.contents(of: path)).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension MemorySpace {
    /// That so many bytes cannot be had, in words; nil if they can.
    package func shortage(of neededBytes: Int64) -> String? {
        guard neededBytes > freeBytes else { return nil }
        return "it takes about \(ByteCount.text(neededBytes)) of memory, and \(limit) leaves "
            + "\(ByteCount.text(freeBytes))"
    }
}

extension MemoryShortage {
    /// Nil if so many bytes can be had, or if the system does not tell.
    init?(of neededBytes: Int64, sensorCount: Int, eventCount: Int64, waitingCount: Int64, _ recipe: Recipe) {
        guard let space = MemorySpace.narrowest(reserving: Self.reservedBytes), neededBytes > space.freeBytes else {
            return nil
        }
        self.init(
            sensorCount: sensorCount,
            eventCount: eventCount,
            waitingCount: waitingCount,
            neededBytes: neededBytes,
            freeBytes: space.freeBytes,
            limit: space.limit,
            isFleet: recipe.groups.count > 1
        )
    }

    /// What the stacks and the heaps of a run's threads reserve of the address space and do not fill.
    private static let reservedBytes: Int64 = 64 << 20
}
