package main

import (
	"encoding/json"
	"math/rand"
	"os"
	"regexp"
	"strings"
)

// documents are the data that templates run on: "plain" for cases.txt, "all" with a value of every kind.
var documents = map[string]json.RawMessage{
	"plain": json.RawMessage(`{"s": "text", "e": "", "n": 3, "z": 0, "f": 2.5, "t": true, "u": false, "nil": null,
		"l": ["a", "b", "c"], "li": [1, 2], "el": [], "m": {"k": "v", "a": "w"}, "em": {}, "d": {"e": {"f": "deep"}},
		"objs": [{"name": "x"}, {"name": "y"}]}`),
	"all": json.RawMessage(`{"s": "text", "e": "", "uni": "h\u00e9\u2603\ud83d\ude00", "mark": "<a href='x'>&\"\\=\u0000\u2028</a>",
		"n": 3, "z": 0, "neg": -7, "max": {"$int": "9223372036854775807"}, "min": {"$int": "-9223372036854775808"},
		"odd": {"$int": "9007199254740993"}, "f": 2.5, "tiny": 1.5e-9, "huge": {"$float": "1e300"}, "nan": {"$float": "NaN"},
		"inf": {"$float": "-Inf"}, "t": true, "u": false, "nil": null, "l": ["a", "b", "c"], "mix": [1, "x", null, 2.5, [true], {"k": "v"}],
		"el": [], "ln": [null], "m": {"k": "v", "a": 1, "\u00e9": 2, "\uffee": 3, "\ud83d\ude00": 4}, "em": {},
		"d": {"e": {"f": "deep", "l": [{"k": 1}, {"k": 2}]}}, "objs": [{"k": "x", "ok": true}, {"k": "y"}]}`),
}

// templateCase is one template with the name of its data.
type templateCase struct {
	Text string `json:"t"`
	Data string `json:"d"`
	result
}

type collector struct {
	seen  map[string]bool
	cases []templateCase
}

func (c *collector) add(data string, texts ...string) {
	for _, text := range texts {
		if c.seen[data+text] || hasImaginary(text) || endless(text) {
			continue
		}
		c.seen[data+text] = true
		c.cases = append(c.cases, templateCase{text, data, evaluate(text, decode(documents[data]))})
	}
}

var paths = strings.Fields(`.s .e .uni .mark .n .z .neg .max .min .odd .f .tiny .huge .nan .inf .t .u .nil .missing .l .mix .el .ln
	.m .em .d .objs .d.e.f .missing.x .s.x .l.x .nil.x $ $.s . (.missing).x (index*.l*0) (index*.mix*2) (len*.s) (print*.n)
	(.d).e.f (index*.objs*0).k (index*.s*0) (slice*.l*1) (slice*.uni*0*2) (.nil) (not*.t) (and*.t*.n) (or*.u*.e) $.d.e.l`)
var literals = strings.Fields(`1 -1 0 +5 1.5 1.0 1e3 -0.0 .5 'a' '\n' "str" "" ` + "`raw`" + ` "é☃" "\xff" true false nil 0x1F 0b101 0o17 017 1_000
	9223372036854775807 -9223372036854775808 9223372036854775808 0x1p-2 1e-7 -0x1e`)

// operands writes them with blanks.
func operands() []string {
	var all []string
	for _, operand := range append(append([]string{}, paths...), literals...) {
		all = append(all, strings.ReplaceAll(operand, "*", " "))
	}
	return all
}

func templateCases() []templateCase {
	all := &collector{seen: map[string]bool{}}
	for _, file := range []string{"cases.txt", "found.txt"} {
		raw, err := os.ReadFile(file)
		check(err)
		for _, text := range strings.Split(strings.TrimRight(string(raw), "\n"), "\n") {
			// ⏎ stands for a line end in a template.
			all.add("plain", strings.ReplaceAll(text, "⏎", "\n"))
		}
	}
	written := len(all.cases)
	all.unary()
	all.binary()
	all.numbers()
	all.mutations(all.cases[:written], 2000)
	all.mutations(all.cases[written:], 600)
	return all.cases
}

