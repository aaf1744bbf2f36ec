import DatasetGen

/// The places of a fleet on a net of meridians and parallels, degrees north upwards, as wide as the fleet is.
struct FleetMap {
    private let entries: [(position: FleetPlaces.Position, name: String, sensors: Int)]
    private let sensors: [FleetPlaces.Position]
    private let west: Double
    private let south: Double
    /// Degrees from edge to edge.
    private let (longitudes, latitudes): (Double, Double)
    private let height: Double
    /// The radius of the circle of the place with most sensors.
    private let largest: Double

    private static let width = 600.0
    private static let mostPlaces = 400
    private static let mostNames = 14

    /// A map of the places whose coordinates are known; nil if there are none.
    init?(_ places: FleetPlaces) {
        entries = places.entries.prefix(Self.mostPlaces)
            .compactMap { entry in
                FleetPlaces.Position(entry.place).map { ($0, entry.place.name.onOneLine, entry.sensors) }
            }
        sensors = places.sensors
        let all = entries.map(\.position) + sensors
        guard let south = all.map(\.latitude).min(), let north = all.map(\.latitude).max(),
            let west = all.map(\.longitude).min(), let east = all.map(\.longitude).max()
        else { return nil }
        largest = entries.count > 24 ? 8 : 15
        guard east - west < 180 else {
            // The whole world, as wide as high as degrees are.
            (longitudes, latitudes, height) = (360, 180, Self.width / 2)
            (self.west, self.south) = (-180, -90)
            return
        }
        height = 340
        let middle = (latitude: (south + north) / 2, longitude: (west + east) / 2)
        // A degree of longitude is as wide as one of latitude is high, times the cosine of the latitude.
        let squeeze = max(0.2, Elementary.cosine(turns: middle.latitude / 360))
        let aspect = Self.width / height
        let latitudes = max((north - south) * 1.3, (east - west) * 1.3 * squeeze / aspect, 0.03)
        let longitudes = latitudes * aspect / squeeze
        (self.latitudes, self.longitudes) = (latitudes, longitudes)
        self.south = middle.latitude - latitudes / 2
        self.west = middle.longitude - longitudes / 2
    }

    /// What is said below the map.
    var caption: String {
        let unnamed = entries.count - min(entries.count, Self.mostNames)
        return "Circles are places, dots single sensors"
            + (unnamed > 0 ? "; the \(Self.mostNames) places with most sensors are named" : "") + "."
    }

    /// Writes the map.
    func draw(in document: inout MarkupDocument) {
        let names = entries.prefix(6).map(\.name).joined(separator: ", ")
        let rest = entries.count > 6 ? " and \(Readable.count(entries.count - 6, of: "other place"))" : ""
        PageFigure(
            label: "Map of the fleet: \(names)\(rest)",
            size: (Self.width, height),
            style: "map"
        )
        .draw(in: &document) { document in
            document.box("sea", x: 0, y: 0, width: Self.width, height: height)
            drawNet(in: &document)
            for sensor in sensors {
                document.element(
                    "circle",
                    [
                        "class": "sensor", "cx": MarkupDocument.number(x(sensor)),
                        "cy": MarkupDocument.number(y(sensor)),
                        "r": "1.8",
                    ]
                )
            }
            let most = Double(entries.map(\.sensors).max() ?? 1)
            for entry in entries.reversed() {
                let radius = radius(of: entry.sensors, most: most)
                document.element(
                    "circle",
                    [
                        "class": "place", "cx": MarkupDocument.number(x(entry.position)),
                        "cy": MarkupDocument.number(y(entry.position)), "r": MarkupDocument.number(radius),
                    ]
                ) { $0.element("title", text: "\(entry.name): \(Readable.count(entry.sensors, of: "sensor"))") }
            }
            drawNames(most: most, in: &document)
            drawScale(in: &document)
        }
    }

    /// `48.2° N`.
    static func degrees(_ value: Double, _ positive: String, _ negative: String, decimals: Int) -> String {
        let number = Readable.fixed(value.magnitude, decimals: decimals) + "°"
        return value == 0 ? number : number + " " + (value < 0 ? negative : positive)
    }

