package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"text/template"
)

func number(v any) (float64, error) {
	switch n := v.(type) {
	case bool:
		if n {
			return 1, nil
		}
		return 0, nil
	case int:
		return float64(n), nil
	case int64:
		return float64(n), nil
	case float64:
		return n, nil
	case string:
		return strconv.ParseFloat(n, 64)
	}
	return 0, errors.New("!no number")
}

func whole(f float64) any {
	if f == math.Trunc(f) && math.Abs(f) < 1<<63 {
		return int64(f)
	}
	return f
}

func isEmpty(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case string:
		return x == "" || x == "<no value>"
	case bool:
		return !x
	case int:
		return x == 0
	case int64:
		return x == 0
	case float64:
		return x == 0
	case []any:
		return len(x) == 0
	case []string:
		return len(x) == 0
	case map[string]any:
		return len(x) == 0
	}
	return false
}

func truthy(v any) bool {
	if s, ok := v.(string); ok {
		return s != ""
	}
	return !isEmpty(v)
}

func typeOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case int, int64, float64:
		return "number"
	case bool:
		return "bool"
	case map[string]any:
		return "map"
	}
	return "slice"
}

func length(v any) int {
	switch x := v.(type) {
	case string:
		return len(x)
	case []any:
		return len(x)
	case []string:
		return len(x)
	case map[string]any:
		return len(x)
	}
	return 0
}

func toJSON(v any) (string, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return "", errors.New("!" + err.Error())
	}
	return string(text), nil
}

func toBool(v any) (bool, error) {
	switch x := v.(type) {
	case bool:
		return x, nil
	case int, int64, float64:
		f, _ := number(x)
		return f != 0, nil
	case string:
		switch x {
		case "true", "True", "TRUE", "1", "yes", "YES", "Yes", "on", "ON":
			return true, nil
		case "false", "False", "FALSE", "0", "no", "NO", "No", "off", "OFF", "":
			return false, nil
		}
		return false, fmt.Errorf("toBool: unrecognised value %q", x)
	}
	return false, errors.New("!toBool")
}

func plainJSON(text string) any {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	if decoder.Decode(&v) != nil {
		return nil
	}
	return numbersOf(v)
}

func numbersOf(v any) any {
	switch x := v.(type) {
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return n
		}
		f, _ := x.Float64()
		return f
	case []any:
		for i := range x {
			x[i] = numbersOf(x[i])
		}
	case map[string]any:
		for k := range x {
			x[k] = numbersOf(x[k])
		}
	}
	return v
}

