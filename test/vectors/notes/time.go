package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"text/template"
	"time"
)

func timestamp(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func duration(s string) (time.Duration, bool) {
	if s == "never" {
		return 0, true
	}
	s = strings.TrimSpace(s)
	for _, unit := range []struct {
		suffix string
		days   float64
	}{{"y", 365}, {"mo", 30}, {"w", 7}, {"d", 1}} {
		if strings.HasSuffix(s, unit.suffix) {
			f, err := strconv.ParseFloat(strings.TrimSuffix(s, unit.suffix), 64)
			ns := f * unit.days * 24 * float64(time.Hour)
			if err != nil || math.IsNaN(ns) || math.Abs(ns) > math.MaxInt64 {
				return 0, false
			}
			return time.Duration(ns), true
		}
	}
	d, err := time.ParseDuration(s)
	return d, err == nil
}

func inWindow(after, before string) bool {
	from, err := time.Parse("15:04", after)
	to, err2 := time.Parse("15:04", before)
	if err != nil || err2 != nil {
		return false
	}
	at := time.Date(0, 1, 1, now.Hour(), now.Minute(), now.Second(), 0, time.UTC)
	return !at.Before(from) && at.Before(to)
}

func timeDomain() domain {
	functions := template.FuncMap{
		"timeAgo": func(s string) string {
			t, ok := timestamp(s)
			if !ok {
				return ""
			}
			d := now.Sub(t)
			switch {
			case d < time.Minute:
				return fmt.Sprintf("%ds ago", int(d.Seconds()))
			case d < time.Hour:
				return fmt.Sprintf("%dm ago", int(d.Minutes()))
			case d < 24*time.Hour:
				return fmt.Sprintf("%dh ago", int(d.Hours()))
			}
			return fmt.Sprintf("%dd ago", int(d.Hours()/24))
		},
		"timeSince": func(s string) int64 {
			t, ok := timestamp(s)
			if !ok {
				return 0
			}
			return int64(math.Round(now.Sub(t).Seconds()))
		},
		"timeUntil": func(s string) string {
			t, ok := timestamp(s)
			if !ok || !t.After(now) {
				return "0s"
			}
			return t.Sub(now).Truncate(time.Second).String()
		},
		"isExpired": func(v any, life string) bool {
			s, _ := v.(string)
			t, ok := timestamp(s)
			d, valid := duration(life)
			return ok && valid && life != "never" && now.After(t.Add(d))
		},
		"timeFormat": func(v any, layout string) string {
			s, _ := v.(string)
			t, ok := timestamp(s)
			if !ok {
				return ""
			}
			return t.UTC().Format(layout)
		},
		"durationSeconds": func(s string) int64 {
			d, _ := duration(s)
			return int64(d.Seconds())
		},
		"durationAdd": func(a, b string) string {
			x, ok := duration(a)
			y, ok2 := duration(b)
			if !ok || !ok2 {
				return "0s"
			}
			return (x + y).String()
		},
		"durationValid": func(s string) bool { _, ok := duration(s); return ok },
		"weekday":       func() bool { return now.Weekday() != time.Saturday && now.Weekday() != time.Sunday },
		"weekend":       func() bool { return now.Weekday() == time.Saturday || now.Weekday() == time.Sunday },
		"timeInWindow":  inWindow, "timeNotInWindow": func(a, b string) bool { return !inWindow(a, b) },
	}
	times := joinAll(quoted("2026-03-04T10:30:15Z", "2026-03-04T10:28:05Z", "2026-03-04T10:30:14.9Z", "2026-03-04T10:30:15.75Z", "2026-03-04T12:00:00+02:00", "2026-03-04T12:30:15.123456789-05:30", "2020-01-01", "2026-03-05", "2030-12-31T23:59:59Z",
		"2026-03-04T09:31:00Z", "2026-03-03T11:00:00Z", "2026-03-03", "2026-02-30", "2024-02-29", "2026-13-01", "2026-03-04 10:30:15", "2026-03-04T10:30:15", "1767225600", "", "x", "2026-03-04T24:00:00Z", "2026-03-04T10:60:00Z", "2026-03-04t10:30:15z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-03-04T10:30:15.Z", "2026-3-4"),
		[]string{".n", ".none"})
	durations := joinAll(quoted("never", "", "0", "5", "1d", "1.5d", "30d", "1w", "2w", "1mo", "1y", "0.5y", "1h30m", "1d12h", "-5m", "+5m", "100ms", "1.5s", "1500us", "1\u00b5s", "250ns", "1h2m3.25s", "1d ", " 1d", "d", "xd", "-1d", "1e2d", "infd", "300y", "5m30s", "1.123456789s", ".5s", "5.s", "1h 2m", "1H", "9223372036854775807ns", "9223372036854775808ns", "1.0000000001s", "0.1d", "1.1d"), []string{".n"})
	layouts := quoted("2006-01-02T15:04:05Z07:00", "Jan 2, 2006", "January _2 06", "Monday Mon Money Month", "02/01/06 03:04:05 PM", "3:4:5 pm", "15h04", "002 __2", "2006-01-02 15:04:05.000", "05.999999999", "05,000 05.9", "MST -0700 -07:00 -07 Z0700 Z07", "no tokens", "1 01 2 02", "January Janet Jan", "20060102150405", "_2006 _2", "Z070000 Z07:00:00 -070000 -07:00:00", "04.00x .001 .0", "\u00e9 2006")
	clock := quoted("00:00", "09:00", "9:00", "10:30", "10:31", "17:00", "22:00", "06:00", "24:00", "x", "", "10:5", "10:30:15")
	return domain{functions, map[string]any{"n": int64(5)}, joinAll(each("timeAgo timeSince timeUntil", times), calls("isExpired", times, durations), calls("timeFormat", times[:14], layouts), calls("timeFormat", times, layouts[:2]),
		each("durationSeconds durationValid", durations), calls("durationAdd", durations[:30], durations[:30]), each("timeInWindow timeNotInWindow", clock, clock), []string{"{{ weekday }}", "{{ weekend }}"})}
}

var macros = map[string]string{"@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *"}
var cronKeys = []string{"minute", "hour", "dayOfMonth", "month", "dayOfWeek"}

func cronParts(s string) []string {
	if expanded, ok := macros[strings.ToLower(strings.TrimSpace(s))]; ok {
		s = expanded
	}
	return strings.Fields(s)
}

func normalize(s string) string {
	parts := cronParts(s)
	if len(parts) != 5 {
		return "* * * * *"
	}
	return strings.Join(parts, " ")
}

func cronField(s string, at int) (string, error) {
	if at < 0 || at > 4 {
		return "", fmt.Errorf("cronField: position %d out of range [0-4]", at)
	}
	if strings.TrimSpace(s) == "" {
		return "*", nil
	}
	parts := cronParts(s)
	if len(parts) != 5 {
		return "", fmt.Errorf("cronField: expected 5 fields in \"%s\", got %d", s, len(parts))
	}
	return parts[at], nil
}

func star(s string) string {
	if strings.TrimSpace(s) == "" {
		return "*"
	}
	return strings.TrimSpace(s)
}

func cronFromMap(m map[string]any) string {
	parts := []string{}
	for _, key := range cronKeys {
		value, ok := m[key]
		if ok {
			parts = append(parts, star(fmt.Sprint(value)))
		} else {
			parts = append(parts, "*")
		}
	}
	return strings.Join(parts, " ")
}

func describe(s string) string {
	f := strings.Fields(normalize(s))
	m, h, d, mo, w := f[0], f[1], f[2], f[3], f[4]
	open := func(fields ...string) bool { return strings.Trim(strings.Join(fields, ""), "*") == "" }
	rest := open(h, d, mo, w)
	switch {
	case strings.HasPrefix(m, "*/") && rest:
		return "Every " + m[2:] + " minutes"
	case m == "0" && rest:
		return "Every hour"
	case open(d, mo, w) && m != "*" && h != "*":
		return "At " + h + ":" + m + " every day"
	case open(d, mo) && w != "*":
		return "At " + h + ":" + m + " on day-of-week " + w
	case d != "*" && open(mo, w):
		return "At " + h + ":" + m + " on day " + d + " of every month"
	}
	return "Cron: " + strings.Join(f, " ")
}

// fieldSet is the values of a field, and whether it restricts nothing.
func fieldSet(text string, low, high int, names string) (map[int]bool, bool, bool) {
	set, open := map[int]bool{}, false
	value := func(s string) (int, bool) {
		for i, name := range strings.Fields(names) {
			if strings.EqualFold(name, s) {
				return i + low, true
			}
		}
		n, err := strconv.Atoi(s)
		return n, err == nil && n >= 0
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' }) {
		span, stepText, stepped := strings.Cut(part, "/")
		step := 1
		if stepped {
			n, err := strconv.Atoi(stepText)
			if err != nil || n <= 0 {
				return nil, false, false
			}
			step = n
		}
		from, to := low, high
		if span == "*" || span == "?" {
			open = open || step == 1
		} else {
			first, last, ranged := strings.Cut(span, "-")
			a, ok := value(first)
			b := a
			ok2 := true
			if ranged {
				b, ok2 = value(last)
			} else if stepped {
				b = high
			}
			if !ok || !ok2 || a < low || b > high || a > b {
				return nil, false, false
			}
			from, to = a, b
		}
		for n := from; n <= to; n += step {
			set[n] = true
		}
	}
	return set, open, true
}

// nextCron tries one minute after the other.
func nextCron(s string) string {
	location := time.UTC
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "TZ=") || strings.HasPrefix(s, "CRON_TZ=") {
		zone, rest, found := strings.Cut(s, " ")
		_, name, _ := strings.Cut(zone, "=")
		var err error
		if location, err = time.LoadLocation(name); err != nil || !found {
			return ""
		}
		s = strings.TrimSpace(rest)
	}
	if rest, found := strings.CutPrefix(s, "@every "); found {
		d, err := time.ParseDuration(rest)
		if err != nil {
			return ""
		}
		return now.Truncate(time.Second).Add(max(d.Truncate(time.Second), time.Second)).Format(time.RFC3339)
	}
	parts := cronParts(s)
	if len(parts) != 5 {
		return ""
	}
	sets := make([]map[int]bool, 5)
	open := make([]bool, 5)
	bounds := [][2]int{{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 6}}
	for i, part := range parts {
		names := map[int]string{3: "jan feb mar apr may jun jul aug sep oct nov dec", 4: "sun mon tue wed thu fri sat"}[i]
		var ok bool
		if sets[i], open[i], ok = fieldSet(part, bounds[i][0], bounds[i][1], names); !ok {
			return ""
		}
	}
	for t := now.Truncate(time.Minute).Add(time.Minute); t.Year() <= now.Year()+5; t = t.Add(time.Minute) {
		l := t.In(location)
		dom, dow := sets[2][l.Day()], sets[4][int(l.Weekday())]
		day := dom && dow
		if !open[2] && !open[4] {
			day = dom || dow
		}
		if sets[0][l.Minute()] && sets[1][l.Hour()] && sets[3][int(l.Month())] && day {
			return t.UTC().Format(time.RFC3339)
		}
	}
	return ""
}

