import DatasetGen

/// A day of one sensor: 24 hours counted from the dataset's start, or what there is of them.
struct SensorDay {
    /// What the dataset was made by.
    let plan: GenerationPlan
    /// Whose day it is.
    let sensor: Sensor
    /// When the sensor reports.
    let grid: TickGrid
    /// Which day it is, from 1.
    let number: Int
    /// How many days the dataset has, the last one perhaps not whole.
    let count: Int
    /// The day's ticks, at least one.
    let ticks: Range<Int64>

    /// Microseconds of a day.
    static let microseconds: Int64 = 86_400_000_000

    /// The day with that number of the sensor with that id, by default the first of the fleet.
    ///
    /// - Throws: ``Failure`` when there is no such sensor or day, or a day without readings: a recording may have a gap.
    init(_ plan: GenerationPlan, sensor id: String?, number: Int) throws(Failure) {
        guard let sensor = id.map({ id in plan.fleet.sensors.first { $0.id == id } }) ?? plan.fleet.sensors.first else {
            let nearest = Suggestion.nearest(to: id ?? "", among: plan.fleet.sensors.lazy.map(\.id))
            let hint = nearest.map { "did you mean \($0)?" } ?? "sensors.csv lists them"
            throw Failure("there is no sensor \(id ?? ""); \(hint)", status: .inputNotFound)
        }
        let grid = plan.grid(ofSensor: sensor.index)
        let last = grid.time(ofTick: grid.tickCount - 1).microseconds - grid.start.microseconds
        count = grid.tickCount == 0 ? 0 : Int(last / Self.microseconds) + 1
        guard (1...max(1, count)).contains(number), count > 0 else {
            throw Failure(
                "there is no day \(number): the dataset has \(Readable.count(count, of: "day"))",
                status: .inputNotFound
            )
        }
        let begin = Int64(number - 1) * Self.microseconds
        let end = grid.firstTick(atOffset: begin + Self.microseconds)
        ticks = grid.firstTick(atOffset: begin)..<min(end, grid.tickCount)
        guard !ticks.isEmpty else {
            throw Failure("sensor \(sensor.id) has no reading on day \(number)", status: .inputNotFound)
        }
        self.plan = plan
        self.grid = grid
        self.sensor = sensor
        self.number = number
    }

    /// What the sensor measures, in the order of the columns.
    var metrics: [Metric] { plan.recipe.schema.all.filter(sensor.measures) }

    /// The instant of the first reading.
    var start: SimulatedTime { grid.time(ofTick: ticks.lowerBound) }

    /// The instant of the first reading after the day.
    var end: SimulatedTime { grid.time(ofTick: ticks.upperBound) }

    /// `2025-01-01 UTC`, or from when to when where that is no calendar day.
    var dates: String {
        let (start, end) = (start.text, end.text)
        let day = String(start.prefix(10))
        if end.prefix(10) == day {
            return "\(day) \(Self.clock(start)) to \(Self.clock(end)) UTC"
        }
        let midnight = "00:00:00.000000"
        if start.hasSuffix(midnight), end.hasSuffix(midnight) {
            return day + " UTC"
        }
        return "\(day) \(Self.clock(start)) to \(end.prefix(10)) \(Self.clock(end)) UTC"
    }

    /// Hours and minutes of an instant's text, and seconds where they are not zero.
    private static func clock(_ text: String) -> Substring {
        let seconds = text.dropFirst(17).prefix(2)
        return text.dropFirst(11).prefix(seconds == "00" ? 5 : 8)
    }
}
