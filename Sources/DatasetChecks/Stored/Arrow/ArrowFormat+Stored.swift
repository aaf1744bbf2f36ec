import DatasetFiles

extension ArrowFormat: StoredColumnFormat {
    typealias Rows = ArrowRows

    static func entries(of file: StoredFile) throws(StoredFailure) -> [(key: String, value: String)]? {
        try ArrowMessages(file).entries()
    }
}
