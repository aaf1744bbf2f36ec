#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Processor time of everything that runs on this machine.
enum MachineTime {
    /// Seconds that all processors together have been busy since the machine has started; nil where nobody counts them.
    ///
    /// Source: proc(5), `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal, in ticks.
    static var busy: Double? {
        guard let bytes = try? InputFile.contents(of: "/proc/stat"),
            let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first, line.hasPrefix("cpu ")
        else { return nil }
        let ticks = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        guard ticks.count >= 7 else { return nil }
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
