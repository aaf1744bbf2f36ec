import DatasetGen
import Logging

extension LiveRun {
    /// Looks whether somebody has set the clock.
    func lookAtClock(_ state: LiveState, at now: SimulatedTime, _ steady: ContinuousClock.Instant) {
        tell(clockWatch.look(now, steady), state, at: now)
    }

    /// Begins to watch the clock, which may have been set while no run went on.
    func watchClock(_ state: LiveState) {
        let (now, position) = (clock.now(), state.cursor.position)
        let newest = position > 0 ? state.anchor.wall(at: state.segment.time(at: position - 1)) : nil
        tell(clockWatch.begin(at: now, newest: newest), state, at: now)
    }

    private func tell(_ finding: ClockWatch.Finding?, _ state: LiveState, at now: SimulatedTime) {
        guard let finding else { return }
        switch finding {
        case .setBack(let microseconds):
            let by = DurationText.seconds(ofMicroseconds: microseconds)
            let until = clockWatch.awaited?.second ?? ""
            log.warning("the clock was set back by \(by); readings wait until \(until)")
        case .setForward(let microseconds):
            let by = DurationText.seconds(ofMicroseconds: microseconds)
            let due = state.cursor.dueEnd(at: state.anchor.simulated(at: now)) - state.cursor.position
            log.warning("the clock was set forward by \(by); \(max(0, due)) readings are caught up")
        case .isBack:
            log.notice("the clock is where it was before it was set back; readings go on")
        }
        let (awaited, setBack) = (clockWatch.awaited, clockWatch.setBack)
        monitor.update { monitored in
            monitored.awaitedClock = awaited
            monitored.clockSetBack = setBack
        }
    }
}
