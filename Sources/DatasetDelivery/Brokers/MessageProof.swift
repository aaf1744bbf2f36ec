import DatasetFormats
import DatasetGen

/// Reads the messages of a load back, and compares them with those of the readings, computed anew.
///
/// A message is compared byte for byte, in whatever order they come; what came twice counts once.
struct MessageProof<Broker: MessageBroker> {
    private let broker: Broker
    private let plan: GenerationPlan
    private let encoder: MessageEncoder
    private let places: MessagePlaces
    private let windows: ProofWindows
    private let marks: [Int64]
    private let sensors: [String: Int]

    /// - Parameters:
    ///   - broker: holds the messages.
    ///   - plan: the readings.
    ///   - encoder: makes messages of them.
    ///   - places: tells which reading a message is of.
    ///   - marks: where messages of the load begin; empty for the first ones that there are.
    init(
        _ broker: Broker,
        _ plan: GenerationPlan,
        _ encoder: MessageEncoder,
        _ places: MessagePlaces,
        from marks: [Int64]
    ) {
        (self.broker, self.plan, self.encoder, self.places) = (broker, plan, encoder, places)
        (self.marks, sensors) = (marks, plan.sensorIndices)
        windows = ProofWindows(plan)
    }

    /// - Returns: what was found; differences say sensor, time and column.
    func run(workers: Int) async throws -> ProofReport {
        let begin = ContinuousClock.now
        async let computed = ExpectedReadings(
            plan,
            windows,
            usesTwin: false,
            usesLabels: false,
            hasher: MessageHasher(encoder: encoder),
            workers: workers
        )
        let answer = await onThread("read messages") {
            do throws(DeliveryError) {
                var stored = StoredMessages(plan, windows, places)
                try read { stored.add($1, of: $0) }
                return Result<StoredMessages, DeliveryError>.success(stored)
            } catch { return .failure(error) }
        }
        let (stored, expected) = (try answer.get(), try await computed)
        typealias Layout = GroupSums.Layout
        let comparison = GroupComparison(
            plan: plan,
            windows: windows,
            expected: expected.sums,
            stored: stored.sums,
            places: [Layout.rows, Layout.firstTime, Layout.lastTime, Layout.hash]
        )
        var differences = try comparison.differences { (sensor, window) throws(DeliveryError) in
            try firstDifference(of: sensor, in: windows.range(of: window))
        }
        if let stranger = stored.stranger {
            let others = stored.strangerCount - 1
            differences.append(stranger + (others > 0 ? ", and \(others) others" : ""))
        }
        return ProofReport(
            proof: .rows,
            rows: (0..<expected.sums.groupCount).reduce(0) { $0 + expected.sums[$1, Layout.rows] },
            groups: expected.sums.groupCount,
            contentSHA256: expected.contentSHA256,
            differences: differences,
            repeats: stored.repeats,
            seconds: (ContinuousClock.now - begin) / .seconds(1)
        )
    }

    /// Hands on the messages whose keys are sensors of the fleet.
    private func read(_ body: (_ sensor: Int, _ payload: Span<UInt8>) -> Void) throws(DeliveryError) {
        var last: (key: [UInt8], sensor: Int?) = ([], nil)
        try broker.read(from: marks) { key, payload in
            if last.key != key { last = (key, sensors[String(decoding: key, as: UTF8.self)]) }
            if let sensor = last.sensor { body(sensor, payload) }
        }
    }

    private func firstDifference(of sensor: Sensor, in times: Range<Int64>) throws(DeliveryError) -> String? {
        var stored: [Int64: [UInt8]] = [:]
        try read { index, payload in
            guard index == sensor.index, let time = places.place(of: payload, index)?.time, times.contains(time) else {
                return
            }
            if stored[time] == nil { stored[time] = payload.indices.map { payload[$0] } }
        }
        for (time, text) in expected(of: sensor, in: times) {
            let moment = SimulatedTime(microseconds: time).zonedText
            guard let found = stored[time] else { return "\(moment): its message is missing" }
            if found != text { return "\(moment), \(Self.difference(found, text))" }
        }
        return nil
    }

    /// The messages of a sensor in a range of time, computed anew in their order.
    private func expected(of sensor: Sensor, in times: Range<Int64>) -> [(time: Int64, text: [UInt8])] {
        let grid = plan.grid(ofSensor: sensor.index)
        let first = max(0, grid.firstTick(atOffset: times.lowerBound - grid.start.microseconds))
        let end = grid.firstTick(atOffset: times.upperBound - grid.start.microseconds)
        let last = min(end, plan.rows.tickCount(ofSensor: sensor.index))
        var generator = BlockGenerator(plan)
        var block = GeneratedBlock()
        var encoder = encoder
        let messages = EncodedMessages()
        var found: [(Int64, [UInt8])] = []
        var known: Int64 = -1
        for tick in first..<max(first, last) {
            let number = plan.rows.position(ofSensor: sensor.index, tick: tick) / GenerationPlan.rowsPerBlock
            if number == known { continue }
            known = number
            generator.generate(block: number, into: &block)
            messages.removeAll()
            encoder.append(block.readings.slice, to: messages)
            for message in 0..<messages.count
            where Int(messages.sensors[message]) == sensor.index && times.contains(messages.times[message]) {
                found.append((messages.times[message], Array(messages.bytes.bytes[messages.range(message)])))
            }
        }
        return found
    }

    /// What differs first in two lines of JSON.
    static func difference(_ found: [UInt8], _ sent: [UInt8]) -> String {
        guard let one = JSONValue(parsing: found), let other = JSONValue(parsing: sent) else {
            return "its message is no JSON: \(String(decoding: found.prefix(200), as: UTF8.self).onOneLine)"
        }
        let (stored, expected) = (leaves(of: one, ""), leaves(of: other, ""))
        for (index, leaf) in expected.enumerated() {
            guard index < stored.count, stored[index].path == leaf.path else {
                return "column \(leaf.path) is missing, or not in its place"
            }
            if stored[index].text != leaf.text {
                return "column \(leaf.path): \(stored[index].text) is stored, \(leaf.text) was sent"
            }
        }
        if stored.count > expected.count { return "column \(stored[expected.count].path) was not sent" }
        return "its message is written otherwise"
    }

    private static func leaves(of value: JSONValue, _ path: String) -> [(path: String, text: String)] {
        guard case .object(let members) = value else { return [(path, value.compactText.onOneLine)] }
        return members.flatMap { leaves(of: $0.value, path.isEmpty ? $0.key : path + "." + $0.key) }
    }
}
