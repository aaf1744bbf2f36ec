/// What the process tells its caller, after sysexits.h.
enum ExitStatus: Int32 {
    /// All is well.
    case done = 0
    /// The command line is wrong (EX_USAGE).
    case wrongUsage = 64
    /// The recipe or the identity is invalid (EX_DATAERR).
    case invalidRecipe = 65
    /// The input does not exist or cannot be read (EX_NOINPUT).
    case inputNotFound = 66
    /// A defect of this program (EX_SOFTWARE).
    case defect = 70
    /// The system gives no threads or no descriptors (EX_OSERR).
    case systemError = 71
    /// The output exists or cannot be created (EX_CANTCREAT).
    case cannotCreate = 73
    /// Reading or writing failed, for instance on a full disk (EX_IOERR).
    case ioError = 74
    /// The dataset is not what its manifest says (EX_PROTOCOL).
    case failsVerification = 76
    /// Ended by SIGHUP.
    case hungUp = 129
    /// Ended by SIGINT.
    case interrupted = 130
    /// Ended by SIGTERM.
    case terminated = 143
}
