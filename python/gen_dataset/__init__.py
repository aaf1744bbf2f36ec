"""Labelled, reproducible sensor datasets from a recipe.

    import gen_dataset

    readings = gen_dataset.generate("quickstart.yaml", "datasets/quickstart").to_polars()
    for batch in gen_dataset.scan("ml-training.yaml", columns=["timestamp", "sensor_id", "temperature"]):
        ...

A recipe is the path of a YAML file, the name of a bundled one, a `Recipe`, or a mapping with its sections. The data are a pure function
of recipe and seed, whatever the machine.
"""

from ._dataset import Dataset
from ._errors import Finding, GenDatasetError, RecipeError
from ._generate import generate
from ._recipe import Recipe
from ._scan import scan
from ._tool import tool_path
from ._version import __version__

__all__ = ["Dataset", "Finding", "GenDatasetError", "Recipe", "RecipeError", "__version__", "generate", "scan", "tool_path"]
