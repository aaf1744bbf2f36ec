import DatasetGen
import Testing

@Suite struct FleetTests {
    @Test(
        arguments: [
            ("3.0.0-beta", 1.5), ("4.2.0-rc.1", 1.5), ("3.0.0", 1), ("3.15.21", 1), ("2.0.0", 0.85),
            ("2.0.0-beta", 0.85),
            ("1.4", 0.7), ("1.5.0-alpha", 0.7), ("0.9.1", 1), ("10.1.0+build.5", 1), ("3.0.0-beta+exp", 1.5),
        ] as [(String, Double)]
    )
    func firmwareScalesTheShare(version: String, factor: Double) throws {
        let profile = AnomalyProfile(
            manufacturer: "Anyone",
            firmwareVersion: try #require(FirmwareVersion(version)),
            model: "Any"
        )
        #expect(profile.shareFactor == factor)
    }

    @Test(arguments: ["", "v1.0", "1.4.0.2", "1..2", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "1.2-é"])
    func otherTextIsNoVersion(text: String) {
        #expect(FirmwareVersion(text) == nil)
    }

    @Test(
        arguments: [
            ("SensorTech", 1.2), ("DataLogger", 1.1), ("MonitorPro", 0.9), ("DataSense", 0.8), ("Anyone", 1),
        ] as [(String, Double)]
    )
    func manufacturerScalesTheShare(name: String, factor: Double) throws {
        let firmware = try #require(FirmwareVersion("3.0.0"))
        let profile = AnomalyProfile(manufacturer: name, firmwareVersion: firmware, model: "Any")
        #expect(profile.shareFactor == factor)
        #expect(profile.share(ofProbability: 0.9) == min(1, 0.9 * factor))
    }

