import DatasetFiles

extension ArrowFormat: StoredColumnFormat {
    typealias Rows = ArrowRows
}
