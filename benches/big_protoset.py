"""A descriptor set of 2,000 files with 20,000 messages, as benches/descriptors.rs makes it: 5 MB on the wire.

Written by hand, for no protobuf library need be there: a descriptor is fields of (number, text or bytes or int).
"""

FILES, MESSAGES = 2_000, 5
# Each file imports the one this much before it: a closure has some twenty files.
STEP = 100
STRING, MESSAGE, REPEATED, OPTIONAL = 9, 11, 3, 1


def varint(number):
    octets = bytearray()
    while number > 0x7F:
        octets.append(number & 0x7F | 0x80)
        number >>= 7
    octets.append(number)
    return bytes(octets)


def encode(*fields):
    """A message of these fields, each (number, value)."""
    octets = b""
    for number, value in fields:
        if isinstance(value, int):
            octets += varint(number << 3) + varint(value)
        else:
            value = value.encode() if isinstance(value, str) else value
            octets += varint(number << 3 | 2) + varint(len(value)) + value
    return octets


def field(name, number, type_name=None, label=OPTIONAL):
    kind = MESSAGE if type_name else STRING
    fields = [(1, name), (3, number), (4, label), (5, kind)]
    return encode(*fields, *([(6, type_name)] if type_name else []))


def message(number, index):
    package = f".big.p{number}"
    target = f".big.p{number - STEP}" if number >= STEP else package
    fields = [(2, field(f"some_field_{at}", at)) for at in range(1, 15)]
    fields.append((2, field("before", 15, f"{target}.Message{index}")))
    fields.append((2, field("tags", 16, f"{package}.Message{index}.TagsEntry", REPEATED)))
    entry = encode((1, "TagsEntry"), (2, field("key", 1)), (2, field("value", 2)), (7, encode((7, 1))))
    return encode((1, f"Message{index}"), *fields, (3, entry))


def file(number):
    request = f".big.p{number}.Message0"
    method = encode((1, "Call"), (2, request), (3, request))
    imported = [(3, f"big/p{number - STEP}.proto")] if number >= STEP else []
    return encode(
        (1, f"big/p{number}.proto"),
        (2, f"big.p{number}"),
        *imported,
        *((4, message(number, index)) for index in range(MESSAGES)),
        (6, encode((1, f"Service{number}"), (2, method))),
        (12, "proto3"),
    )


def write(path):
    path.write_bytes(b"".join(encode((1, file(number))) for number in range(FILES)))
    return path
