/// Mean and standard deviation.
struct Moments {
    var mean: Double
    var standardDeviation: Double
}
