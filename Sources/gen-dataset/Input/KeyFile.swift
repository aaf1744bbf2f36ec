import DatasetFiles

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file with an Ed25519 key in PEM.
struct KeyFile {
    private let path: String
    private let bytes: [UInt8]

    /// - Throws: ``Failure`` when it cannot be read.
    init(_ path: String) throws(Failure) {
        self.path = path
        do throws(InputError) {
            bytes = try InputFile.contents(of: path)
        } catch { throw Failure(error) }
    }

    /// The private key that it holds.
    ///
    /// - Throws: ``Failure`` when it holds none.
    func signingKey() throws(Failure) -> SigningKey {
        do throws(KeyError) {
            return try SigningKey(pem: bytes)
        } catch { throw failure(error) }
    }

    /// The public key that it holds.
    ///
    /// - Throws: ``Failure`` when it holds none.
    func verificationKey() throws(Failure) -> VerificationKey {
        do throws(KeyError) {
            return try VerificationKey(pem: bytes)
        } catch { throw failure(error) }
    }

    /// What the user should know of a private key: that it is not private.
    var note: String? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o044 != 0 else { return nil }
        return "\(path) can be read by others; chmod 600 keeps it private"
    }

    private func failure(_ error: KeyError) -> Failure {
        Failure("\(path): \(error.description)", status: .invalidRecipe)
    }
}
