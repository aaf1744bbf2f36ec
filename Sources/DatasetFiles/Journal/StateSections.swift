import DatasetGen

/// States of a run by name, so that each is read by whoever has stored it, whatever stands before and behind.
struct StateSections {
    private var sections: [(name: String, bytes: [UInt8])] = []

    /// No sections.
    init() {}

    /// Adds the section of a name, which no other has.
    mutating func store(_ name: String, _ body: (inout StateWriter) -> Void) {
        precondition(!sections.contains { $0.name == name }, "two sections of a name")
        var writer = StateWriter()
        body(&writer)
        sections.append((name, writer.bytes))
    }

    /// Adds what has come to the section of a name since the record before; nothing if that is empty.
    ///
    /// So what only ever grows is in the journal once, however many records there are.
    mutating func storeGrowth(_ name: String, _ body: (inout StateWriter) -> Void) {
        var writer = StateWriter()
        body(&writer)
        if !writer.bytes.isEmpty { sections.append((name + Self.growth, writer.bytes)) }
    }

    /// What the names of sections end with that hold growth alone.
    private static let growth = "+"

    /// The same sections, with the growth of earlier records before their own.
    func following(_ earlier: StateSections) -> StateSections {
        var result = self
        for section in earlier.sections where section.name.hasSuffix(Self.growth) {
            if let index = result.sections.firstIndex(where: { $0.name == section.name }) {
                result.sections[index].bytes = section.bytes + result.sections[index].bytes
            } else {
                result.sections.append(section)
            }
        }
        return result
    }

    /// What the section of a name holds, and behind it all its growth.
    ///
    /// - Throws: ``StateError`` where there is none.
    func reader(_ name: String) throws(StateError) -> StateReader {
        guard let section = sections.first(where: { $0.name == name }) else { throw StateError() }
        let growth = sections.first { $0.name == name + Self.growth }
        return StateReader(section.bytes + (growth?.bytes ?? []))
    }

    /// The state that the section of a name holds.
    ///
    /// - Throws: ``StateError`` where there is none.
    func state<State: StoredState>(_ name: String) throws(StateError) -> State {
        var reader = try reader(name)
        return try reader.next()
    }
}

extension StateSections: StoredState {
    func store(in state: inout StateWriter) {
        state.append(sections.count)
        for section in sections {
            for bytes in [Array(section.name.utf8), section.bytes] {
                state.append(bytes.count)
                unsafe bytes.withUnsafeBytes { unsafe state.append(raw: $0) }
            }
        }
    }

    init(from state: inout StateReader) throws(StateError) {
        let count: Int = try state.next()
        guard count >= 0, count <= state.count else { throw StateError() }
        for _ in 0..<count {
            let name = try state.next(raw: state.next())
            let bytes = try state.next(raw: state.next())
            sections.append((String(decoding: name, as: UTF8.self), Array(bytes)))
        }
    }
}
