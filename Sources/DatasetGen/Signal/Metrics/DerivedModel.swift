/// The model `derived`: a formula of metrics listed before.
///
/// A result that is no number or lies beyond the limits is NULL: such a reading is missing, never moved to a bound.
package struct DerivedModel: Sendable {
    let formula: Formula
    let resolution: Resolution
    let limits: ClosedRange<Double>
    /// The metrics that the formula uses, by column.
    let inputs: [Int]
    /// Standard deviation of the white noise that is added, in the unit, and what it is drawn with; nil for none.
    private(set) var noise: (deviation: Double, tag: MetricTag)?

    /// A model; the names of the formula stand for columns.
    package init(_ formula: Formula, resolution: Resolution, limits: ClosedRange<Double>) {
        (self.formula, self.resolution, self.limits) = (formula, resolution, limits)
        inputs = formula.metrics.sorted()
    }

    /// The same with noise of a standard deviation in the unit, for the metric of a name.
    func with(noise deviation: Double, of name: String) -> DerivedModel {
        var model = self
        model.noise = deviation > 0 ? (deviation, MetricTag(name)) : nil
        return model
    }
}
