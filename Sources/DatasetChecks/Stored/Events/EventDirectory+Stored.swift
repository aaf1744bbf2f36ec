import DatasetFiles
import DatasetFormats
import DatasetGen

extension EventDirectory {
    /// The events of an event table, with its numbers.
    ///
    /// - Throws: ``FileError`` when it cannot be read. What makes no sense in it is passed over: others say so.
    convenience init(_ files: StoredFolder, _ plan: GenerationPlan) throws(FileError) {
        let table = try StoredEvents(files: files, plan: plan) { _ in }
        var events: [[Entry]] = plan.fleet.sensors.map { _ in [] }
        while let event = table.current {
            let difficulty = event.difficulty < 0 ? nil : Difficulty(rawValue: table.difficulties[event.difficulty])
            events[event.sensor].append(Entry(first: event.firstPosition, number: event.id, difficulty: difficulty))
            try table.advance()
        }
        var part = Part()
        for sensor in events {
            for entry in sensor.sorted(by: { $0.first < $1.first }) { part.append(entry) }
            part.finishSensor()
        }
        self.init([part])
    }
}
