"""SQLite through ADBC: Arrow tables of many rows at a time, the fastest way from Python."""


def ingest(task, table):
    """Creates the dataset's table and appends `table(first, end)` of each chunk."""
    import adbc_driver_sqlite.dbapi as adbc

    with adbc.connect(task.file) as connection:
        with connection.cursor() as cursor:
            cursor.execute(task.schema)
        connection.commit()
        for first, end in task.chunks():
            with connection.cursor() as cursor:
                cursor.adbc_ingest("sensor_data", table(first, end), mode="append")
            connection.commit()
