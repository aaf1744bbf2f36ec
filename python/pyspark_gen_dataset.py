"""Spark finds the data source `gen_dataset` by the name of this module."""

from gen_dataset.spark import DefaultSource

__all__ = ["DefaultSource"]
