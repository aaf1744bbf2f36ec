extension RecipeErrorTests {
    static let fleets = [
        Case(
            "sensor: {id: A}\nreplicas: {count: 2}",
            "1:10: sensor.id: 2 sensors cannot have one id; use replicas.prefix"
        ),
        Case(
            "sensor: {id: A}\nreplicas: {prefix: B}",
            "2:12: replicas.prefix: cannot be given together with sensor.id"
        ),
        Case("fleet: [{count: 2, id: A}]", "1:20: fleet.0.id: 2 sensors cannot have one id; use prefix"),
        Case("fleet: []", "1:1: fleet: the list is empty; expected groups"),
        Case("fleet: [null]", "1:9: fleet.0: the value is missing; expected a section"),
        Case("fleet: [{count: 0}]", "1:10: fleet.0.count: 0 is not between 1 and 10000000"),
        Case("fleet: [{}]\nreplicas: {count: 2}", "2:1: replicas: cannot be given together with fleet"),
        Case(
            "random_location: {include_countries: [NO" + String(repeating: ",NO", count: 1_000) + "]}",
            "1:19: random_location.include_countries: the list has 1,001 countries; at most 1,000 are possible"
        ),
        Case(
            "random_location: {cities: [{}" + String(repeating: ",{}", count: 50_000) + "]}",
            "1:19: random_location.cities: the list has 50,001 cities; at most 50,000 are possible"
        ),
        Case(
            "fleet: [{}" + String(repeating: ",{}", count: 10_000) + "]",
            "1:1: fleet: the list has 10,001 groups; at most 10,000 are possible"
        ),
        Case(
            "fleet: [{count: 9000000}, {count: 9000000}]",
            "1:1: fleet: the groups have 18,000,000 sensors together; at most 10,000,000 are possible"
        ),
        Case(
            "fleet: [{count: 5, prefix: A}, {prefix: A, start_index: 5}]",
            "1:33: fleet.1.prefix: the ids of this group and of fleet.0 overlap; give it another prefix or start_index"
        ),
        Case(
            "fleet: [{count: 5}, {id: SENSOR_000003}]",
            "1:21: fleet.1: the ids of this group and of fleet.0 overlap; give it another prefix or start_index"
        ),
        Case(
            "sensor: {latitude: 91, longitude: 0, location: X}",
            "1:10: sensor.latitude: 91 is not between -90 and 90"
        ),
        Case("sensor: {latitude: 9, location: X}", "1:10: sensor.latitude: needs a longitude too"),
        Case(
            "sensor: {timezone: Europe/Oslo}",
            "1:10: sensor.timezone: says nothing without the name of a location"
        ),
        Case(
            "sensor: {location: Oslo}\nrandom_location: {enabled: true}",
            "2:1: random_location: cannot be given together with sensor.location"
        ),
        Case(
            "fleet: [{location: Oslo, random_location: {}}]",
            "1:26: fleet.0.random_location: cannot be given together with fleet.0.location"
        ),
        Case(
            "random_location: {min_population: 5, max_population: 4}",
            "1:19: random_location.min_population: 5 is more than max_population, 4"
        ),
        Case(
            "random_location: {number_of_cities: 1, city_count: 2}",
            "1:40: random_location.city_count: cannot be given together with number_of_cities"
        ),
        Case("random_location: {cities: [{country: NO}]}", "1:28: random_location.cities.0: a city needs a name"),
    ]
}
