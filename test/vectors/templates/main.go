// Produces the vectors that hold our template engine to Go's own: what text/template and fmt.Sprintf answer.
//
//	go run . ../../../src/modules/expression/template/testing/vectors
//
// With the argument "serve" it answers instead: a line of JSON {"t": template, "d": data} in, a line with the result out.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	if os.Args[1] == "serve" {
		serve()
		return
	}
	write("printf.json.gz", printfCases())
	write("templates.json.gz", map[string]any{"data": documents, "cases": templateCases()})
}

// write puts one case in a line, compressed.
func write(name string, cases any) {
	raw := encode(cases)
	text := strings.NewReplacer(`},{"`, "},\n{\"", `],["`, "],\n[\"").Replace(raw)
	file, err := os.Create(filepath.Join(os.Args[1], name))
	check(err)
	packed, err := gzip.NewWriterLevel(file, gzip.BestCompression)
	check(err)
	_, err = packed.Write([]byte(text))
	check(err)
	check(packed.Close())
	check(file.Close())
}

func encode(value any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	check(encoder.Encode(value))
	return strings.TrimRight(text.String(), "\n")
}

func serve() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 1 {
			var request struct {
				Text string          `json:"t"`
				Data json.RawMessage `json:"d"`
			}
			check(json.Unmarshal(line, &request))
			fmt.Fprintln(out, encode(evaluate(request.Text, decode(request.Data))))
		}
		// Answers go out when nothing waits any more.
		if lines.Buffered() == 0 || err != nil {
			check(out.Flush())
		}
		if err != nil {
			return
		}
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
