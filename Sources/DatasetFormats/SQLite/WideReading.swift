import DatasetGen

/// A reading of any metrics on its way into a record.
struct WideReading {
    let sensor: SQLiteTemplates.Pieces
    let isAnomalous: Bool
    /// Where the label's text lies.
    let labelText: Range<Int>
    let states: StateTexts

    /// The bytes of the record.
    func recordLength(_ counts: Span<Int32>, _ twin: Span<Int32>) -> Int {
        sensor.fixedCount + length(of: counts) + length(of: twin) + labelText.count
    }

    /// The bytes of readings without their types.
    @inline(__always)
    private func length(of counts: Span<Int32>) -> Int {
        var length = 0
        for metric in counts.indices where counts[metric] != ReadingBlock.null {
            length += states.range(metric, counts[metric])?.count ?? 8
        }
        return length
    }

    /// Writes the record; the bytes are those of the templates, of the time, and of the labels.
    @inline(__always)
    func write(
        _ bytes: (templates: Span<UInt8>, time: Span<UInt8>, labels: Span<UInt8>),
        _ counts: Span<Int32>,
        _ twin: Span<Int32>,
        _ scales: Span<Double>,
        to writer: inout ByteWriter
    ) {
        let plain = bytes.templates.extracting(sensor.header)
        writer.append(plain.extracting(..<sensor.headerStart))
        writeTypes(of: counts, to: &writer)
        let flag = isAnomalous ? SQLiteTemplates.anomalous : SQLiteTemplates.normal
        writer.append(varint: flag)
        writer.append(varint: flag)
        writer.append(varint: isAnomalous ? SQLiteRecord.text(count: labelText.count) : SQLiteRecord.null)
        writer.append(plain.extracting((sensor.headerStart + counts.count + 3)..<plain.count - twin.count))
        writeTypes(of: twin, to: &writer)
        writer.append(bytes.time)
        writer.append(bytes.templates.extracting(sensor.sensorID))
        writeValues(of: counts, scales, to: &writer)
        writer.append(bytes.labels.extracting(labelText))
        writer.append(bytes.templates.extracting(sensor.metadata))
        writeValues(of: twin, scales, to: &writer)
    }

    @inline(__always)
    private func writeTypes(of counts: Span<Int32>, to writer: inout ByteWriter) {
        for metric in counts.indices {
            if counts[metric] == ReadingBlock.null {
                writer.append(varint: SQLiteRecord.null)
            } else {
                let text = states.range(metric, counts[metric])
                writer.append(varint: text.map { SQLiteRecord.text(count: $0.count) } ?? SQLiteRecord.real)
            }
        }
    }

    @inline(__always)
    private func writeValues(of counts: Span<Int32>, _ scales: Span<Double>, to writer: inout ByteWriter) {
        for metric in counts.indices where counts[metric] != ReadingBlock.null {
            if let text = states.range(metric, counts[metric]) {
                writer.append(states.bytes.span.extracting(text))
            } else {
                // The quotient of two whole numbers is correctly rounded: the same double as the text's.
                writer.append(bigEndian: Double(counts[metric]) / scales[metric])
            }
        }
    }
}
