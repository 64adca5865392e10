// Produces the vectors that hold our template engine to Go's own: what fmt.Sprintf and text/template answer.
//
//	go run . ../../../src/modules/expression/template/testing/vectors
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

type printfCase struct {
	Format string `json:"f"`
	Args   []any  `json:"a"`
	Out    string `json:"o"`
}

type templateCase struct {
	Text   string `json:"t"`
	Out    string `json:"out,omitempty"`
	Parse  bool   `json:"parseErr,omitempty"`
	Exec   bool   `json:"execErr,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

func main() {
	write("printf.json", printfCases())
	write("templates.json", templateCases())
}

func write(name string, cases any) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(cases); err != nil {
		panic(err)
	}
	lines := strings.ReplaceAll(text.String(), `},{"`, "},\n{\"")
	if err := os.WriteFile(filepath.Join(os.Args[1], name), []byte(lines), 0o644); err != nil {
		panic(err)
	}
}

// printfCases is a fixed sample of the product of verbs, flags, widths, precisions and values, and every list of several arguments.
func printfCases() []printfCase {
	values := []any{int64(0), int64(42), int64(-7), int64(1234567), int64(233), 0.5, -3.14159, 1234567.5, 0.00001234,
		2.5e-7, 2.5, "", "ab", "a\"b\n", "h\u00e9\u2603", true, false, nil,
		[]any{int64(1), "x", nil}, map[string]any{"b": int64(2), "a": "y"}}
	var all []printfCase
	for _, verb := range strings.Split("v T t d b o O x X c q U e E f F g G s z %", " ") {
		for _, flag := range []string{"", "+", "-", "#", "0", " ", "+0", "-0", "#+", "# ", "+-"} {
			for _, width := range []string{"", "6", "12"} {
				for _, precision := range []string{"", ".", ".0", ".2", ".6"} {
					for _, value := range values {
						format := "%" + flag + width + precision + verb
						all = append(all, printfCase{format, []any{value}, fmt.Sprintf(format, value)})
					}
				}
			}
		}
	}
	random := rand.New(rand.NewSource(1))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	sample := all[:1200]
	for _, many := range []struct {
		format string
		args   []any
	}{
		{"%s-%03d", []any{"web", int64(7)}},
		{"%[2]s %[1]s", []any{"a", "b"}},
		{"%[3]d", []any{int64(1)}},
		{"%[x]d", []any{int64(1)}},
		{"%[1]d %d %d", []any{int64(1), int64(2)}},
		{"%[2]*[1]d|", []any{int64(5), int64(8)}},
		{"%*d|%-*d|", []any{int64(5), int64(1), int64(4), int64(2)}},
		{"%.*f|", []any{int64(2), 3.14159}},
		{"%*d", []any{"x", int64(1)}},
		{"%.*f", []any{int64(-1), 2.5}},
		{"%d", []any{}},
		{"%d %d", []any{int64(1)}},
		{"%d", []any{int64(1), int64(2), "x", nil, true}},
		{"%", []any{}},
		{"%5", []any{int64(1)}},
		{"%-", []any{}},
		{"%!", []any{int64(1)}},
		{"100%%", []any{}},
		{"%[1]6.2f|", []any{12.0 + 0.345}},
		{"%6.[2]*[1]f|", []any{12.345, int64(1)}},
		{"%\u2603", []any{int64(1)}},
		{"no verbs", []any{}},
		{"", []any{int64(1)}},
	} {
		sample = append(sample, printfCase{many.format, many.args, fmt.Sprintf(many.format, many.args...)})
	}
	return sample
}

// A line of cases.txt is a template; ⏎ stands for a line end in it.

// data is what every template case runs on.
func data() map[string]any {
	return map[string]any{
		"s": "text", "e": "", "n": int64(3), "z": int64(0), "f": 2.5, "t": true, "u": false, "nil": nil,
		"l": []any{"a", "b", "c"}, "li": []any{int64(1), int64(2)}, "el": []any{}, "m": map[string]any{"k": "v", "a": "w"},
		"em": map[string]any{}, "d": map[string]any{"e": map[string]any{"f": "deep"}},
		"objs": []any{map[string]any{"name": "x"}, map[string]any{"name": "y"}},
	}
}

func templateCases() []templateCase {
	raw, err := os.ReadFile("cases.txt")
	if err != nil {
		panic(err)
	}
	var cases []templateCase
	for _, text := range strings.Split(strings.TrimRight(string(raw), "\n"), "\n") {
		cases = append(cases, run(strings.ReplaceAll(text, "⏎", "\n")))
	}
	return cases
}

func run(text string) templateCase {
	result := templateCase{Text: text}
	parsed, err := template.New("f").Option("missingkey=zero").Parse(text)
	if err != nil {
		result.Parse = true
		fmt.Sscanf(strings.TrimPrefix(err.Error(), "template: f:"), "%d", &result.Line)
		return result
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, data()); err != nil {
		result.Exec = true
		fmt.Sscanf(strings.TrimPrefix(err.Error(), "template: f:"), "%d:%d", &result.Line, &result.Column)
		return result
	}
	result.Out = out.String()
	return result
}
