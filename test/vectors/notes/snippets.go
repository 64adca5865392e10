package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

// Snippets are templates as users write them, in Markdown: a block ```json has the data of what follows, a block
// ```template a template, and the block ```output behind it what Go prints, which is written here. Behind a template
// that fails stands ```error with the words of our engine; where ours differs on purpose, ```output ours or
// ```error ours. These stay as they are.
//
//	go run . snippets FILE...

func writeSnippets(files []string) {
	functions := template.FuncMap{}
	for _, d := range domains() {
		for name, function := range d.functions {
			functions[name] = function
		}
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		check(err)
		s := snippets{functions: functions, file: filepath.Base(file)}
		s.run(strings.Split(string(raw), "\n"))
		check(os.WriteFile(file, []byte(strings.Join(s.out, "\n")), 0o644))
	}
}

type snippets struct {
	functions template.FuncMap
	file      string
	data      any
	result    string
	failure   error
	isWaiting bool
	out       []string
}

func (s *snippets) run(lines []string) {
	for i := 0; i < len(lines); i++ {
		info, isFence := strings.CutPrefix(lines[i], "```")
		if !isFence {
			if s.isWaiting && lines[i] != "" {
				s.write()
			}
			s.out = append(s.out, lines[i])
			continue
		}
		end := i + 1
		for lines[end] != "```" {
			end++
		}
		s.block(info, lines[i+1:end], lines[i:end+1])
		i = end
	}
	if s.isWaiting {
		s.write()
	}
}

func (s *snippets) block(info string, inside, whole []string) {
	isAnswer := strings.HasPrefix(info, "output") || strings.HasPrefix(info, "error")
	if s.isWaiting && !isAnswer {
		s.write()
	}
	switch info {
	case "json":
		s.data = decode([]byte(strings.Join(inside, "\n")))
	case "template":
		s.result, s.failure = resolve(strings.Join(inside, "\n"), s.functions, s.data)
		s.isWaiting = true
	case "output":
		s.write()
		return
	case "output ours", "error ours":
		s.isWaiting = false
	case "error":
		if s.failure == nil {
			panic(fmt.Sprintf("%s: Go does not fail, it prints %q", s.file, s.result))
		}
		s.isWaiting = false
	}
	s.out = append(s.out, whole...)
}

func (s *snippets) write() {
	if s.failure != nil {
		panic(fmt.Sprintf("%s: %v", s.file, s.failure))
	}
	if s.out[len(s.out)-1] != "" {
		s.out = append(s.out, "")
	}
	s.out = append(s.out, "```output")
	if s.result != "" {
		s.out = append(s.out, strings.Split(s.result, "\n")...)
	}
	s.out = append(s.out, "```")
	s.isWaiting = false
}

// resolve trims the output and drops "<no value>", as a field of a Katalog does.
func resolve(text string, functions template.FuncMap, data any) (string, error) {
	parsed, err := template.New("f").Option("missingkey=zero").Funcs(functions).Parse(text)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, data); err != nil {
		return "", err
	}
	return strings.ReplaceAll(strings.TrimSpace(out.String()), "<no value>", ""), nil
}

// decode reads JSON as the Kubernetes libraries do: a number without fraction is an int64.
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
		if integer, err := value.Int64(); err == nil {
			return integer
		}
		float, err := value.Float64()
		check(err)
		return float
	case map[string]any:
		for key, item := range value {
			value[key] = kinds(item)
		}
	case []any:
		for i, item := range value {
			value[i] = kinds(item)
		}
	}
	return value
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
