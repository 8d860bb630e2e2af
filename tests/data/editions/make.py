"""Writes what protobuf makes of the kinds in `kinds.py`: `set.binpb`, their descriptors as protoc writes them, and
`cases.json`, their messages encoded and as JSON.

    pip install grpcio-tools protobuf
    python3 tests/data/editions/make.py
"""

import base64
import json
import pathlib
import sys
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from grpc_tools import protoc
import grpc_tools

from kinds import KINDS, OTHERS

HERE = pathlib.Path(__file__).parent


def source(name, kind):
    lines = [f'edition = "{kind["edition"]}";', f"package p;"]
    lines += [f'import "{path}";' for path in kind["imports"]]
    return "\n".join(lines) + f"\n{kind['body'].strip()}\nservice S {{ rpc M(T) returns (T); }}\n"


def descriptors(name, kind, directory):
    """Each kind's own set: they all declare `p.T`."""
    for path, text in {**OTHERS, "kind.proto": source(name, kind)}.items():
        (directory / path).write_text(text)
    out = directory / "out.binpb"
    well_known = pathlib.Path(grpc_tools.__file__).parent / "_proto"
    refused = protoc.main(["protoc", f"-I{directory}", f"-I{well_known}", "--include_imports", f"-o{out}", "kind.proto"])
    if refused:
        sys.exit(f"{name}: protoc refuses it")
    return out.read_bytes()


def varint(wire, at):
    value = shift = 0
    while True:
        value |= (wire[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if wire[at - 1] < 0x80:
            return value, at


def after(wire, at, wire_type, number):
    """Where a field ends whose key ends at `at`."""
    if wire_type == 0:
        return varint(wire, at)[1]
    if wire_type == 2:
        length, at = varint(wire, at)
        return at + length
    if wire_type != 3:
        return at + {1: 8, 5: 4}[wire_type]
    while True:
        key, at = varint(wire, at)
        if key == number << 3 | 4:
            return at
        at = after(wire, at, key & 7, key >> 3)


def in_order(wire):
    """The fields by their numbers: upb writes extensions from the last to the first, which means the same."""
    records, at = [], 0
    while at < len(wire):
        key, end = varint(wire, at)
        end = after(wire, end, key & 7, key >> 3)
        records.append((key >> 3, wire[at:end]))
        at = end
    return b"".join(record for _, record in sorted(records, key=lambda record: record[0]))


def cases(name, kind, encoded):
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(encoded).file:
        pool.Add(file)
    message = message_factory.GetMessageClass(pool.FindMessageTypeByName("p.T"))

    def to_json(read):
        return json_format.MessageToDict(read, descriptor_pool=pool)

    written, read, refused = [], [], []
    for text in kind["json"]:
        parsed = json_format.Parse(text, message(), descriptor_pool=pool)
        wire = in_order(parsed.SerializePartialToString(deterministic=True))
        written.append({"json": json.loads(text), "encoded": wire.hex(), "back": to_json(message.FromString(wire))})
    for wire in kind["wire"]:
        parsed = message()
        parsed.MergeFromString(bytes.fromhex(wire))
        read.append({"encoded": wire, "json": to_json(parsed)})
    for text in kind["bad"]:
        try:
            json_format.Parse(text, message(), descriptor_pool=pool)
        except json_format.ParseError:
            refused.append(json.loads(text))
        else:
            sys.exit(f"{name}: {text} is accepted")
    return {"kind": name, "source": source(name, kind), "written": written, "read": read, "refused": refused}


def main():
    all_cases = []
    with tempfile.TemporaryDirectory() as directory:
        for name, kind in KINDS.items():
            encoded = descriptors(name, kind, pathlib.Path(directory))
            all_cases.append({**cases(name, kind, encoded), "set": base64.b64encode(encoded).decode()})
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in all_cases)
    (HERE / "cases.json").write_text(f"[\n{lines}\n]\n")
    print(len(all_cases), "kinds")


main()
