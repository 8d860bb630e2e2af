"""Files in editions, one for each kind of thing that they can say, and messages of them.

Each kind: a `message T` (and more), in an edition; JSON requests; encoded answers in hexadecimal; and JSON
that is refused. `make.py` adds the first lines and a service, and writes what protobuf itself makes of them.
"""

KINDS = {}


def kind(name, body, json=(), wire=(), bad=(), edition="2023", imports=()):
    KINDS[name] = dict(body=body, json=list(json), wire=list(wire), bad=list(bad), edition=edition, imports=list(imports))


IMPLICIT = "option features.field_presence = IMPLICIT;"
EXPANDED = "option features.repeated_field_encoding = EXPANDED;"
DELIMITED = "option features.message_encoding = DELIMITED;"
CLOSED = "option features.enum_type = CLOSED;"

SCALARS = """
  double d = 1; float f = 2; int32 i = 3; int64 l = 4; uint32 u = 5; uint64 ul = 6; sint32 s = 7; sint64 sl = 8;
  fixed32 x = 9; fixed64 xl = 10; sfixed32 y = 11; sfixed64 yl = 12; bool b = 13; string t = 14; bytes o = 15;
"""
ZEROS = '{"d":0,"f":0,"i":0,"l":"0","u":0,"ul":"0","s":0,"sl":"0","x":0,"xl":"0","y":0,"yl":"0","b":false,"t":"","o":""}'
ONES = '{"d":1.5,"f":-2.5,"i":-3,"l":"-4","u":5,"ul":"6","s":-7,"sl":"-8","x":9,"xl":"10","y":-11,"yl":"-12","b":true,"t":"ä","o":"AQID"}'

# Presence.
kind("explicit_scalars", f"message T {{ {SCALARS} }}", ["{}", ZEROS, ONES])
kind("implicit_scalars", f"{IMPLICIT} message T {{ {SCALARS} }}", ["{}", ZEROS, ONES], ["1800", "7200", "6801"])
kind("implicit_by_field", "message T { int32 a = 1 [features.field_presence = IMPLICIT]; int32 b = 2; }", ['{"a":0,"b":0}', '{"a":1,"b":2}'], ["08001000"])
kind("explicit_by_field", f"{IMPLICIT} message T {{ int32 a = 1 [features.field_presence = EXPLICIT]; int32 b = 2; }}", ['{"a":0,"b":0}', '{"a":1,"b":2}'], ["08001000"])
kind("required", "message T { string a = 1 [features.field_presence = LEGACY_REQUIRED]; int32 b = 2; }", ['{"a":""}', '{"a":"x","b":0}'], ["0a00"])
kind("required_message", "message T { N n = 1 [features.field_presence = LEGACY_REQUIRED]; } message N { int32 a = 1; }", ['{"n":{}}', '{"n":{"a":0}}'])
kind("required_in_implicit_file", f"{IMPLICIT} message T {{ int32 a = 1 [features.field_presence = LEGACY_REQUIRED]; int32 b = 2; }}", ['{"a":0,"b":0}'])
kind("implicit_enum", f"{IMPLICIT} message T {{ E e = 1; E x = 2 [features.field_presence = EXPLICIT]; }} enum E {{ A = 0; B = 1; }}", ['{"e":"A","x":"A"}', '{"e":"B","x":"B"}', '{"e":7}'], ["08001000", "08071007"])
kind("implicit_nested", f"{IMPLICIT} message T {{ N n = 1; message N {{ int32 a = 1; bytes b = 2; }} }}", ['{"n":{}}', '{"n":{"a":0,"b":""}}', '{"n":{"a":1}}'])