func (c *collector) unary() {
	forms := strings.Split(`{{ X }}
{{X}}
{{ print X }}
{{ X | print }}
{{ println X X }}
{{ printf "%v %T" X X }}
{{ printf "%#v|%q|%d|%s|%x" X X X X X }}
{{ html X }}
{{ js X }}
{{ urlquery X }}
{{ html X "&" }}
{{ len X }}
{{ not X }}
{{ call X }}
{{ call X 1 }}
{{ and X }}
{{ or X "x" }}
{{ and X 1 | print }}
{{ or (and X .z) X }}
{{ eq X }}
{{ eq X X }}
{{ lt X X }}
{{ index X }}
{{ slice X }}
{{ printf X }}
{{ printf X 1 }}
{{ X | printf "%v" }}
{{ X | printf }}
{{ (X) }}
{{ ((X)) | len }}
{{ (X).k }}
{{ (X).k.j }}
{{ X.k }}
{{ X 1 }}
{{ (X) 1 }}
{{ 1 | X }}
{{ if X }}yes{{ else }}no{{ end }}
{{ with X }}[{{ . }}]{{ else }}none {{ .s }}{{ end }}
{{ with $x := X }}{{ $x }}{{ .k }}{{ end }}
{{ range X }}<{{ . }}>{{ else }}empty{{ end }}
{{ range $i, $x := X }}{{ $i }}={{ $x }},{{ else }}{{ $i }}{{ $x }}{{ end }}
{{ range $x := X }}{{ printf "%T" $x }} {{ end }}
{{ range X }}{{ .k }}{{ end }}
{{ $x := 0 }}{{ range $x = X }}{{ $x }};{{ end }}{{ $x }}
{{ $x := X }}{{ $x }}{{ $x.k }}
{{ $x := 1 }}{{ $x = X }}{{ print $x }}
{{ define "T" }}<{{ . }}{{ $ }}{{ .k }}>{{ end }}{{ template "T" X }}
{{ block "B" X }}{{ . }}{{ end }}
{{ index .l X }}
{{ index .m X }}
{{ index .mix X }}
{{ index .uni X }}
{{ slice .l X }}
{{ slice .uni X 3 }}
{{ slice .s 1 X }}
{{ printf "%*d|%.*f" X 5 X 2.5 }}
{{ break X }}
{{ template X }}
  {{- X -}}  .`, "\n")
	for _, operand := range operands() {
		for _, form := range forms {
			c.add("all", strings.ReplaceAll(form, "X", operand))
		}
	}
}

// binary compares values of all kinds, and takes parts of all of them.
func (c *collector) binary() {
	all := operands()
	random := rand.New(rand.NewSource(2))
	pick := func() string { return all[random.Intn(len(all))] }
	for _, form := range strings.Split(`{{ eq X Y }} {{ne X Y}}
{{ eq X Y .s 1 }}
{{ lt X Y }} {{le X Y}} {{gt X Y}} {{ge X Y}}
{{ le X Y }}
{{ ne X Y }}
{{ index X Y }}
{{ index X Y Z }}
{{ slice X Y Z }}
{{ slice X Y }}
{{ slice X 0 Y Z }}
{{ print X Y Z }}
{{ and X Y Z }} {{ or X Y Z }}
{{ X | and Y }} {{ X | or Y Z }}
{{ (or X Y).k }}
{{ printf "%v-%6v" X Y Z }}
{{ X | printf "%s%d" Y }}
{{ if and X (not Y) }}a{{ else if eq Y Z }}b{{ else }}c{{ end }}
{{ with X }}{{ . }}{{ else with Y }}{{ print . }}{{ else }}{{ Z }}{{ end }}
{{ range $i, $x := .mix }}{{ if eq $i 2 }}{{ continue }}{{ end }}{{ or $x X }}{{ if eq $i 3 }}{{ break }}{{ end }}{{ else }}{{ Y }}{{ end }}`, "\n") {
		for i := 0; i < 80; i++ {
			c.add("all", strings.NewReplacer("X", pick(), "Y", pick(), "Z", pick()).Replace(form))
		}
	}
}

