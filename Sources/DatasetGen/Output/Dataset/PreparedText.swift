/// What a text output takes to be written, made once for all workers.
struct PreparedText: Sendable {
    /// Copied by every worker.
    let encoder: any BlockEncoder
    /// gzip's level; nil for no compression.
    let level: Int?
    /// What is known of the rows.
    let layout: RowLayout

    /// Nil if the output is not a text.
    init?(_ output: ReadingOutput, _ sensors: [Sensor]) {
        guard let encoder = output.makeEncoder(sensors: sensors) else { return nil }
        self.encoder = encoder
        level = output.level
        layout = level.map(DeflateCompressor.usesRows) == true ? encoder.layout : RowLayout()
    }
}