# Packing.
LISTS = "repeated int32 a = 1; repeated double d = 2; repeated E e = 3; repeated bool b = 4; repeated string s = 5; repeated sint64 z = 6;"
ENUM = "enum E { A = 0; B = 1; }"
LISTED = '{"a":[1,0,-1],"d":[0.5,1],"e":["A","B"],"b":[true,false],"s":["x","y"],"z":["-1","2"]}'
BOTH = ["0a03010203", "080108020803", "0a0201021a020001", "1800180120012000"]
kind("packed", f"message T {{ {LISTS} }} {ENUM}", ["{}", LISTED], BOTH)
kind("expanded", f"{EXPANDED} message T {{ {LISTS} }} {ENUM}", ["{}", LISTED], BOTH)
kind("expanded_by_field", "message T { repeated int32 a = 1 [features.repeated_field_encoding = EXPANDED]; repeated int32 b = 2; }", ['{"a":[1,2],"b":[1,2]}'])
kind("packed_by_field", f"{EXPANDED} message T {{ repeated int32 a = 1 [features.repeated_field_encoding = PACKED]; repeated int32 b = 2; }}", ['{"a":[1,2],"b":[1,2]}'])
kind("expanded_imported_enum", f"{EXPANDED} message T {{ repeated google.protobuf.NullValue n = 1; repeated google.protobuf.Field.Kind k = 2; }}", ['{"k":["TYPE_DOUBLE","TYPE_BOOL"]}'], imports=["google/protobuf/struct.proto", "google/protobuf/type.proto"])

# Encoding of messages.
kind("delimited", f"{DELIMITED} message T {{ N n = 1; repeated N r = 2; }} message N {{ int32 a = 1; N n = 2; }}", ['{"n":{"a":1,"n":{"a":2}},"r":[{"a":3},{}]}'], ["0b08010c13080214"])
kind("delimited_by_field", "message T { N a = 1 [features.message_encoding = DELIMITED]; N b = 2; repeated N c = 16 [features.message_encoding = DELIMITED]; } message N { string s = 1; }", ['{"a":{"s":"x"},"b":{"s":"y"},"c":[{"s":"z"},{}]}'])
kind("length_prefixed_by_field", f"{DELIMITED} message T {{ N a = 1 [features.message_encoding = LENGTH_PREFIXED]; N b = 2; }} message N {{ string s = 1; }}", ['{"a":{"s":"x"},"b":{"s":"y"}}'])
kind("delimited_maps", f"{DELIMITED} message T {{ map<string, N> m = 1; map<int32, string> t = 2; N n = 3; }} message N {{ int32 a = 1; map<string, N> m = 2; }}", ['{"m":{"k":{"a":1}},"t":{"1":"x"},"n":{"a":2,"m":{"q":{"a":3}}}}'])
kind("delimited_oneof", f"{DELIMITED} message T {{ oneof o {{ N n = 1; int32 i = 2; }} }} message N {{ int32 a = 1; }}", ['{"n":{}}', '{"n":{"a":1}}', '{"i":0}'])
kind("delimited_well_known", f"{DELIMITED} message T {{ google.protobuf.Timestamp t = 1; google.protobuf.Int32Value w = 2; google.protobuf.Struct s = 3; google.protobuf.Duration d = 4; }}", ['{"t":"2024-01-02T03:04:05Z","w":0,"s":{"a":[1,"x",null]},"d":"1.500s"}'], imports=["google/protobuf/timestamp.proto", "google/protobuf/wrappers.proto", "google/protobuf/struct.proto", "google/protobuf/duration.proto"])
kind("group_like", "message T { G g = 1 [features.message_encoding = DELIMITED]; message G { int32 a = 1; } }", ['{"g":{"a":0}}'])