func valuesDomain() domain {
	functions := template.FuncMap{
		"default": func(fallback, v any) any {
			if isEmpty(v) {
				return fallback
			}
			return v
		},
		"empty": isEmpty, "notEmpty": func(v any) bool { return !isEmpty(v) },
		"ternary": func(c, yes, no any) any {
			if truthy(c) {
				return yes
			}
			return no
		},
		"boolTernary": func(c bool, yes, no any) any {
			if c {
				return yes
			}
			return no
		},
		"boolDefault": func(v any, fallback bool) bool {
			if b, ok := v.(bool); ok {
				return b
			}
			return fallback
		},
		"eqTernary": func(v, target, yes, no any) any {
			if fmt.Sprint(v) == fmt.Sprint(target) {
				return yes
			}
			return no
		},
		"coalesce": func(values ...any) any {
			for _, v := range values {
				if !isEmpty(v) {
					return v
				}
			}
			return nil
		},
		"toInt": func(v any) (int64, error) {
			f, err := number(v)
			if err != nil || !(math.Abs(f) < 1<<63) {
				return 0, errors.New("!toInt")
			}
			return int64(f), nil
		},
		"toFloat": func(v any) (float64, error) {
			f, err := number(v)
			if err != nil {
				return 0, errors.New("!toFloat")
			}
			return f, nil
		},
		"toBool": toBool,
		"toString": func(v any) string {
			if v == nil {
				return ""
			}
			return fmt.Sprint(v)
		},
		"toJson": toJSON,
		"toJSON": func(v any) string {
			text, err := toJSON(v)
			if err != nil {
				return "{}"
			}
			return text
		},
		"toList": func(s string) []string {
			parts := []string{}
			for _, part := range strings.Split(s, ",") {
				if trimmed := strings.TrimSpace(part); trimmed != "" {
					parts = append(parts, trimmed)
				}
			}
			return parts
		},
		"typeOf": typeOf, "len": length,
		"isEmpty": func(v any) bool {
			return v == nil || v == "" || (typeOf(v) == "slice" || typeOf(v) == "map") && length(v) == 0
		},
		"isScalar":    func(v any) bool { t := typeOf(v); return t == "string" || t == "number" || t == "bool" },
		"isComposite": func(v any) bool { t := typeOf(v); return t == "slice" || t == "map" },
		"asList": func(v any) any {
			if s, ok := v.(string); ok {
				v = plainJSON(s)
			}
			if l, ok := v.([]any); ok {
				return l
			}
			return []any{}
		},
		"asMap": func(v any) any {
			if s, ok := v.(string); ok {
				v = plainJSON(s)
			}
			if m, ok := v.(map[string]any); ok {
				return m
			}
			return map[string]any{}
		},
		"asString": func(v any) string {
			if s, ok := v.(string); ok {
				return s
			}
			text, _ := toJSON(v)
			return text
		},
		"getOr": func(v, fallback any) any {
			if isEmpty(v) {
				return fallback
			}
			return v
		},
		"getStringOr": func(v any, fallback string) string {
			if s, ok := v.(string); ok && s != "" {
				return s
			}
			return fallback
		},
		"getIntOr": func(v any, fallback int) int {
			switch n := v.(type) {
			case int:
				return n
			case int64:
				return int(n)
			case float64:
				if math.Abs(n) < 1<<63 {
					return int(n)
				}
			}
			return fallback
		},
		"getBoolOr": func(v any, fallback bool) bool {
			if b, ok := v.(bool); ok {
				return b
			}
			return fallback
		},
	}
	for name, kind := range map[string]string{"typeMap": "map", "typeList": "slice", "typeString": "string", "typeNumber": "number", "typeBool": "bool", "typeNull": "null"} {
		functions[name] = func(v any) bool { return typeOf(v) == kind }
	}
	data := map[string]any{
		"s": "text", "e": "", "nv": "<no value>", "n": int64(3), "z": int64(0), "f": 2.5, "fz": 0.0625, "big": int64(9007199254740991), "neg": int64(-7),
		"t": true, "u": false, "nil": nil, "l": []any{"a", int64(1), nil, 2.5}, "el": []any{},
		"m": map[string]any{"b": "x<y>&z", "a": int64(1), "c": map[string]any{"d": []any{true, nil}}, "\u2028": "\u2029", "\u00e9": "\u0001\b\f\u007f"}, "em": map[string]any{},
		"small": 1e-7, "large": 1.5e300, "list": " a, ,b ,", "j": `{"a":[1,2.5,"x",null],"b":{"c":true}}`, "jl": `[1,"two",{"k":3}]`,
	}
	anything := []string{".s", ".e", ".nv", ".n", ".z", ".f", ".fz", ".big", ".neg", ".t", ".u", ".nil", ".none", ".l", ".el", ".m", ".em", ".small", ".large",
		".list", ".j", ".jl", "0", "1", "-1", "2.0", "0.0", "1e6", "1.5", "true", "false", `""`, `"0"`, `"false"`, `"x"`}
	texts := quoted("1", "1.5", "-3", "1e3", "0x10", "0x1p4", "inf", "-Inf", "nan", "1_000", " 1", "1 ", "", "x", "1e999", ".5", "5.", "+7", "3.7", "-3.7", "0b1", "Infinity", "1e", "e1",
		"On", "on", "YES", "yes", "TRUE", "tRUE", "off", "No", "0", "false", " a, ,b,", "a", ",,")
	some := []string{".s", ".n", ".none", "true", `"z"`, "0"}
	return domain{functions, data, joinAll(
		each("empty notEmpty toInt toFloat toBool toString toJson toJSON toList typeOf typeMap typeList typeString typeNumber typeBool typeNull len isEmpty isScalar isComposite asList asMap asString", joinAll(anything, texts)),
		each("default getOr", anything, some), calls("ternary", anything, some, some), calls("boolTernary", anything, some, some),
		each("boolDefault getBoolOr", anything, []string{"true", "false", ".t", ".u", ".s"}), calls("getStringOr", anything, quoted("d", "")),
		calls("getIntOr", anything, []string{"5", "0", "-2"}), calls("eqTernary", anything, joinAll(anything, quoted("3", "<nil>", "[]", "map[]")), quoted("y"), quoted("n")),
		calls("coalesce", anything, some, some), calls("coalesce"),
	)}
}
