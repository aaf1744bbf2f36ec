extension KindModel {
    /// The healthy readings of a sensor at a knot, in steps, before noise and rounding.
    ///
    /// `site` is the weather at the knot, `earlier` that of one knot before: sensors lag behind.
    func values(of sensor: SensorCore, at knot: Knot, site: SiteWeather, earlier: SiteWeather) -> SIMD4<Double> {
        let weather = site.values + (earlier.values - site.values) * lags
        let specimen = NormalDeviates(sensor.specimenKey)
        let own = surroundings(of: sensor, at: knot)
        var values = SIMD4<Double>()
        var celsius = 0.0
        if climate.isCity {
            celsius = weather.x + surroundings(0, own)
            let heating = specifications[0].selfHeating * (1 + 0.3 * specimen[.heating])
            values.x = (celsius + heating + error(0, own, specimen)) / units.x
            // A warm sensor is drier than the air. Offsets are in %RH at about 60 %.
            let vapour = weather.y * max(0.3, 1 + (surroundings(1, own) + error(1, own, specimen)) / 60)
            let humidity =
                climate == .cityV2
                ? HumidAir.quickRelativeHumidity(vapour: vapour, celsius: celsius + heating)
                : HumidAir.relativeHumidity(vapour: vapour, celsius: celsius + heating)
            values.y = self.humidity.lowest + humidity / 100 * self.humidity.range
            values.z = (weather.z + surroundings(2, own) + error(2, own, specimen)) / units.z
        } else {
            for metric in 0..<3 {
                values[metric] = fitted(metric, weather[metric], own, specimen)
            }
            celsius = values.x * units.x
        }
        values.w = voltage(site, own, specimen, celsius: celsius, sensor: sensor, knot: knot)
        return values
    }

    /// What is of the sensor's place in its city.
    private func surroundings(_ metric: Int, _ own: SensorSurroundings) -> Double {
        compositions[metric].local * own.local[metric] + compositions[metric].neighbourhood * own.neighbourhood[metric]
    }

    private func error(_ metric: Int, _ own: SensorSurroundings, _ specimen: NormalDeviates) -> Double {
        compositions[metric].offset * specimen[UInt64(metric)] + compositions[metric].ageing * own.ageing[metric]
    }

    private func fitted(_ metric: Int, _ site: Double, _ own: SensorSurroundings, _ specimen: NormalDeviates) -> Double
    {
        let composition = compositions[metric]
        let signal =
            composition.site * site + composition.local * own.local[metric] + composition.wander * own.wander
            + error(metric, own, specimen)
        return fits[metric]?.value(signal) ?? 0
    }

    private func voltage(
        _ site: SiteWeather,
        _ own: SensorSurroundings,
        _ specimen: NormalDeviates,
        celsius: Double,
        sensor: SensorCore,
        knot: Knot
    ) -> Double {
        if supply == .mains {
            // The load of the day takes the voltage down; it is highest at 3 h.
            let load = 1.414_213_562_373_095_1 * Elementary.cosine(turns: site.solarDay - 0.125)
            return fitted(3, load, own, specimen)
        }
        let volts =
            curve.map { curve in
                curve.voltage(
                    seconds: knot.seconds - (sensor.deployed ?? 0),
                    phase: sensor.deployed == nil ? sensor.specimenKey.uniform(.max) : 0,
                    stamina: 1 + 0.05 * min(max(specimen[.stamina], -3), 3),
                    celsius: celsius
                )
            }
            ?? SupplyCurve.solar(sunElevation: site.sunElevation, clearness: site.clearness, wander: own.wander)
        let composition = compositions[3]
        let rest = composition.local * own.local.w + composition.wander * own.wander + error(3, own, specimen)
        return (volts + rest) / units.w
    }
}
