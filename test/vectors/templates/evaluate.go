package main

import (
	"bytes"
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"text/template"
)

// result is what a template gives: an output, or an error of the parser (which knows lines only) or of the execution.
type result struct {
	Out     string `json:"out,omitempty"`
	Error   string `json:"err,omitempty"`
	Message string `json:"msg,omitempty"`
	Line    int    `json:"line,omitempty"`
	// Column counts bytes from 0, as Go does.
	Column int `json:"col,omitempty"`
}

var errorForm = regexp.MustCompile(`(?s)^template: f:(\d+)(?::(\d+))?: (?:executing "(?:[^"\\]|\\.)*" at <.*?>: )?(.*)$`)

func evaluate(text string, data any) result {
	parsed, err := template.New("f").Option("missingkey=zero").Parse(text)
	if err != nil {
		return failure("parse", err)
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, data); err != nil {
		return failure("exec", err)
	}
	return result{Out: out.String()}
}

func failure(kind string, err error) result {
	match := errorForm.FindStringSubmatch(err.Error())
	if match == nil {
		return result{Error: kind, Message: err.Error()}
	}
	line, _ := strconv.Atoi(match[1])
	column, _ := strconv.Atoi(match[2])
	return result{Error: kind, Message: match[3], Line: line, Column: column}
}

// decode reads JSON as the Kubernetes libraries do: a number without fraction is an int64. What JSON can't hold is
// written as a map: {"$int": "9223372036854775807"}, {"$float": "NaN"}.
func decode(raw []byte) any {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	check(decoder.Decode(&value))
	return kinds(value)
}

func kinds(value any) any {
	switch value := value.(type) {
	case json.Number:
		if integer, err := strconv.ParseInt(string(value), 10, 64); err == nil {
			return integer
		}
		float, err := value.Float64()
		check(err)
		return float
	case map[string]any:
		if text, ok := value["$int"].(string); ok {
			integer, err := strconv.ParseInt(text, 10, 64)
			check(err)
			return integer
		}
		if text, ok := value["$float"].(string); ok {
			float, err := strconv.ParseFloat(text, 64)
			check(err)
			return float
		}
		for key, item := range value {
			value[key] = kinds(item)
		}
		return value
	case []any:
		// Without spare room: how much the decoder leaves is no fact of the language.
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = kinds(item)
		}
		return list
	default:
		return value
	}
}

// portable writes a value in the form that decode reads.
func portable(value any) any {
	switch value := value.(type) {
	case int64:
		if value > 1<<53 || value < -(1<<53) {
			return map[string]any{"$int": strconv.FormatInt(value, 10)}
		}
		return value
	case float64:
		if math.IsNaN(value) || math.IsInf(value, 0) || value == math.Trunc(value) {
			return map[string]any{"$float": strconv.FormatFloat(value, 'g', -1, 64)}
		}
		return value
	case []any:
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = portable(item)
		}
		return list
	case map[string]any:
		object := map[string]any{}
		for key, item := range value {
			object[key] = portable(item)
		}
		return object
	default:
		return value
	}
}
