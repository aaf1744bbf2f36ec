extension EventDirectory {
    /// The events of an event table, with its numbers.
    ///
    /// - Throws: ``FileError`` when it cannot be read. What makes no sense in it is passed over: others say so.
    convenience init(_ files: StoredFolder, _ plan: GenerationPlan) throws(FileError) {
        let table = try StoredEvents(files: files, plan: plan) { _ in }
        var events: [[(first: Int64, difficulty: Difficulty?)]] = plan.fleet.sensors.map { _ in [] }
        var numbers: [Int64: Int64] = [:]
        while let event = table.current {
            let difficulty = event.difficulty < 0 ? nil : Difficulty(rawValue: table.difficulties[event.difficulty])
            events[event.sensor].append((event.firstPosition, difficulty))
            numbers[event.firstPosition] = event.id
            try table.advance()
        }
        for sensor in events.indices { events[sensor].sort { $0.first < $1.first } }
        self.init(events) { numbers[$0] ?? 0 }
    }
}