# Enums.
kind("open_enum", "message T { E e = 1; repeated E r = 2; map<string, E> m = 3; } enum E { A = 0; B = 1; }", ['{"e":"B","r":["A",5],"m":{"k":"B"}}', '{"e":9}'], ["0809", "12020109", "1a050a016b1009"])
CLOSED_T = "message T { E e = 1; repeated E r = 2; map<string, E> m = 3; oneof o { E x = 4; int32 i = 5; } }"
CLOSED_WIRE = ["0809", "0801", "08010809", "12020109", "100910011009", "1a050a016b1009", "1a050a016b1001", "28072009", "20012807", "2009"]
kind("closed_enum", f"{CLOSED} {CLOSED_T} enum E {{ A = 0; B = 1; }}", ['{"e":"B","r":["A","B"],"m":{"k":"B"}}', '{"x":"A"}', '{"e":1}'], CLOSED_WIRE, ['{"e":9}', '{"r":[1,9]}', '{"m":{"k":9}}', '{"x":9}'])
kind("closed_by_enum", "message T { E e = 1; F f = 2; } enum E { option features.enum_type = CLOSED; A = 3; B = -1; } enum F { C = 0; }", ['{"e":"A","f":"C"}', '{"e":"B","f":4}'], ["08051005"], ['{"e":5}'])
kind("open_in_closed_file", f"{CLOSED} message T {{ E e = 1; F f = 2; }} enum E {{ option features.enum_type = OPEN; A = 0; }} enum F {{ C = 4; }}", ['{"e":7,"f":"C"}'], ["08051005"], ['{"f":5}'])
kind("closed_nested", "message T { N n = 1; message N { E e = 1; } enum E { option features.enum_type = CLOSED; A = 2; } }", ['{"n":{"e":"A"}}'], ["0a020809", "0a0408020809"], ['{"n":{"e":9}}'])
kind("closed_delimited", f"{CLOSED} {DELIMITED} message T {{ N n = 1; }} message N {{ E e = 1; int32 a = 2; }} enum E {{ A = 2; }}", ['{"n":{"e":"A","a":1}}'], ["0b080910050c", "0b080210050c"])
kind("enum_aliases", "message T { repeated E e = 1; } enum E { option allow_alias = true; A = 0; B = 0; C = 1; D = 1; }", ['{"e":["A","B","C","D"]}'])

# Defaults, names.
kind("defaults", 'message T { int32 a = 1 [default = 7]; string s = 2 [default = "x\\"y"]; E e = 3 [default = B]; bytes b = 4 [default = "\\001z"]; double d = 5 [default = inf]; bool t = 6 [default = true]; } enum E { A = 0; B = 1; }', ["{}", '{"a":7,"s":"","e":"A","b":"","d":"NaN","t":false}'], ["0807"])
kind("json_names", 'message T { int32 some_field = 1; int32 other = 2 [json_name = "@o"]; int32 CamelCase = 3; int32 a__b = 4; int32 x_1 = 5; }', ['{"someField":1,"@o":2,"CamelCase":3,"aB":4,"x1":5}', '{"some_field":1,"other":2,"a__b":4,"x_1":5}'])
kind("legacy_json", "option features.json_format = LEGACY_BEST_EFFORT; message T { int32 some_field = 1; }", ['{"someField":1}'])

