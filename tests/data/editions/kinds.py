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

# Invented afterwards, to find what the kinds above do not.
ALIASES = "option allow_alias = true; A = 1; B = 1; C = 1; D = 0; F = 0; G = -5; H = 1;"
kind("closed_aliases", f"{CLOSED} message T {{ repeated E e = 1; E f = 2; }} enum E {{ {ALIASES} }}", ['{"e":["A","B","C","D","F","G","H",0,1,-5],"f":"F"}'], ["0a0401000902", "10051001", "10011005"], ['{"e":[1,2]}'])
kind("open_aliases", "message T { repeated E e = 1; } enum E { option allow_alias = true; A = 0; B = 0; C = 0; D = 3; F = 3; G = 3; H = 3; }", ['{"e":["C","B","A","H","G","F","D",3]}'])
kind("implicit_floats", f"{IMPLICIT} message T {{ double d = 1; float f = 2; }}", ['{"d":0,"f":0}', '{"d":"NaN","f":"-Infinity"}', '{"d":1e308,"f":-0.25}'], ["090000000000000000", "1500000000"])
kind("limits", f"{IMPLICIT} message T {{ int64 a = 1; uint64 b = 2; int32 c = 3; uint32 d = 4; sint64 e = 5; sfixed64 f = 6; sint32 g = 7; }}", ['{"a":"-9223372036854775808","b":"18446744073709551615","c":-2147483648,"d":4294967295,"e":"-9223372036854775808","f":"9223372036854775807","g":-2147483648}'])
kind("map_keys", "message T { map<int64, bool> a = 1; map<uint64, double> b = 2; map<sfixed32, float> c = 3; map<string, bytes> d = 4; map<fixed64, sint32> e = 5; }", ['{"a":{"-9":true},"b":{"18446744073709551615":0.5},"c":{"-1":1.5},"d":{"é":"AA=="},"e":{"7":-7}}'])
kind("odd_names", "message T { int32 _x = 1; int32 y_ = 2; int32 Z = 3; int32 a1_b2 = 4; int32 aB_c = 5; int32 trailing__ = 6; int32 A_B_C = 7; }", ['{"X":1,"y":2,"Z":8,"aBC":3,"trailing":4,"ABC":5,"a1B2":6}', '{"_x":1,"y_":2,"A_B_C":7}'])
kind("odd_json_names", 'message T { int32 a = 1 [json_name = "a.b"]; int32 b = 2 [json_name = "é"]; int32 c = 3 [json_name = "a b"]; int32 d = 4 [json_name = "0"]; }', ['{"a.b":1,"é":2,"a b":3,"0":4}'])
kind("high_numbers", f"{DELIMITED} message T {{ int32 a = 536870911; N n = 536870910; repeated int32 r = 536870909; }} message N {{ int32 a = 536870911; }}", ['{"a":1,"n":{"a":2},"r":[3,4]}'])
kind("deep", f"{DELIMITED} message T {{ N n = 1; message N {{ M m = 1 [features.message_encoding = LENGTH_PREFIXED]; message M {{ K k = 1; map<string, K> s = 2; message K {{ L l = 1; enum L {{ option features.enum_type = CLOSED; X = 3; }} }} }} }} }}", ['{"n":{"m":{"k":{"l":"X"},"s":{"q":{"l":"X"}}}}}'], ["0b0a040b08040c0c"])
kind("closed_extensions", f"{CLOSED} message T {{ extensions 100 to 199; }} extend T {{ E e = 100; repeated E r = 101; repeated E x = 102 [features.repeated_field_encoding = EXPANDED]; }} enum E {{ A = 4; }}", ['{"[p.e]":"A","[p.r]":["A"],"[p.x]":["A","A"]}'], ["a00605", "aa06020504", "b00605b00604"], ['{"[p.e]":5}'])
kind("null_values", "message T { google.protobuf.NullValue n = 1; oneof o { google.protobuf.NullValue m = 2; google.protobuf.Value v = 3; } repeated google.protobuf.Value r = 4; }", ['{"n":null}', '{"v":null}', '{"r":[null,1,"x",[],{}]}'], imports=["google/protobuf/struct.proto"])
kind("wrappers", f"{DELIMITED} message T {{ repeated google.protobuf.StringValue s = 1; google.protobuf.BytesValue b = 2; map<string, google.protobuf.DoubleValue> d = 3; google.protobuf.BoolValue t = 4; google.protobuf.FieldMask m = 5; google.protobuf.ListValue l = 6; google.protobuf.Empty e = 7; }}", ['{"s":["","x"],"b":"","d":{"k":0},"t":false,"m":"aB,c","l":[1,[2]],"e":{}}'], imports=["google/protobuf/wrappers.proto", "google/protobuf/field_mask.proto", "google/protobuf/struct.proto", "google/protobuf/empty.proto"])
kind("any_of_closed", f"{CLOSED} message T {{ google.protobuf.Any a = 1; }} message N {{ E e = 1; repeated E r = 2; }} enum E {{ A = 1; }}", ['{"a":{"@type":"type.googleapis.com/p.N","e":"A","r":["A"]}}'], ["0a1d0a17747970652e676f6f676c65617069732e636f6d2f702e4e12020805"], imports=["google/protobuf/any.proto"])
kind("reserved", "message T { reserved 2, 4 to 6, 100 to max; reserved foo, bar; int32 a = 1; E e = 3; } enum E { reserved -1, 5 to 8; reserved gone; A = 0; }", ['{"a":1,"e":"A"}', '{"e":6}'])
kind("declared_ranges", 'message T { extensions 4 to 10 [declaration = { number: 5 full_name: ".p.x" type: "int32" }]; } extend T { int32 x = 5; }', ['{"[p.x]":1}'])
kind("required_lists", "message T { repeated N n = 1; map<string, N> m = 2; } message N { int32 a = 1 [features.field_presence = LEGACY_REQUIRED]; }", ['{"n":[{"a":0},{"a":1}],"m":{"k":{"a":0}}}'])
kind("defaults_that_count", f"{CLOSED} message T {{ E e = 1 [default = B]; E f = 2; oneof o {{ int32 i = 3 [default = 5]; string s = 4 [default = \"q\"]; }} float g = 5 [default = -1.5]; bool b = 6 [default = true]; }} enum E {{ A = 7; B = 9; }}", ["{}", '{"e":"A","i":0,"g":0,"b":false}', '{"s":""}'], ["0805", "1005"])
kind("options_of_all_kinds", 'option java_package = "x"; message T { option deprecated = true; string s = 1 [debug_redact = true, deprecated = true, jstype = JS_NORMAL]; bytes b = 2 [lazy = false]; repeated int32 r = 3 [deprecated = true]; } enum E { option deprecated = true; A = 0 [deprecated = true]; }', ['{"s":"x","b":"AA==","r":[1]}'])
kind("custom_options", 'import "google/protobuf/descriptor.proto"; extend google.protobuf.FieldOptions { N opt = 50001 [features.message_encoding = DELIMITED]; repeated int32 list = 50002; } extend google.protobuf.EnumOptions { string note = 50003; } message N { int32 v = 1; } message T { int32 a = 1 [(opt) = { v: 1 }, (list) = 1, (list) = 2]; repeated int32 r = 2 [(opt).v = 2]; E e = 3; } enum E { option features.enum_type = CLOSED; option (note) = "n"; X = 1; }', ['{"a":0,"r":[1,2],"e":"X"}'], ["1802"])
kind("same_names_in_scopes", "message T { N n = 1; .p.N m = 2; message N { M n = 1; message M { E e = 1; enum E { option features.enum_type = CLOSED; A = 1; } } } enum E { option features.enum_type = CLOSED; A = 2; } E e = 3; } message N { int32 a = 1; }", ['{"n":{"n":{"e":"A"}},"m":{"a":1},"e":"A"}'])
kind("entry_lookalikes", f"{DELIMITED} message T {{ map<string, int32> some = 1; repeated Some r = 2; Other.SomeEntry s = 3; repeated Other.SomeEntry o = 4; message Some {{ string key = 1; int32 value = 2; }} message Other {{ message SomeEntry {{ string key = 1; }} }} }}", ['{"some":{"k":1},"r":[{"key":"a","value":0}],"s":{"key":"x"},"o":[{"key":"y"}]}'])
kind("implicit_in_delimited", f"{IMPLICIT} {DELIMITED} {EXPANDED} {CLOSED} message T {{ N n = 1; repeated N r = 2; oneof o {{ N m = 3; int32 i = 4; }} repeated E e = 5; E f = 6 [features.field_presence = EXPLICIT]; }} message N {{ int32 a = 1; string s = 2; repeated int32 l = 3; }} enum E {{ X = 2; Y = 1; }}", ['{"n":{"a":0,"s":"","l":[1,2]},"r":[{}],"m":{},"e":["X","Y"],"f":"Y"}', '{"i":0}'], ["2803280228013003", "30033001"], ['{"e":[2,3]}'])
kind("nested_extensions", "message T { extensions 10 to 20; message N { extend T { E e = 10; N n = 11; } enum E { option features.enum_type = CLOSED; X = 1; } int32 a = 1; } }", ['{"[p.T.N.e]":"X","[p.T.N.n]":{"a":0}}'], ["5005"])
kind("oneof_of_enums", f"{CLOSED} message T {{ oneof o {{ E a = 1; E b = 2; string s = 3; }} }} enum E {{ X = 1; }}", ['{"a":"X"}'], ["08011005", "1a017808051001", "08051a0178", "080108051005"])
kind("empty_messages", f"{DELIMITED} message T {{ repeated E e = 1; E f = 2; T t = 3; }} message E {{ }}", ['{"e":[{},{}],"f":{},"t":{"t":{}}}'])
kind("unknown_fields", f"{DELIMITED} message T {{ int32 a = 1; }}", ["{}"], ["0801500152026869", "6308056408020805"])
kind("text_in_2024", 'message T { string s = 1; repeated string r = 2; map<string, string> m = 3; bytes b = 4; }', ['{"s":"\\ud83d\\ude00","r":["","\\u2028"],"m":{"k":"x"},"b":"_-8="}'], edition="2024")
kind("visibility_in_2024", "option features.default_symbol_visibility = LOCAL_ALL; export message T { N n = 1; export enum E { E_A = 0; } E e = 2; } local message N { int32 a = 1; }", ['{"n":{"a":1},"e":"E_A"}'], edition="2024")
kind("imports_in_2024", 'import option "google/protobuf/cpp_features.proto"; message T { string s = 1 [features.(pb.cpp).string_type = STRING]; repeated int32 r = 2 [features.repeated_field_encoding = EXPANDED]; }', ['{"s":"x","r":[1,2]}'], edition="2024")
kind("naming_in_2024", "option features.enforce_naming_style = STYLE_LEGACY; message T { int32 CamelCase = 1; Lower n = 2; } message Lower { int32 x_Y = 1; }", ['{"CamelCase":1,"n":{"xY":0}}'], edition="2024")
kind("legacy_json_clash", "option features.json_format = LEGACY_BEST_EFFORT; message T { int32 a = 1; N n = 2; } message N { int32 foo_bar = 1; int32 other = 3; }", ['{"a":1,"n":{"fooBar":1}}'])
kind("names_alike", "message T { int32 foobar = 1; int32 foo_bar = 2; int32 FOOBAR = 3; }", ['{"foobar":1,"fooBar":2,"FOOBAR":3}', '{"foobar":1,"foo_bar":2}'])
