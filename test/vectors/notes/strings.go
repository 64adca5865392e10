package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"text/template"
	"unicode/utf8"
)

func integer(v any) (int, error) {
	switch n := v.(type) {
	case int:
		return n, nil
	case int64:
		return int(n), nil
	case float64:
		if n == float64(int(n)) {
			return int(n), nil
		}
	}
	return 0, errors.New("!not an integer")
}

func items(v any) ([]string, error) {
	switch list := v.(type) {
	case []string:
		return list, nil
	case []any:
		texts := make([]string, len(list))
		for i, item := range list {
			texts[i] = fmt.Sprint(item)
		}
		return texts, nil
	}
	return nil, errors.New("!not a list")
}

// cut never leaves half a character: the language's texts are Unicode.
func cut(s string, n int) string {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func truncate(s string, v any) (string, error) {
	n, err := integer(v)
	switch {
	case err != nil:
		return "", err
	case n < 0:
		return "", errors.New("!negative")
	case len(s) <= n:
		return s, nil
	case n <= 3:
		return cut(s, n), nil
	}
	return cut(s, n-3) + "...", nil
}

func camelToKebab(s string) string {
	upper := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	lower := func(c byte) bool { return c >= 'a' && c <= 'z' }
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if i > 0 && upper(s[i]) && (lower(s[i-1]) || upper(s[i-1]) && i+1 < len(s) && lower(s[i+1])) {
			out.WriteByte('-')
		}
		if upper(s[i]) {
			out.WriteByte(s[i] + 32)
		} else {
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

var notInSlug = regexp.MustCompile(`[^a-z0-9-]`)
var hyphens = regexp.MustCompile(`-+`)

func slugify(s string) string {
	return strings.Trim(hyphens.ReplaceAllString(notInSlug.ReplaceAllString(strings.ToLower(s), "-"), "-"), "-")
}

func stringsDomain() domain {
	functions := template.FuncMap{
		"toLower": strings.ToLower, "toUpper": strings.ToUpper, "trimSpace": strings.TrimSpace, "trim": strings.Trim,
		"trimPrefix": strings.TrimPrefix, "trimSuffix": strings.TrimSuffix, "hasPrefix": strings.HasPrefix,
		"hasSuffix": strings.HasSuffix, "contains": strings.Contains, "replace": strings.ReplaceAll,
		"split": func(s, sep string) []string {
			if s == "" {
				return []string{}
			}
			return strings.Split(s, sep)
		},
		"join": func(v any, sep string) (string, error) {
			texts, err := items(v)
			return strings.Join(texts, sep), err
		},
		"repeat": func(s string, v any) (string, error) {
			n, err := integer(v)
			if err == nil && n < 0 {
				err = errors.New("!negative")
			}
			if err != nil {
				return "", err
			}
			return strings.Repeat(s, n), nil
		},
		"camelToKebab": camelToKebab, "truncate": truncate,
		"concat":   func(parts ...string) string { return strings.Join(parts, "") },
		"toBase64": sprigFunction[func(string) string]("b64enc"),
		"fromBase64": func(s string) string {
			raw, err := base64.StdEncoding.DecodeString(s)
			if err != nil {
				return ""
			}
			return string(raw)
		},
		"sha256sum": func(s string) string { return sprigFunction[func(string) string]("sha256sum")(s)[:8] },
		"truncateName": func(s string, v any) (string, error) {
			n, err := integer(v)
			if err != nil || n < 0 {
				return "", errors.New("!size")
			}
			if len(s) <= n {
				return s, nil
			}
			return cut(s, n), nil
		},
		"slugify": slugify,
		"repoSlug": func(s string) string {
			parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == ':' })
			if len(parts) == 0 {
				return ""
			}
			return slugify(strings.TrimSuffix(parts[len(parts)-1], ".git"))
		},
		"lookup": func(key any, pairs ...any) any {
			for i := 0; i+1 < len(pairs); i += 2 {
				if fmt.Sprint(pairs[i]) == fmt.Sprint(key) {
					return pairs[i+1]
				}
			}
			return ""
		},
	}
	data := map[string]any{"s": "Blue Team", "n": int64(3), "l": []any{"a", int64(2), true, 1.5}, "m": map[string]any{"a": int64(1)}}
	texts := joinAll(quoted("", "a", "abc", "a.b.c", "  x y\t\n", "HTTPServer", "myDBName", "app1Name", "h\u00e9llo w\u00f6rld", "\u00df\u0130\u03a3\u03c2\u01c5",
		"\u2003wide\u00a0", "\U0001f600 smile", "--A--", "My Team / Platform", "payments_api.v2", "git@github.com:acme/pay-api.git", "acme/Pay_API/", "ABC", "xxhixy"), []string{".s", ".n", ".none"})
	short := quoted("", "a", ".", "xy", "b.", "A", "\u00e9", " ")
	sizes := []string{"0", "1", "2", "3", "4", "6", "20", "-1", ".n", `"2"`, "2.0"}
	return domain{functions, data, joinAll(
		each("toLower toUpper trimSpace camelToKebab slugify repoSlug toBase64 sha256sum", texts),
		each("trim trimPrefix trimSuffix hasPrefix hasSuffix contains split", texts, short),
		calls("replace", texts, short, quoted("", "-", "<>")),
		each("repeat truncate truncateName", texts, sizes),
		calls("join", []string{".l", `(split "a,b,c" ",")`, ".none", ".s", ".m"}, short),
		calls("fromBase64", quoted("", "aGk=", "aGk", "aG k=", "aGk=\n", "a===", "====", "aGVsbG8gd8O2cmxk", "aGk_", "YQ==", "Y===", "aGk=aGk=", "YR==")),
		calls("concat", texts, short), calls("concat", nil...),
		calls("lookup", []string{`"a"`, ".n", `"3"`, "nil"}[:3], []string{`"a"`, ".n"}, []string{"1", `"x"`}, []string{`"3"`, ".none"}, []string{"2"}),
		calls("lookup", quoted("a", "b"), quoted("b"), quoted("x"), quoted("a")),
	)}
}
