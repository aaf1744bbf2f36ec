import Foundation
import Testing

/// Looks again and again, until there is what is looked for; fails if that takes too long, or a process ends before.
func wait<Value>(
    seconds: Double = 120,
    of process: RunningProcess? = nil,
    or failure: @autoclosure () -> String,
    for look: () throws -> Value?
) throws -> Value {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline, process?.isRunning != false {
        if let value = try look() { return value }
        usleep(20_000)
    }
    Issue.record("\(failure())")
    throw CancellationError()
}

extension Workspace {
    /// Waits until a batch run has written readings.
    func waitForReadings(in folder: String, of process: RunningProcess) throws {
        let files = ["readings.csv.gz", "readings-train.csv.gz"].map { path("\(folder)/\($0)") }
        try wait(of: process, or: "the run has written no readings") {
            let sizes = files.compactMap { try? FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int }
            return sizes.contains { $0 > 100_000 } ? () : nil
        }
    }

    /// Waits until a load has noted that so many batches are there.
    func waitForBlocks(_ count: Int, in journal: String, of process: RunningProcess) throws {
        try wait(of: process, or: "nothing is loaded") { () -> Void? in
            guard exists(journal) else { return nil }
            return try text(journal).split(separator: "\n").filter { $0.hasPrefix("=") }.count >= count ? () : nil
        }
    }

    /// The greatest `id` in a live database; 0 while there is none.
    func lastReading(in database: String = "data/sensor_data.db") throws -> Int {
        let query = "sqlite3 -readonly \(database) 'SELECT max(id) FROM sensor_data' 2> /dev/null"
        return Int(try shell(query).output.filter(\.isNumber)) ?? 0
    }

    /// Waits until a live run has written a reading with this number.
    func waitForReading(
        _ number: Int,
        in database: String = "data/sensor_data.db",
        of process: RunningProcess
    ) throws {
        try wait(of: process, or: "the run has not written reading \(number)") {
            try lastReading(in: database) >= number ? () : nil
        }
    }

    /// Asks a server until its answer, headers included, has a text.
    func answer(with text: String, at path: String, port: Int, options: String = "") throws -> String {
        var answer = ""
        return try wait(or: "\(path) does not answer \(text) but \(answer)") {
            answer = try shell("curl -s -i \(options) 'localhost:\(port)\(path)'").output
            return answer.contains(text) ? answer : nil
        }
    }
}
