import DatasetGen

/// Where the sensors of a fleet are.
struct FleetPlaces {
    /// A place and its sensors.
    struct Entry {
        var place: Place
        var sensors: Int
    }

    /// A position in degrees, north and east.
    struct Position {
        var latitude: Double
        var longitude: Double

        init?(_ place: Place) {
            guard let latitude = place.latitude?.double, let longitude = place.longitude?.double else { return nil }
            (self.latitude, self.longitude) = (latitude, longitude)
        }
    }

    /// The places, those with most sensors first.
    let entries: [Entry]
    /// Where single sensors are; those of some, evenly spread, in a large fleet.
    let sensors: [Position]

    private static let sensorLimit = 600

    /// The places of a plan's fleet.
    init(_ plan: GenerationPlan) {
        var numbers: [Place: Int] = [:]
        var entries: [Entry] = []
        var numbersOfSites: [Int: Int] = [:]
        for core in plan.fleet.cores {
            if let number = numbersOfSites[core.site] {
                entries[number].sensors += 1
                continue
            }
            let place = plan.fleet.place(ofSite: core.site)
            let number = numbers[place] ?? entries.count
            if number == entries.count { entries.append(Entry(place: place, sensors: 0)) }
            (numbers[place], numbersOfSites[core.site]) = (number, number)
            entries[number].sensors += 1
        }
        // Those with as many stay in the order of the fleet.
        self.entries = entries.enumerated()
            .sorted { ($1.element.sensors, $0.offset) < ($0.element.sensors, $1.offset) }
            .map(\.element)
        sensors = plan.evenlySpreadSensors(Self.sensorLimit)
            .compactMap { Position(plan.fleet.sensors[$0].place) }
    }
}
