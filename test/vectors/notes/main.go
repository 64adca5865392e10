// Produces the vectors that hold the notes to Go: every note is a Go function here, called by Go's text/template.
//
//	go run . ../../../src/modules/expression/note/testing/vectors
//
// What Go's standard library answers is the measure (numbers, JSON, times, addresses, URLs, mail addresses). Functions of
// sprig are used only where they say the same as the notes (sprig.go); all others are written again from their rules.
package main

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"text/template"
	"time"
)

// vector has the output, or error: the text behind "error calling name: " where the rules give one.
type vector struct {
	Text   string  `json:"t"`
	Out    *string `json:"o,omitempty"`
	Failed bool    `json:"failed,omitempty"`
	Error  string  `json:"e,omitempty"`
}

type file struct {
	Now   string         `json:"now"`
	Data  map[string]any `json:"data"`
	Cases []vector       `json:"cases"`
}

// A domain gives its functions, the data of its templates, and the templates.
type domain struct {
	functions template.FuncMap
	data      map[string]any
	templates []string
}

var now = time.Date(2026, 3, 4, 10, 30, 15, 250_000_000, time.UTC)

func main() {
	if os.Args[1] == "snippets" {
		writeSnippets(os.Args[2:])
		return
	}
	for name, d := range domains() {
		write(name+".json", run(d))
	}
}

func domains() map[string]domain {
	return map[string]domain{
		"strings": stringsDomain(), "values": valuesDomain(), "collections": collectionsDomain(), "numbers": numbersDomain(),
		"time": timeDomain(), "cron": cronDomain(), "network": networkDomain(), "semver": semverDomain(),
		"quantity": quantityDomain(), "objects": objectsDomain(), "prometheus": prometheusDomain(),
	}
}

func run(d domain) file {
	result := file{Now: now.Format(time.RFC3339Nano), Data: d.data}
	for _, text := range d.templates {
		parsed, err := template.New("f").Option("missingkey=zero").Funcs(d.functions).Parse(text)
		if err != nil {
			panic(text + ": " + err.Error())
		}
		var out bytes.Buffer
		if err := parsed.Execute(&out, d.data); err != nil {
			v := vector{Text: text, Failed: true}
			if _, message, found := strings.Cut(err.Error(), "error calling "); found {
				_, message, _ = strings.Cut(message, ": ")
				if !strings.HasPrefix(message, "!") {
					v.Error = message
				}
			}
			result.Cases = append(result.Cases, v)
			continue
		}
		printed := out.String()
		result.Cases = append(result.Cases, vector{Text: text, Out: &printed})
	}
	return result
}

func write(name string, f file) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(f); err != nil {
		panic(err)
	}
	lines := strings.ReplaceAll(text.String(), `},{"t":`, "},\n{\"t\":")
	if err := os.WriteFile(filepath.Join(os.Args[1], name), []byte(lines), 0o644); err != nil {
		panic(err)
	}
}

const most = 220

// calls is every call of the note with these texts of arguments, or a fixed sample when there are many.
func calls(name string, pools ...[]string) []string {
	all := []string{name}
	for _, pool := range pools {
		var longer []string
		for _, call := range all {
			for _, argument := range pool {
				longer = append(longer, call+" "+argument)
			}
		}
		all = longer
	}
	random := rand.New(rand.NewSource(int64(len(all))))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	if len(all) > most {
		all = all[:most]
	}
	texts := make([]string, len(all))
	for i, call := range all {
		texts[i] = "{{ " + call + " }}"
	}
	return texts
}

func each(names string, pools ...[]string) []string {
	var all []string
	for _, name := range strings.Fields(names) {
		all = append(all, calls(name, pools...)...)
	}
	return all
}

// quoted makes literals of texts.
func quoted(texts ...string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		literal, err := json.Marshal(text)
		if err != nil {
			panic(err)
		}
		all[i] = strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(literal))
	}
	return all
}

func joinAll(lists ...[]string) []string {
	var all []string
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}
