package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"text/template"
)

// at2 goes down keys only: a list has none.
func at2(o any, path []string) any {
	for _, key := range path {
		m, ok := o.(map[string]any)
		if !ok {
			return nil
		}
		o = m[key]
	}
	return o
}

func containerOf(o, index any) any {
	i, _ := integer(index)
	containers := list(o, "spec", "template", "spec", "containers")
	if i < 0 || i >= len(containers) {
		return nil
	}
	return containers[i]
}

func named(l []any, name string) any {
	for _, item := range l {
		if at(item, "name") == name {
			return item
		}
	}
	return nil
}

func podOf(o, ordinal any) any {
	n, _ := integer(ordinal)
	for _, pod := range list(o, "_pods") {
		if at(pod, "ordinal") != nil && count(pod, "ordinal") == int64(n) {
			return pod
		}
	}
	return nil
}

func addArgumentNotes(functions template.FuncMap) {
	functions["getStatus"] = func(o any, key string) string {
		switch v := at(o, "status", key).(type) {
		case nil, map[string]any, []any:
			return ""
		default:
			return fmt.Sprint(v)
		}
	}
	functions["hasStatus"] = func(o any, key string) bool { return !isEmpty(at(o, "status", key)) }
	functions["labelMatches"] = func(o any, pairs ...string) bool {
		if len(pairs)%2 != 0 {
			return false
		}
		for i := 0; i < len(pairs); i += 2 {
			if at(o, "metadata", "labels", pairs[i]) != pairs[i+1] {
				return false
			}
		}
		return true
	}
	functions["containerImage"] = func(o, index any) string { return text(containerOf(o, index), "image") }
	functions["containerEnv"] = func(o, index any, name string) string {
		return text(named(list(containerOf(o, index), "env"), name), "value")
	}
	functions["containerPort"] = func(o, index, port any) bool {
		wanted, _ := integer(port)
		for _, p := range list(containerOf(o, index), "ports") {
			if count(p, "containerPort") == int64(wanted) {
				return true
			}
		}
		return false
	}
	functions["containerPortByName"] = func(o, index any, name string) int64 {
		return count(named(list(containerOf(o, index), "ports"), name), "containerPort")
	}
	functions["containerPorts"] = func(o, index any) string {
		var all []string
		for _, p := range list(containerOf(o, index), "ports") {
			all = append(all, fmt.Sprint(count(p, "containerPort")))
		}
		return strings.Join(all, ",")
	}
	functions["podByOrdinal"] = podOf
	functions["podContainerState"] = func(o, ordinal any, name string) string {
		return text(named(list(podOf(o, ordinal), "containers"), name), "state")
	}
}

func promValues(d any) []string {
	if at(d, "raw") == nil {
		if result := text(d, "result"); result != "" {
			return []string{result}
		}
		return nil
	}
	result := at(d, "raw", "data", "result")
	switch text(d, "raw", "data", "resultType") {
	case "vector":
		var all []string
		for _, series := range list(result) {
			all = append(all, text(series, "value", "1"))
		}
		return all
	case "scalar":
		return []string{text(result, "1")}
	}
	return nil
}

func promNumbers(d any) ([]float64, bool) {
	var all []float64
	for _, value := range promValues(d) {
		f, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return nil, false
		}
		all = append(all, f)
	}
	return all, len(all) > 0
}

func prometheusDomain() domain {
	combine := func(f func(a, b float64) float64) func(any) string {
		return func(d any) string {
			all, ok := promNumbers(d)
			if !ok {
				return ""
			}
			result := all[0]
			for _, value := range all[1:] {
				result = f(result, value)
			}
			return strconv.FormatFloat(result, 'f', -1, 64)
		}
	}
	compare := func(f func(a, b float64) bool) func(d, t any) bool {
		return func(d, t any) bool {
			value, err := strconv.ParseFloat(text(d, "result"), 64)
			if _, isBool := t.(bool); isBool || err != nil {
				return false
			}
			limit, err := number(t)
			return err == nil && f(value, limit)
		}
	}
	functions := template.FuncMap{
		"promValue": func(d any) string { return text(d, "result") },
		"promSum":   combine(func(a, b float64) float64 { return a + b }), "promMax": combine(math.Max),
		"promAboveThreshold": compare(func(a, b float64) bool { return a > b }), "promBelowThreshold": compare(func(a, b float64) bool { return a < b }),
		"promSeriesCount": func(d any) string { return fmt.Sprint(len(promValues(d))) },
		"promLabelValues": func(d any, label string) string {
			var all []string
			for _, series := range list(d, "raw", "data", "result") {
				if value := text(series, "metric", label); value != "" {
					all = append(all, value)
				}
			}
			return strings.Join(all, ",")
		},
	}
	series := func(pod string, value any) any {
		return map[string]any{"metric": map[string]any{"pod": pod}, "value": []any{int64(1767225600), value}}
	}
	answer := func(result, kind string, list ...any) any {
		return map[string]any{"result": result, "raw": map[string]any{"data": map[string]any{"resultType": kind, "result": list}}}
	}
	data := map[string]any{
		"two": answer("1.5", "vector", series("a", "1.5"), series("b", "2")), "same": answer("1", "vector", series("a", "1e21"), series("a", "3")), "bad": answer("x", "vector", series("a", "1"), series("b", "x")), "none": answer("", "vector"),
		"scalar": answer("7", "scalar", int64(1767225600), "7"), "matrix": answer("", "matrix", series("a", "1")), "small": answer("0.0000001", "vector", series("a", "0.0000001")), "inf": answer("+Inf", "vector", series("a", "+Inf")),
		"plain": map[string]any{"result": "42"}, "neg": answer("-0.00025", "vector", series("a", "-0.00025"), series("b", "-1234567.5")), "empty": map[string]any{}, "s": "text", "n": int64(1), "f": 1.5,
	}
	answers := []string{".two", ".same", ".bad", ".none", ".scalar", ".matrix", ".small", ".inf", ".plain", ".neg", ".empty", ".s", ".absent"}
	return domain{functions, data, joinAll(each("promValue promSum promMax promSeriesCount", answers), each("promAboveThreshold promBelowThreshold", answers, []string{"1", "1.5", ".n", ".f", `"1"`, `"x"`, ".s", ".absent", "true", "-1", "100"}),
		calls("promLabelValues", answers, quoted("pod", "absent", "")))}
}
