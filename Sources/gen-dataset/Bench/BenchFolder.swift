import DatasetFiles

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The folder of a benchmark, on the disk that is measured.
struct BenchFolder {
    /// Where it is.
    let path: String

    /// Makes the folder, in `parent`, which exists.
    init(in parent: String) throws(FileError) {
        path = "\(parent)/gen-dataset-bench-\(getpid()).partial"
        try FileSystem().makeFolder(path)
    }

    /// Where a dataset is written.
    var dataset: String { path + "/dataset" }

    /// Removes the dataset.
    func clear() throws(FileError) {
        try FileSystem().remove(folder: dataset)
    }

    /// Removes the folder with all that is in it.
    func remove() {
        // What cannot be removed must not hide why the benchmark failed.
        for folder in [dataset, dataset + ".partial", path] { try? FileSystem().remove(folder: folder) }
    }
}
