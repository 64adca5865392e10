// The other side of the template rows: how fast Go's text/template compiles and evaluates the templates that it gets.
//
// Each line of the input is {"text": template, "data": object, "ms": how long to measure}, each line of the output
// {"compileNs": ..., "evaluateNs": ..., "output": what it printed}.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"syscall"
	"text/template"
	"time"
)

type program struct {
	Text string          `json:"text"`
	Data json.RawMessage `json:"data"`
	Ms   int             `json:"ms"`
}

type answer struct {
	CompileNs  float64 `json:"compileNs"`
	EvaluateNs float64 `json:"evaluateNs"`
	Output     string  `json:"output"`
}

// The notes that the templates of the bench call, as docs/reference/notes.md has them.
var notes = template.FuncMap{
	"default": func(fallback, value any) any {
		if isEmpty(value) {
			return fallback
		}
		return value
	},
	"toLower":    strings.ToLower,
	"trimSuffix": strings.TrimSuffix,
}

func isEmpty(value any) bool {
	if value == nil {
		return true
	}
	switch value := value.(type) {
	case string:
		return value == "" || value == "<no value>"
	case bool:
		return !value
	case []any:
		return len(value) == 0
	case map[string]any:
		return len(value) == 0
	}
	return reflect.ValueOf(value).IsZero()
}

func compile(text string) *template.Template {
	return template.Must(template.New("f").Option("missingkey=zero").Funcs(notes).Parse(text))
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var given program
		check(json.Unmarshal(lines.Bytes(), &given))
		data := decode(given.Data)
		limit := time.Duration(given.Ms) * time.Millisecond
		compiled := compile(given.Text)
		var out strings.Builder
		evaluate := func() {
			out = strings.Builder{}
			check(compiled.Execute(&out, data))
		}
		result := answer{
			CompileNs:  measure(limit, func() { compile(given.Text) }),
			EvaluateNs: measure(limit, evaluate),
			Output:     out.String(),
		}
		line, err := json.Marshal(result)
		check(err)
		fmt.Println(string(line))
	}
	check(lines.Err())
}

// measure gives the nanoseconds of CPU time, of all threads, of one run.
func measure(limit time.Duration, run func()) float64 {
	for began := time.Now(); time.Since(began) < limit/4; {
		run()
	}
	count := 0
	used := cpuTime()
	for began := time.Now(); time.Since(began) < limit; {
		for i := 0; i < 16; i++ {
			run()
		}
		count += 16
	}
	return float64((cpuTime() - used).Nanoseconds()) / float64(count)
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
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
