"""Whether tables of Delta Lake and Iceberg, by their own writers for Python, have the rows of the CSV."""

import pathlib

import deltalake
import pyarrow.parquet
import pyiceberg.catalog.sql
import truth

import gen_dataset


def delta(recipe, expected):
    """A table that takes batches as they come out of the program, a shard after the other."""
    for index in range(3):
        deltalake.write_deltalake("delta", gen_dataset.scan(recipe, shard=(index, 3)), mode="append")
    truth.check("delta", deltalake.DeltaTable("delta").to_pyarrow_table(), expected)


def iceberg(recipe, expected):
    """Tables that take batches, and that take over the Parquet file of a dataset as it is."""
    folder = pathlib.Path.cwd()
    catalog = pyiceberg.catalog.sql.SqlCatalog("try", uri=f"sqlite:///{folder}/catalog.db", warehouse=f"file://{folder}/warehouse")
    catalog.create_namespace("sensors")
    written = truth.texts(gen_dataset.scan(recipe).read_all())
    table = catalog.create_table("sensors.written", schema=written.schema)
    table.append(written)
    truth.check("iceberg, written", table.scan().to_arrow(), expected)
    dataset = gen_dataset.generate(recipe, "parquet", format="parquet")
    file = dataset.path / "readings.parquet"
    adopted = catalog.create_table("sensors.adopted", schema=truth.texts(pyarrow.parquet.read_table(file)).schema)
    adopted.add_files([f"file://{file.resolve()}"])
    truth.check("iceberg, a file taken over", adopted.scan().to_arrow(), expected)


def main():
    recipe, expected = truth.write()
    delta(recipe, expected)
    iceberg(recipe, expected)


main()