# Extensions, maps, oneofs, all at once.
EXTENSIONS = "extend T { int32 a = 100; repeated int32 r = 101; N n = 102; E e = 103; repeated N l = 104; } message N { int32 v = 1; } enum E { A = 0; B = 1; }"
EXTENDED = '{"[p.a]":0,"[p.r]":[1,2],"[p.n]":{"v":3},"[p.e]":"B","[p.l]":[{"v":4},{}]}'
kind("extensions", f"message T {{ extensions 100 to 199; int32 o = 1; }} {EXTENSIONS}", [EXTENDED, '{"o":1,"[p.a]":5}'])
kind("extensions_of_all", f"{EXPANDED} {DELIMITED} {IMPLICIT} message T {{ extensions 100 to max; int32 o = 1; }} {EXTENSIONS}", [EXTENDED])
kind("extensions_by_field", "message T { extensions 100 to 199; extend T { repeated int32 r = 100 [features.repeated_field_encoding = EXPANDED]; T t = 101 [features.message_encoding = DELIMITED]; } }", ['{"[p.T.r]":[1,2],"[p.T.t]":{"[p.T.r]":[3]}}'])
kind("maps", f"{IMPLICIT} message T {{ map<string, int32> a = 1; map<bool, N> b = 2; map<sint64, E> c = 3; map<fixed32, bytes> d = 4; }} message N {{ int32 v = 1; }} enum E {{ A = 0; B = 1; }}", ['{"a":{"k":1},"b":{"true":{}},"c":{"-1":"B"},"d":{"7":"AQ=="}}'], ["0a00", "0a040a001000"])
kind("oneofs", f"{IMPLICIT} message T {{ oneof o {{ int32 a = 1; string s = 2; N n = 3; bytes b = 5; }} oneof q {{ bool t = 4; }} }} message N {{ }}", ['{"a":0}', '{"s":""}', '{"n":{},"t":false}', "{}", '{"b":""}'], ["08001200", "12002000"])
kind("any", f"{DELIMITED} message T {{ google.protobuf.Any a = 1; }} message N {{ N n = 1; repeated int32 r = 2; }}", ['{"a":{"@type":"type.googleapis.com/p.N","n":{"r":[1]},"r":[2,3]}}'], imports=["google/protobuf/any.proto"])
kind("bytes_and_text", "option features.utf8_validation = NONE; message T { string s = 1; bytes b = 2; repeated string r = 3; map<string, string> m = 4; }", ['{"s":"ä\\u0000","b":"/w==","r":["x"],"m":{"k":"v"}}'])
kind("everything_in_one_file", """
  message T {
    int32 a = 1 [features.field_presence = IMPLICIT]; int32 b = 2; repeated int32 c = 3; repeated int32 d = 4 [features.repeated_field_encoding = EXPANDED];
    N e = 5 [features.message_encoding = DELIMITED]; N f = 6; C g = 7; O h = 8; int32 i = 9 [features.field_presence = LEGACY_REQUIRED]; oneof o { C j = 10; O k = 11; }
  }
  message N { T t = 1; } enum C { option features.enum_type = CLOSED; X = 1; } enum O { Y = 0; }
""", ['{"a":0,"b":0,"c":[1],"d":[1],"e":{"t":{"i":1}},"f":{},"g":"X","h":"Y","i":0,"k":5}'], ["3809400948005009", "48005801"])

# Edition 2024, and what is imported.
kind("edition_2024", f"message T {{ {SCALARS} N n = 16; repeated int32 r = 17; }} message N {{ int32 a = 1; }}", ["{}", ZEROS, '{"n":{},"r":[1,2]}'], edition="2024")
kind("edition_2024_features", f"{DELIMITED} {EXPANDED} message T {{ N n = 1; repeated int32 r = 2; E e = 3; }} export message N {{ int32 a = 1 [features.field_presence = IMPLICIT]; }} local enum E {{ option features.enum_type = CLOSED; E_A = 1; }}", ['{"n":{"a":0},"r":[1,2],"e":"E_A"}'], ["1805"], edition="2024")
kind("language_features", 'option features.(pb.cpp).string_type = VIEW; message T { string s = 1 [features.(pb.cpp).string_type = STRING]; repeated int32 r = 2; }', ['{"s":"","r":[1]}'], imports=["google/protobuf/cpp_features.proto"])
kind("imports_proto2", "message T { q.Old o = 1; q.Kind k = 2; repeated q.Kind r = 3; }", ['{"o":{"a":0,"r":[1,2],"g":{"b":1}},"k":"ONE","r":["ONE"]}'], ["1005", "1a020105", "0a022005"], ['{"k":5}'], imports=["proto2.proto"])
kind("imports_proto3", "message T { r.New n = 1; r.Open k = 2; }", ['{"n":{"a":0,"o":0,"r":[1,2]},"k":"ZERO"}', '{"k":5}'], ["0a020800", "1005"], imports=["proto3.proto"])
kind("imported_by_proto3", "message T { N n = 1; } message N { int32 a = 1; }", ['{"n":{"a":0}}'], imports=["proto3.proto"])

OTHERS = {
    "proto2.proto": 'syntax = "proto2"; package q; message Old { optional int32 a = 1; repeated int32 r = 2; optional group G = 3 { optional int32 b = 1; } optional Kind k = 4; } enum Kind { ONE = 1; }',
    "proto3.proto": 'syntax = "proto3"; package r; message New { int32 a = 1; optional int32 o = 2; repeated int32 r = 3; } enum Open { ZERO = 0; }',
}