    private func x(_ position: FleetPlaces.Position) -> Double { (position.longitude - west) / longitudes * Self.width }

    private func y(_ position: FleetPlaces.Position) -> Double {
        height - (position.latitude - south) / latitudes * height
    }

    /// The radius of a place's circle, whose area is as the number of sensors.
    private func radius(of sensors: Int, most: Double) -> Double {
        max(4, largest * (Double(sensors) / most).squareRoot())
    }

    private func drawNet(in document: inout MarkupDocument) {
        let steps = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60]
        let step = steps.first { $0 >= longitudes / 7 } ?? 60
        let decimals = step < 0.01 ? 3 : (step < 0.1 ? 2 : (step < 1 ? 1 : 0))
        var lines = ""
        for number in stride(
            from: (west / step).rounded(.up),
            through: ((west + longitudes) / step).rounded(.down),
            by: 1
        ) {
            let place = (number * step - west) / longitudes * Self.width
            lines += "M\(MarkupDocument.number(place)) 0V\(MarkupDocument.number(height))"
            guard (24...Self.width - 40).contains(place) else { continue }
            // Beyond the dateline counting goes on.
            let degree = (number * step + 540).truncatingRemainder(dividingBy: 360) - 180
            let text = Self.degrees(degree, "E", "W", decimals: decimals)
            document.label(text, x: place + 3, y: height - 5)
        }
        for number in stride(
            from: (south / step).rounded(.up),
            through: ((south + latitudes) / step).rounded(.down),
            by: 1
        )
        where (-90...90).contains(number * step) {
            let place = height - (number * step - south) / latitudes * height
            lines += "M0 \(MarkupDocument.number(place))H\(MarkupDocument.number(Self.width))"
            guard (16...height - 24).contains(place) else { continue }
            document.label(Self.degrees(number * step, "N", "S", decimals: decimals), x: 5, y: place - 3)
        }
        document.path("axis", lines)
    }

    /// Names beside their circles, of places with most sensors first, as far as there is room.
    private func drawNames(most: Double, in document: inout MarkupDocument) {
        var taken: [(x: ClosedRange<Double>, y: ClosedRange<Double>)] = []
        for entry in entries.prefix(Self.mostNames) {
            let name = entry.name.shortened(to: 24)
            let (x, y) = (x(entry.position), y(entry.position))
            let radius = radius(of: entry.sensors, most: most)
            let width = Double(name.count) * 6.4
            let places = [
                (x + radius + 4, y + 4), (x - radius - 4 - width, y + 4), (x - width / 2, y - radius - 5),
                (x - width / 2, y + radius + 13),
            ]
            let free = places.first { left, baseline in
                let box = (x: left...left + width, y: baseline - 11...baseline + 3)
                return left >= 2 && left + width <= Self.width - 2 && baseline >= 12 && baseline <= height - 18
                    && !taken.contains { $0.x.overlaps(box.x) && $0.y.overlaps(box.y) }
            }
            guard let (left, baseline) = free else { continue }
            taken.append((left...left + width, baseline - 11...baseline + 3))
            document.label(name, x: left, y: baseline, style: "strong label")
        }
    }

    private func drawScale(in document: inout MarkupDocument) {
        // A degree of a meridian is 111.2 km on the mean sphere of 6,371 km.
        let kilometres = latitudes * 111.2 / height
        let lengths = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000]
        let length = lengths.last { $0 / kilometres <= 130 } ?? 0.1
        let (width, right, y) = (length / kilometres, Self.width - 12, 18.0)
        let left = MarkupDocument.number(right - width)
        document.path("asked", "M\(left) \(y - 4)v4h\(MarkupDocument.number(width))v-4")
        let text = length < 1 ? "\(Int(length * 1_000)) m" : "\(Readable.count(Int(length))) km"
        document.label(text, x: right - width / 2, y: y + 13, anchor: "middle", style: "strong label")
    }
}
