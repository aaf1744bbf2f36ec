import DatasetGen

/// The bundled recipes of the folder `recipes/`, compiled into the program.
struct GalleryRecipe {
    /// The file's name.
    let name: String
    private let bytes: [UInt8]

    /// The recipe's text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What it is for: its first comment line, without the name.
    var summary: String {
        let line = text.prefix { $0 != "\n" }
        return String(line.drop { $0 != ":" }.dropFirst(2))
    }

    /// All of them; a new recipe is registered here.
    static let all: [GalleryRecipe] = [
        GalleryRecipe(name: "quickstart.yaml", bytes: PackageResources.quickstart_yaml),
        GalleryRecipe(name: "ml-training.yaml", bytes: PackageResources.ml_training_yaml),
        GalleryRecipe(name: "chaos-test.yaml", bytes: PackageResources.chaos_test_yaml),
        GalleryRecipe(name: "load-test.yaml", bytes: PackageResources.load_test_yaml),
        GalleryRecipe(name: "multi-location.yaml", bytes: PackageResources.multi_location_yaml),
        GalleryRecipe(name: "degradation.yaml", bytes: PackageResources.degradation_yaml),
        GalleryRecipe(name: "weather-stations.yaml", bytes: PackageResources.weather_stations_yaml),
        GalleryRecipe(name: "indoor-air.yaml", bytes: PackageResources.indoor_air_yaml),
        GalleryRecipe(name: "vibrating-machine.yaml", bytes: PackageResources.vibrating_machine_yaml),
        GalleryRecipe(name: "energy-meter.yaml", bytes: PackageResources.energy_meter_yaml),
        GalleryRecipe(name: "cold-chain.yaml", bytes: PackageResources.cold_chain_yaml),
        GalleryRecipe(name: "site-outage.yaml", bytes: PackageResources.site_outage_yaml),
        GalleryRecipe(name: "predictive-maintenance.yaml", bytes: PackageResources.predictive_maintenance_yaml),
    ]

    /// The name that is nearest to a mistyped one.
    static func nearest(to name: String) -> String? {
        let stem = [".yaml", ".yml"].first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
        return Suggestion.nearest(to: stem, among: all.map { String($0.name.dropLast(".yaml".count)) })
            .map { $0 + ".yaml" }
    }

    /// The bundled recipe that a user names.
    ///
    /// - Throws: ``Failure`` where there is none, with the name that may be meant.
    static func found(_ name: String) throws(Failure) -> GalleryRecipe {
        if let recipe = named(name) { return recipe }
        let names = all.map(\.name).joined(separator: ", ")
        let hint = nearest(to: name).map { "did you mean \($0)?" } ?? "there are \(names)"
        throw Failure("there is no bundled recipe \(name); \(hint)", status: .inputNotFound)
    }

    /// The bundled recipe of this name, with or without `.yaml`.
    static func named(_ name: String) -> GalleryRecipe? {
        all.first { $0.name == name || $0.name == name + ".yaml" }
    }
}
