import DatasetGen

extension Recipe {
    /// What the user should know of incidents whose given times lie behind the end of the run.
    var incidentNotes: [String] {
        let length = grid.end.microseconds - grid.start.microseconds
        return incidents.enumerated()
            .compactMap { index, incident in
                guard case .at(let offsets) = incident.timing else { return nil }
                let late = offsets.filter { $0 >= length }.map { DurationText.text(ofMicroseconds: $0) }
                guard !late.isEmpty else { return nil }
                let times = late.prefix(5).joined(separator: ", ") + (late.count > 5 ? ", …" : "")
                return
                    "incidents.\(index).at: \(incident.cause) at \(times) does not happen within this run, which lasts "
                    + DurationText.text(ofMicroseconds: length)
            }
    }
}