func (c *collector) numbers() {
	for _, number := range strings.Fields(`0 -0 +0 00 01 08 09.5 0x 0X1f 0xg 0b2 0b 0o8 0O7 0b1_0 1_ _1 1__0 1_0 0_1 0x_1 0x1_ 1_0.5 1.5_0 1e1_0
		1. .1 . 1.e2 1e 1e+ 1E5 1e400 1e-400 -1e400 5e-324 1.7976931348623157e308 1.7976931348623159e308 0x1p1 0x1.8p1 0x.8p0 0x1p 0x1.8 0xp1
		0x1p-1074 0x1p-1075 0x1.fffffffffffff8p0 0x1_0p1 0x1p1024 -0x10 +0x1e -0x1E 0xe 0x1e+2 18446744073709551615 18446744073709551616
		-9223372036854775809 0xffffffffffffffff 0x10000000000000000 -0xffffffffffffffff 0b1111 017777777777777777777777 1x 1a 1.a 1.2.3 1..2 1-2 1+2 --1
		+-1 1e5.5 123456789012345678901234567890 123456789012345678901234567890.0 1000000.0 100000.0 1e20 1e21 999999.5 0.0001 0.00001 -1.0 2.50
		'x' '\'' '"' '\"' '' 'ab' '\x41' '\377' '\400' '\u2603' '\ud800' '\U0001F600' '\U00110000' '\q' '☃' 'é' '\xff' '\'`) {
		c.add("all", "{{ "+number+" }}", "{{"+number+"}}", `{{ printf "%T %v" `+number+" "+number+" }}", "{{ eq "+number+" 1 }}", "{{ index .l "+number+" }}", "{{ -"+number+" }}")
	}
}

var imaginary = regexp.MustCompile(`[0-9._]i`)

// hasImaginary: complex numbers are no part of our language.
func hasImaginary(text string) bool {
	return imaginary.MatchString(text)
}

var fragments = []string{"{{", "}}", "{{-", "-}}", "{{ ", " }}", "(", ")", "|", ".", "$", "$x", ":=", "=", ",", " ", "\n", "\t", "\"", "'", "`", "\\", "/*", "*/",
	"{{ end }}", "{{ else }}", "{{ if .t }}", "{{ range .l }}", "{{ break }}", "{{ with .d }}", "{{ define \"D\" }}", "{{ template \"D\" }}", "nil", "true", "1", "-", "!",
	"é", "☃", "\x01", "else if", ".k", "print", "nope", "$nope", "{{/* c */}}", "{{ .missing.x }}", "\"s\"", "\n{{ 1.5 }}\n", "block", "define", "end", "&&", "==", "}", "{"}

// mutations breaks templates: a piece is lost, doubled, or another comes in.
func (c *collector) mutations(from []templateCase, count int) {
	random := rand.New(rand.NewSource(int64(count)))
	for i := 0; i < count; i++ {
		source := from[random.Intn(len(from))]
		text := []rune(source.Text)
		for n := random.Intn(2); n >= 0; n-- {
			at := random.Intn(len(text) + 1)
			end := min(len(text), at+1+random.Intn(4))
			piece := []rune(fragments[random.Intn(len(fragments))])
			switch random.Intn(4) {
			case 0:
				piece = nil
			case 1:
				piece = append(append([]rune{}, text[at:end]...), text[at:end]...)
			case 2:
				end = at
			}
			text = append(append(append([]rune{}, text[:at]...), piece...), text[end:]...)
		}
		if !strings.Contains(string(text), "{{") {
			continue
		}
		c.add(source.Data, string(text))
	}
}

// endless: a range over one of the large numbers would not end.
func endless(text string) bool {
	return strings.Contains(text, "range") && (strings.Contains(text, "max") || strings.Contains(text, "odd") || strings.Contains(text, "9223372036854775807"))
}