    @Test func idsSerialNumbersAndPositionsAreUniqueAndStable() throws {
        let yaml = """
            replicas: {count: 500, prefix: GLOBAL}
            random_location: {enabled: true, number_of_cities: 20, gps_variation: 500}
            """
        let fleet = try GenerationPlan(yaml: yaml).fleet
        #expect(fleet.sensors[0].id == "GLOBAL_000001")
        #expect(fleet.sensors[499].id == "GLOBAL_000500")
        #expect(Set(fleet.sensors.map(\.id)).count == 500)
        #expect(Set(fleet.sensors.map(\.place)).count == 500)
        #expect(Set(fleet.sensors.map(\.place.name)).count == 20)
        let again = try GenerationPlan(yaml: yaml).fleet
        #expect(
            zip(fleet.sensors, again.sensors).allSatisfy { $0.serialNumber == $1.serialNumber && $0.place == $1.place }
        )
    }

    @Test func largerFleetsKeepTheSensorsOfSmallerOnes() throws {
        func fleet(_ count: Int) throws -> [Sensor] {
            let yaml = """
                replicas: {count: \(count), prefix: GLOBAL}
                random_location: {enabled: true, number_of_cities: 20, gps_variation: 500}
                """
            return try GenerationPlan(yaml: yaml).fleet.sensors
        }
        let (large, small) = (try fleet(10_000), try fleet(300))
        #expect(large.map(\.index) == Array(0..<10_000))
        #expect(large.last?.id == "GLOBAL_010000")
        #expect(
            zip(large, small)
                .allSatisfy {
                    ($0.id, $0.serialNumber) == ($1.id, $1.serialNumber) && $0.place == $1.place
                }
        )
        #expect(Set(large.map(\.place)).count == 10_000)
    }

    @Test func noTwoSerialNumbersAreAlike() throws {
        let yaml = """
            fleet:
              - {count: 20000, manufacturer: DataLogger}
              - {count: 20000, manufacturer: DataLogger}
              - {count: 300, manufacturer: acme}
            """
        let sensors = try GenerationPlan(yaml: yaml).fleet.sensors
        #expect(Set(sensors.map(\.serialNumber)).count == 40_300)
        let numbers = sensors[..<20_000].map(\.serialNumber)
        #expect(numbers.allSatisfy { $0.hasPrefix("DL-") && $0.utf8.count == 9 })
        #expect(sensors[20_000].serialNumber.hasPrefix("DL-B"))
        #expect(sensors[40_000].serialNumber.hasPrefix("SN-C"))
        // Drawn, not counted: neighbours rise as often as they fall, by no steady step.
        let values = numbers.compactMap { Int($0.dropFirst(3)) }
        let steps = zip(values, values.dropFirst()).map { $1 - $0 }
        #expect((9_500...10_500).contains(steps.count { $0 > 0 }))
        #expect(Set(steps).count > 19_000)
    }

    @Test func aMillionSensorsHaveAsManySerialNumbers() throws {
        let sensors = try GenerationPlan(yaml: "replicas: {count: 1010000}").fleet.sensors
        var isTaken = [Bool](repeating: false, count: 10_000_000)
        var repeated = 0
        for sensor in sensors {
            let number = Int(sensor.serialNumber.split(separator: "-")[1]) ?? -1
            if isTaken[number] { repeated += 1 }
            isTaken[number] = true
        }
        #expect(repeated == 0)
        #expect(sensors[999_999].serialNumber.utf8.count == 9)
        #expect(sensors[1_000_000].serialNumber.utf8.count == 10)
    }

    @Test func aSensorTakesLittleMemory() {
        #expect(MemoryLayout<Sensor>.stride <= 160)
    }

    @Test func sensorsLieWithinTheDiscAroundTheirCity() throws {
        let fleet = try GenerationPlan(
            yaml: """
                replicas: {count: 400}
                random_location: {enabled: true, number_of_cities: 40, gps_variation: 500}
                """
        )
        .fleet
        var distances: [Double] = []
        for sensor in fleet.sensors {
            let city = try #require(Place.cities.first { $0.name == sensor.place.name })
            let (latitude, longitude) = (try #require(sensor.place.latitude), try #require(sensor.place.longitude))
            let north = (latitude.double - (city.latitude?.double ?? 0)) * 111_195
            // Cities of this draw are far from the poles and the date line: the plane approximation holds.
            let narrowing = cosine(ofDegrees: latitude.double)
            let east = (longitude.double - (city.longitude?.double ?? 0)) * 111_195 * narrowing
            distances.append((north * north + east * east).squareRoot())
        }
        #expect(distances.allSatisfy { $0 < 501 })
        // Uniform in a disc: half of the points lie beyond 1/√2 of the radius; 400 points, 4 standard errors are 0.1.
        let outer = Double(distances.count { $0 > 353.6 }) / 400
        #expect(abs(outer - 0.5) < 0.1)
    }

    @Test func bundledCitiesAreWellFormed() {
        #expect(Place.cities.count >= 100)
        #expect(Set(Place.cities.map(\.name)).count == Place.cities.count)
        for city in Place.cities {
            #expect(abs(city.latitude?.double ?? 99) <= 90 && abs(city.longitude?.double ?? 999) <= 180)
            #expect(city.country?.count == 2 && city.timezone?.contains("/") == true)
            #expect((-500...5_500).contains(city.elevation ?? 9_999) && (city.population ?? 0) > 0)
        }
    }

    @Test func knownCityCompletesAPlaceAndAnUnknownOneIsNoted() throws {
        let known = try GenerationPlan(yaml: "sensor: {location: Denver}").fleet
        #expect(known.sensors[0].place.timezone == "America/Denver")
        #expect(known.sensors[0].place.latitude != nil)
        #expect(known.notes.isEmpty)
        let unknown = try GenerationPlan(yaml: "sensor: {location: Gotham}").fleet
        #expect(unknown.sensors[0].place.latitude == nil)
        #expect(unknown.notes.count == 1 && unknown.notes[0].contains("Gotham"))
    }

    @Test func tooFewCitiesAreRefused() {
        let error = #expect(throws: PlanError.self) {
            try GenerationPlan(
                yaml: "random_location: {enabled: true, number_of_cities: 5, include_countries: [IS]}"
            )
        }
        #expect(error?.keyPath == "random_location.number_of_cities")
    }

    @Test func unstatedNumbersOfCitiesAreTenOrAllThereAre() throws {
        func count(_ filter: String) throws -> Int {
            let fleet = try GenerationPlan(yaml: "replicas: {count: 40}\nrandom_location: {\(filter)}").fleet
            return Set(fleet.sensors.map(\.place.name)).count
        }
        #expect(try count("enabled: true") == 10)
        #expect(try count("include_countries: [IS]") == Place.cities.count { $0.country == "IS" })
        #expect(try count("cities: [{name: A}, {name: B}, {name: C}]") == 3)
        let error = #expect(throws: PlanError.self) { try count("min_population: 9000000000") }
        #expect(error?.keyPath == "random_location")
        let unknown = #expect(throws: PlanError.self) { try count("include_countries: [XX]") }
        #expect(unknown?.keyPath == "random_location.include_countries")
    }

    @Test(arguments: ["exclude_countries: [b]", "include_countries: [a, b]"])
    func countriesOfCitiesThatWereNotDrawnAreNoMistakeInAResolvedRecipe(filter: String) throws {
        let cities = "{cities: [{name: Roof, country: b}, {name: Cellar, country: a}], city_count: 1, \(filter)}"
        let fleet = try Fleet(readRecipe("random_location: \(cities)"))
        let again = try Fleet(readRecipe(RecipeWriter.text(of: fleet.resolvedRecipe)))
        #expect(again.sensors.map(\.metadata) == fleet.sensors.map(\.metadata))
    }

    @Test func groupsDrawNoMoreCitiesThanARecipeHolds() {
        let groups = String(repeating: "  - {random_location: {number_of_cities: 100}}\n", count: 251)
        let error = #expect(throws: PlanError.self) { try GenerationPlan(yaml: "fleet:\n" + groups) }
        #expect(error?.description == "the groups draw more than 25,000 cities together")
    }

    private func cosine(ofDegrees degrees: Double) -> Double {
        // Taylor series: the library's own kernel is what is under test elsewhere.
        let x = degrees * .pi / 180
        return 1 - x * x / 2 + x * x * x * x / 24 - x * x * x * x * x * x / 720
    }
}
