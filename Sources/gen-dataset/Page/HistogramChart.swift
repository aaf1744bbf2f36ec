import DatasetGen

/// The distribution of a metric as a picture.
struct HistogramChart {
    private let histogram: MetricHistogram
    private let metric: MetricDescription

    private static let (width, height) = (280.0, 124.0)
    private static let (left, right, top, bottom) = (4.0, 4.0, 8.0, 22.0)

    init(_ histogram: MetricHistogram, _ metric: MetricDescription) {
        (self.histogram, self.metric) = (histogram, metric)
    }

    /// Writes the picture.
    func draw(in document: inout MarkupDocument) {
        let most = max((histogram.healthy.bins + histogram.changed.bins).max() ?? 0, 1e-9)
        let count = Double(histogram.healthy.bins.count)
        let binWidth = (Self.width - Self.left - Self.right) / count
        let base = Self.height - Self.bottom
        func x(_ bin: Double) -> Double { Self.left + bin * binWidth }
        func y(_ share: Double) -> Double { base - share / most * (base - Self.top) }
        PageFigure(label: label, size: (Self.width, Self.height), style: "histogram")
            .drawPicture(in: &document) { document in
                for (bin, share) in histogram.healthy.bins.enumerated() where share > 0 {
                    document.box(
                        "healthy-bar",
                        x: x(Double(bin)) + 0.3,
                        y: y(share),
                        width: max(0.6, binWidth - 0.6),
                        height: base - y(share)
                    )
                }
                if histogram.changed.count > 0 {
                    var line = "M\(MarkupDocument.number(Self.left)) \(MarkupDocument.number(base))"
                    for (bin, share) in histogram.changed.bins.enumerated() {
                        line += "V\(MarkupDocument.number(y(share)))H\(MarkupDocument.number(x(Double(bin + 1))))"
                    }
                    document.path("changed-line", line + "V\(MarkupDocument.number(base))")
                }
                let (left, right) = (MarkupDocument.number(Self.left), MarkupDocument.number(Self.width - Self.right))
                document.path("axis", "M\(left) \(MarkupDocument.number(base))H\(right)")
                drawValues(base: base, in: &document)
            }
        if let beyond {
            document.element("p", ["class": "muted small"], text: beyond)
        }
    }

    private func drawValues(base: Double, in document: inout MarkupDocument) {
        let high = histogram.low + histogram.width * Double(histogram.healthy.bins.count)
        let scale = AxisScale(showing: histogram.low...high, tickCount: 6)
        for tick in scale.ticks where tick >= histogram.low && tick <= high {
            let place =
                Self.left + (tick - histogram.low) / (high - histogram.low) * (Self.width - Self.left - Self.right)
            document.path("axis", "M\(MarkupDocument.number(place)) \(MarkupDocument.number(base))v4")
            let anchor = place < 14 ? "start" : (place > Self.width - 14 ? "end" : "middle")
            document.label(scale.label(of: tick), x: place, y: base + 16, anchor: anchor)
        }
    }

    private var label: String {
        let changed =
            histogram.changed.count == 0
            ? "no reading that an anomaly changes" : "\(Readable.count(histogram.changed.count)) that anomalies change"
        return
            "Distribution of \(metric.name): \(Readable.count(histogram.healthy.count, of: "healthy reading")), and \(changed)"
    }

    /// What lies outside of the picture; nil for nothing.
    private var beyond: String? {
        let (below, above) = (histogram.changed.below, histogram.changed.above)
        guard below + above > 0 else { return nil }
        let parts = [(below, "below"), (above, "above")].filter { $0.0 > 0 }
            .map { "\(Readable.percent($0.0)) \($0.1)" }
        return "Of the changed readings \(parts.joined(separator: " and ")) what is shown."
    }
}