func cronDomain() domain {
	functions := template.FuncMap{
		"cronField": func(s string, at any) (string, error) {
			n, err := integer(at)
			if err != nil {
				return "", err
			}
			return cronField(s, n)
		},
		"cronExpr": func(a, b, c, d, e string) string {
			return strings.Join([]string{star(a), star(b), star(c), star(d), star(e)}, " ")
		},
		"cronValid": func(s string) bool { return len(cronParts(s)) == 5 }, "cronNormalize": normalize,
		"cronFromMap": func(v any) (string, error) {
			m, ok := v.(map[string]any)
			if !ok {
				return "", fmt.Errorf("cronFromMap: expected map, got %T", v)
			}
			return cronFromMap(m), nil
		},
		"cronFromAny": func(v any) string {
			switch x := v.(type) {
			case map[string]any:
				return cronFromMap(x)
			case string:
				return normalize(x)
			}
			return "* * * * *"
		},
		"cronToMap": func(v any) map[string]any {
			if m, ok := v.(map[string]any); ok {
				return m
			}
			text := ""
			if v != nil {
				text = fmt.Sprint(v)
			}
			m := map[string]any{}
			for i, part := range strings.Fields(normalize(text)) {
				m[cronKeys[i]] = part
			}
			return m
		},
		"cronDescribe": describe, "nextCron": nextCron,
	}
	for i, name := range []string{"cronMinute", "cronHour", "cronDom", "cronMonth", "cronDow"} {
		functions[name] = func(s string) (string, error) { return cronField(s, i) }
	}
	data := map[string]any{"n": int64(2), "m": map[string]any{"hour": int64(3), "minute": "0"}, "b": map[string]any{"hour": "", "month": " 6 ", "dayOfWeek": nil}, "em": map[string]any{}, "l": []any{}, "f": 2.5}
	expressions := quoted("@daily", "@HOURLY ", "@reboot", "@weekly", "@monthly", "@yearly", "@midnight", "", "  ", "0 6 * * 1-5", " 0  2 * * 1 ", "oops", "x x x x x", "a b", "*/15 * * * *", "0 * * * *", "5 4 * * *", "0 2 * * 1", "0 0 1 * *", "0 0 1 1 *", "* * * * *", "1 2 3 4 5 6", "* * * * 1", "*/5 0 * * *", "0\t1\n2 3 4")
	fires := []string{"0 9 * * 1", "*/15 * * * *", "30 10 * * *", "31 10 * * *", "0 0 29 2 *", "0 0 30 2 *", "0 0 1 * 1", "0 0 */2 * 1", "0 0 ? * 1", "0 0 * * 7", "0 0 * * SUN", "0 0 * * mon-fri", "0 0 1 JAN,jul *", "5/20 * * * *", "10-20/5 * * * *", "60 * * * *", "* 24 * * *", "0 0 0 * *", "0 0 32 * *", "0 0 * 13 *", "*/0 * * * *",
		"1-0 * * * *", "a * * * *", "* * * *", "* * * * * *", "", "@daily", "@every 90m", "@every 1s", "@every 10ms", "@every x", "@every", "@reboot", "CRON_TZ=Europe/Berlin 0 9 * * *", "TZ=America/New_York 30 2 8 3 *", "TZ=America/New_York 30 1 1 11 *", "TZ=Nowhere/City 0 9 * * *", "CRON_TZ=UTC 0 0 * * *", "TZ=Asia/Kolkata 15 5 * * *", "TZ=Europe/Berlin 30 2 29 3 *", "1,2,30-40/3 * * * *", "0 12 31 * *", "0 12 31 4 *", "0 0 13 * 5", "TZ=Australia/Lord_Howe 15 2 * * *", "59 23 31 12 *", "29 10 4 3 *", "30 10 4 3 *"}
	values := joinAll(expressions, []string{".m", ".b", ".em", ".l", ".n", ".none", ".f"})
	return domain{functions, data, joinAll(each("cronMinute cronHour cronDom cronMonth cronDow cronValid cronNormalize cronDescribe", joinAll(expressions, []string{".n", ".none"})), calls("cronField", expressions, []string{"0", "4", "5", "-1", ".n", "7"}),
		each("cronFromMap cronFromAny cronToMap", values), calls("cronExpr", quoted("", "0", " 1 "), quoted("2", ""), quoted("", "*"), quoted("3"), quoted("", "5")), calls("nextCron", quoted(fires...)))}
}

// unique keeps the first of each.
func unique(texts []string) []string {
	seen, all := map[string]bool{}, []string{}
	for _, text := range texts {
		if !seen[text] && text != "" {
			seen[text] = true
			all = append(all, text)
		}
	}
	return all
}
