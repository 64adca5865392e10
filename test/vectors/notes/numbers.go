package main

import (
	"errors"
	"fmt"
	"math"
	"text/template"
)

func arithmetic(name string, f func(a, b float64) (float64, error)) any {
	return func(a, b any) (any, error) {
		x, err := number(a)
		y, err2 := number(b)
		if err != nil || err2 != nil {
			return nil, fmt.Errorf("%s: non-numeric arguments %v, %v", name, a, b)
		}
		result, err := f(x, y)
		if err != nil {
			return nil, err
		}
		return whole(result), nil
	}
}

func numbersDomain() domain {
	safe := func(f func(a, b float64) float64) func(a, b float64) (float64, error) {
		return func(a, b float64) (float64, error) { return f(a, b), nil }
	}
	functions := template.FuncMap{
		"add": arithmetic("add", safe(func(a, b float64) float64 { return a + b })),
		"sub": arithmetic("sub", safe(func(a, b float64) float64 { return a - b })),
		"mul": arithmetic("mul", safe(func(a, b float64) float64 { return a * b })),
		"min": arithmetic("min", safe(math.Min)), "max": arithmetic("max", safe(math.Max)),
		"div": arithmetic("div", func(a, b float64) (float64, error) {
			if b == 0 {
				return 0, errors.New("div: division by zero")
			}
			return a / b, nil
		}),
		"mod": arithmetic("mod", func(a, b float64) (float64, error) {
			if !(math.Abs(a) < 1<<63 && math.Abs(b) < 1<<63) {
				return 0, errors.New("!mod")
			}
			if int64(b) == 0 {
				return 0, errors.New("mod: division by zero")
			}
			return float64(int64(a) % int64(b)), nil
		}),
		"clamp": func(v, lo, hi any) (any, error) {
			x, err := number(v)
			low, err2 := number(lo)
			high, err3 := number(hi)
			if err != nil || err2 != nil || err3 != nil {
				return nil, errors.New("clamp: non-numeric arguments")
			}
			if x < low {
				return whole(low), nil
			}
			if x > high {
				return whole(high), nil
			}
			return whole(x), nil
		},
		"abs": func(v any) (any, error) {
			x, err := number(v)
			if err != nil {
				return nil, fmt.Errorf("abs: non-numeric argument %v", v)
			}
			return whole(math.Abs(x)), nil
		},
	}
	data := map[string]any{"n": int64(8080), "neg": int64(-7), "f": 7.9, "s": "12", "x": "abc", "t": true, "nil": nil, "l": []any{int64(1)}, "big": int64(9007199254740991)}
	numbers := []string{"0", "1", "2", "3", "-5", "100", "0.5", "2.5", "-0.5", "1e18", "1e6", "1e-7", "1e300", ".n", ".neg", ".f", ".s", ".x", ".t", ".nil", ".l", ".big",
		`"2"`, `"1e3"`, `"inf"`, `""`, `" 1"`, `"-3"`, "0.1", "9007199254740993"}
	return domain{functions, data, joinAll(each("add sub mul div mod min max", numbers, numbers), calls("clamp", numbers, numbers, numbers), calls("abs", numbers))}
}

func collectionsDomain() domain {
	keys := func(v any) []string {
		m, _ := v.(map[string]any)
		return sortedKeys(m)
	}
	functions := template.FuncMap{
		"toJson": toJSON,
		"listHas": func(v, wanted any) (bool, error) {
			list, ok := v.([]any)
			if !ok {
				return false, nil
			}
			for _, item := range list {
				a, isNumber := item.(int64)
				b, isLiteral := wanted.(int)
				if isNumber && isLiteral && a == int64(b) {
					return true, nil
				}
				x, y := typeOf(item), typeOf(wanted)
				if x == y && (x == "map" || x == "slice") {
					return false, errors.New("!no equality")
				}
				if x == y && x == "number" {
					f, _ := number(item)
					g, _ := number(wanted)
					if f == g {
						return true, nil
					}
				} else if x == y && item == wanted {
					return true, nil
				}
			}
			return false, nil
		},
		"listGet": func(v, at any) (any, error) {
			i, err := integer(at)
			list, ok := v.([]any)
			if err != nil || !ok || i < 0 || i >= len(list) {
				return nil, err
			}
			return list[i], nil
		},
		"listLen": func(v any) int { list, _ := v.([]any); return len(list) },
		"mapGet":  func(v any, key string) any { m, _ := v.(map[string]any); return m[key] },
		"mapKeys": keys,
		"mapValues": func(v any) []any {
			m, _ := v.(map[string]any)
			all := []any{}
			for _, key := range keys(v) {
				all = append(all, m[key])
			}
			return all
		},
		"mapPick": func(v any, wanted ...string) map[string]any {
			m, _ := v.(map[string]any)
			picked := map[string]any{}
			for _, key := range wanted {
				if value, ok := m[key]; ok {
					picked[key] = value
				}
			}
			return picked
		},
		"mapOmit": func(v any, unwanted ...string) map[string]any {
			m, _ := v.(map[string]any)
			rest := map[string]any{}
			for key, value := range m {
				rest[key] = value
			}
			for _, key := range unwanted {
				delete(rest, key)
			}
			return rest
		},
	}
	data := map[string]any{"l": []any{"a", int64(8080), 2.5, true, nil, "8080"}, "el": []any{}, "lm": []any{map[string]any{"a": int64(1)}, []any{}}, "s": "text", "n": int64(1), "nil": nil,
		"m": map[string]any{"app": "web", "a/b": int64(2), "nil": nil, "l": []any{int64(1)}, "__proto__": "own"}, "em": map[string]any{}}
	containers := []string{".l", ".el", ".lm", ".s", ".n", ".nil", ".none", ".m", ".em"}
	values := []string{`"a"`, "8080", `"8080"`, "2.5", "true", "false", ".nil", ".m", ".el", ".n", "8080.0", ".s"}
	names := quoted("app", "a/b", "nil", "none", "__proto__", "constructor", "toString", "")
	return domain{functions, data, joinAll(
		calls("listHas", containers, values), calls("listGet", containers, []string{"0", "1", "5", "6", "-1", ".n", `"1"`, "1.5", "2.0"}),
		each("listLen mapKeys mapValues", containers), calls("mapGet", containers, joinAll(names, []string{".n"})),
		each("mapPick mapOmit", containers, names, names), each("mapPick mapOmit", containers),
		[]string{`{{ toJson (mapPick .m "__proto__" "app") }}`, `{{ toJson (mapOmit .m "__proto__") }}`},
	)}
}
