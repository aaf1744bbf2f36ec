"""The version of the package, which is that of the program."""

import importlib.metadata

try:
    __version__ = importlib.metadata.version("gen-dataset")
except importlib.metadata.PackageNotFoundError:
    __version__ = "unknown"
