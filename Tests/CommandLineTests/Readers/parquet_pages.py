"""What the pages of a Parquet file look like, byte by byte, with a reader of its headers that nobody else has written."""

import zlib

import pyarrow

RLE_DICTIONARY, PLAIN_DICTIONARY, DELTA = 8, 2, 5


def varint(data, place):
    value = shift = 0
    while True:
        value |= (data[place] & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if data[place - 1] < 0x80:
            return value, place


def structure(data, place):
    """The fields of a structure in Thrift's compact protocol, and where it ends."""
    fields, last = {}, 0
    while data[place]:
        kind, distance = data[place] & 15, data[place] >> 4
        assert distance, "fields lie close together in headers of pages"
        place, last = place + 1, last + distance
        if kind in (1, 2):
            fields[last] = kind == 1
        elif kind in (4, 5, 6):
            number, place = varint(data, place)
            fields[last] = number >> 1 ^ -(number & 1)
        else:
            assert kind == 12, kind
            fields[last], place = structure(data, place)
    return fields, place + 1


def check_deltas(data, place, count, problems, where):
    """Every block has the widths of all miniblocks, those of unused ones 0, and all bytes are used."""
    size, place = varint(data, place)
    parts, place = varint(data, place)
    total, place = varint(data, place)
    _, place = varint(data, place)
    problems.expect((size, parts, total) == (128, 4, count), f"{where}: head {size} {parts} {total}")
    left = count - 1
    while left > 0:
        _, place = varint(data, place)
        widths = data[place : place + parts]
        used = min(parts, (left + 31) // 32)
        problems.expect(not any(widths[used:]), f"{where}: widths {list(widths)} for {left} differences")
        place += parts + sum(width * 4 for width in widths[:used])
        left -= size
    problems.expect(place == len(data), f"{where}: {len(data) - place} bytes are left over")


def check(path, meta, problems, counts):
    with open(path, "rb") as file:
        data = file.read()
    for number in range(meta.num_row_groups):
        group = meta.row_group(number)
        for index in range(group.num_columns):
            chunk = group.column(index)
            place = chunk.dictionary_page_offset or chunk.data_page_offset
            end = place + chunk.total_compressed_size
            entries, rows, size = None, 0, 0
            while place < end:
                start = place
                header, place = structure(data, place)
                body = data[place : place + header[3]]
                where = f"{chunk.path_in_schema} of group {number}, page at {start}"
                size += place - start + header[2]
                place += header[3]
                crc = zlib.crc32(body)
                problems.expect(header[4] == (crc - (1 << 32) if crc >> 31 else crc), f"{where}: checksum {header[4]}")
                if chunk.compression != "UNCOMPRESSED":
                    body = pyarrow.decompress(body, header[2], codec=chunk.compression.lower(), asbytes=True)
                problems.expect(len(body) == header[2], f"{where}: {len(body)} bytes, not {header[2]}")
                if header[1] == 2:
                    entries = header[7][1]
                    problems.expect(start == chunk.dictionary_page_offset and entries > 0, f"{where}: a dictionary")
                    continue
                # Version 1 of pages of data: those of version 2 have been read wrongly where they are empty.
                problems.expect(header[1] == 0 and set(header) == {1, 2, 3, 4, 5}, f"{where}: header {header}")
                count, encoding, at = header[5][1], header[5][2], 0
                problems.expect(0 < count <= 16384 and header[5][3] == 3, f"{where}: {header[5]}")
                counts["short pages"] += count < 16384
                rows += count
                present = count
                if meta.schema.column(index).max_definition_level:
                    length = int.from_bytes(body[:4], "little")
                    run, first = varint(body, 4)
                    if run & 1 == 0 and run >> 1 >= count:
                        present = count if body[first] else 0
                    elif run & 1 and (run >> 1) * 8 >= count:
                        bits = int.from_bytes(body[first : 4 + length], "little") & ((1 << count) - 1)
                        present = bits.bit_count()
                    else:
                        present = None
                    at = 4 + length
                if encoding in (RLE_DICTIONARY, PLAIN_DICTIONARY):
                    width = body[at]
                    problems.expect(width == (entries - 1).bit_length(), f"{where}: width {width} of {entries}")
                    if present == 0:
                        problems.expect(at + 1 == len(body), f"{where}: values of a page of NULL")
                    else:
                        # Also where an index takes no bit there is a run that says how many there are.
                        run, after = varint(body, at + 1)
                        problems.expect(run > 1, f"{where}: no run")
                        if entries == 1 and run & 1 == 0 and present:
                            problems.expect((run >> 1, after) == (present, len(body)), f"{where}: run {run}")
                            counts["constant pages"] += 1
                elif present == 0:
                    problems.expect(at == len(body) and encoding == 0, f"{where}: values of a page of NULL")
                if present == 0:
                    counts["null pages"] += 1
                if encoding == DELTA:
                    check_deltas(body, at, count, problems, where)
            problems.expect(rows == group.num_rows, f"{chunk.path_in_schema} of group {number} has {rows} rows")
            problems.expect(size == chunk.total_uncompressed_size, f"{chunk.path_in_schema} of group {number}: {size} bytes")
