/// A reading of any metrics on its way into a record.
struct WideReading {
    let sensor: SQLiteTemplates.Pieces
    let isAnomalous: Bool
    /// Where the label's text lies.
    let labelText: Range<Int>

    /// The bytes of the record, with so many readings of the twin.
    func recordLength(_ counts: Span<Int32>, _ twinCount: Int) -> Int {
        var length = sensor.fixedCount + 8 * (counts.count + twinCount) + labelText.count
        for metric in counts.indices where counts[metric] == ReadingBlock.null { length -= 8 }
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
        for metric in counts.indices {
            writer.append(varint: counts[metric] == ReadingBlock.null ? SQLiteRecord.null : SQLiteRecord.real)
        }
        let flag = isAnomalous ? SQLiteTemplates.anomalous : SQLiteTemplates.normal
        writer.append(varint: flag)
        writer.append(varint: flag)
        writer.append(varint: isAnomalous ? SQLiteRecord.text(count: labelText.count) : SQLiteRecord.null)
        writer.append(plain.extracting((sensor.headerStart + counts.count + 3)...))
        writer.append(bytes.time)
        writer.append(bytes.templates.extracting(sensor.sensorID))
        for metric in counts.indices where counts[metric] != ReadingBlock.null {
            // The quotient of two whole numbers is correctly rounded: the same double as the text's.
            writer.append(bigEndian: Double(counts[metric]) / scales[metric])
        }
        writer.append(bytes.labels.extracting(labelText))
        writer.append(bytes.templates.extracting(sensor.metadata))
        for metric in twin.indices { writer.append(bigEndian: Double(twin[metric]) / scales[metric]) }
    }
}
