extension RecipeResolver {
    /// The recording as the recipe has it played: cut, moved, repeated, or as it is; nil where that cannot be had.
    mutating func played(_ recording: Recording, _ stated: RecordingSection, _ file: Stated<String>) -> Recording? {
        guard let playback = playback(of: recording, stated) else { return isPlayed(stated) ? nil : recording }
        do throws(RecordingError) {
            return try recording.played(playback)
        } catch {
            let cause = section.dataset?.value
            if let about = stated.to ?? stated.from ?? cause?.end {
                decoder.report(error.description, about: about)
            } else {
                decoder.report(error.description, at: cause?.duration?.origin ?? file.origin, path: "dataset.duration")
            }
            return nil
        }
    }

    /// Whether the recipe says anything of how the recording is played.
    private func isPlayed(_ stated: RecordingSection) -> Bool {
        let dataset = section.dataset?.value
        return stated.from != nil || stated.to != nil || stated.isRepeated?.value == true || stated.phase != nil
            || dataset?.start != nil || dataset?.duration != nil || dataset?.end != nil
    }

    /// How the recording is played; nil for as it is, or where that is reported.
    private mutating func playback(of recording: Recording, _ stated: RecordingSection) -> Recording.Playback? {
        guard isPlayed(stated) else { return nil }
        let (dataset, whole) = (section.dataset?.value, recording.wholeTimes)
        let (from, to) = (stated.from?.value ?? whole.from, stated.to?.value ?? whole.to)
        let isRepeated = stated.isRepeated?.value == true
        guard from < to else {
            let message =
                stated.from != nil && stated.to != nil
                ? "\(to.zonedText) is not after \(from.zonedText), where it begins"
                : "the recording is from \(whole.from.zonedText) to \(whole.to.zonedText)"
            if let about = stated.to ?? stated.from { decoder.report(message, about: about) }
            return nil
        }
        let (period, phase) = (to.microseconds - from.microseconds, stated.phase?.value ?? 0)
        let length = DurationText.text(ofMicroseconds: period)
        if let about = stated.phase {
            if !isRepeated {
                decoder.report("needs repeat: true; without it, from says where the run begins", about: about)
                return nil
            }
            if phase >= period {
                decoder.report("a round is only \(length) long", about: about)
                return nil
            }
        }
        let start = dataset?.start?.value ?? SimulatedTime(microseconds: from.microseconds + phase)
        guard let end = end(from: start, dataset, period: period, isRepeated: isRepeated) else { return nil }
        return Recording.Playback(from: from, to: to, isRepeated: isRepeated, phase: phase, start: start, end: end)
    }

    /// When the run ends; nil where that is reported.
    private mutating func end(
        from start: SimulatedTime,
        _ dataset: DatasetSection?,
        period: Int64,
        isRepeated: Bool
    ) -> SimulatedTime? {
        var end = SimulatedTime(microseconds: start.microseconds + period)
        var cause: (keyPath: String, origin: RecipeOrigin?) = ("dataset.start", dataset?.start?.origin)
        if let stated = dataset?.end {
            (end, cause) = (stated.value, (stated.keyPath, stated.origin))
            if end <= start {
                decoder.report("\(end.zonedText) is not after the start, \(start.zonedText)", about: stated)
                return nil
            }
        } else if let stated = dataset?.duration {
            end.microseconds = start.microseconds + stated.value
            cause = (stated.keyPath, stated.origin)
        } else if isRepeated {
            decoder.report(
                "what is repeated never ends; say for how long with dataset.duration or dataset.end",
                at: section.recording?.value.isRepeated?.origin,
                path: "recording.repeat"
            )
            return nil
        }
        if !isRepeated, end.microseconds - start.microseconds > period {
            decoder.report(
                "the recording is only \(DurationText.text(ofMicroseconds: period)) long; recording.repeat: true plays it "
                    + "again and again",
                at: cause.origin,
                path: cause.keyPath
            )
            return nil
        }
        if end > .latest {
            decoder.report("the simulated time goes beyond the year 2199", at: cause.origin, path: cause.keyPath)
            return nil
        }
        return end
    }
}
