package main

import (
	"fmt"
	"math"
	"math/rand"
	"strings"
)

type printfCase struct {
	Format string `json:"f"`
	Args   []any  `json:"a"`
	Out    string `json:"o"`
}

var printfValues = []any{int64(0), int64(42), int64(-7), int64(1234567), int64(233), int64(9731), int64(128512),
	int64(math.MaxInt64), int64(math.MinInt64), int64(1<<53 + 1), int64(0xd800), int64(0x110000),
	0.5, -3.14159, 1234567.5, 0.00001234, 2.5e-7, 2.5, 3.5, 0.15, 1e300, 5e-324, -1.7976931348623157e308, 1e21, 123456789.125,
	math.NaN(), math.Inf(1), math.Inf(-1),
	"", "ab", "a\"b\n", "h\u00e9\u2603", "back`quote", "\U0001F600 tab\t", "\u00a0\u200b\ufeff",
	true, false, nil, []any{}, []any{int64(1), "x", nil}, []any{1.5, []any{"in"}, true},
	map[string]any{}, map[string]any{"b": int64(2), "a": "y"}, map[string]any{"z": nil, "m": []any{0.25}}}

// printfCases is a fixed sample of the product of verbs, flags, widths, precisions and values, and every list of several arguments.
func printfCases() []printfCase {
	var all []printfCase
	for _, verb := range strings.Split("v T t d b o O x X c q U e E f F g G s z w %", " ") {
		for _, flag := range []string{"", "+", "-", "#", "0", " ", "+0", "-0", "#+", "# ", "+-", "#0", "0 ", "#+-0 "} {
			for _, width := range []string{"", "1", "6", "12", "40"} {
				for _, precision := range []string{"", ".", ".0", ".1", ".2", ".6", ".20"} {
					for _, value := range printfValues {
						all = append(all, printf("%"+flag+width+precision+verb, value))
					}
				}
			}
		}
	}
	random := rand.New(rand.NewSource(1))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	sample := all[:8000]
	for _, many := range []struct {
		format string
		args   []any
	}{
		{"%s-%03d", []any{"web", int64(7)}},
		{"%[2]s %[1]s", []any{"a", "b"}},
		{"%[3]d", []any{int64(1)}},
		{"%[x]d", []any{int64(1)}},
		{"%[0]d", []any{int64(1)}},
		{"%[-1]d", []any{int64(1)}},
		{"%[]d", []any{int64(1)}},
		{"%[1d", []any{int64(1)}},
		{"%[1]", []any{int64(1)}},
		{"%[", []any{int64(1)}},
		{"%[ 1]d", []any{int64(1)}},
		{"%[1]d %d %d", []any{int64(1), int64(2)}},
		{"%[2]*[1]d|", []any{int64(5), int64(8)}},
		{"%[2]*d|%d", []any{int64(5), int64(8)}},
		{"%[1]*.[2]*[3]f|", []any{int64(9), int64(2), 2.25}},
		{"%[3]*.[2]*[1]f|", []any{12.0625, int64(2), int64(6)}},
		{"%[1]*[2]d %v", []any{int64(3), int64(4), int64(5)}},
		{"%*d|%-*d|", []any{int64(5), int64(1), int64(4), int64(2)}},
		{"%*d|", []any{int64(-5), int64(1)}},
		{"%0*d|", []any{int64(5), int64(-1)}},
		{"%.*f|", []any{int64(2), 3.14159}},
		{"%*d", []any{"x", int64(1)}},
		{"%*d", []any{1.5, int64(1)}},
		{"%*d", []any{nil, int64(1)}},
		{"%*d", []any{int64(1000001), int64(1)}},
		{"%*d", []any{int64(math.MaxInt64), int64(1)}},
		{"%1000001d", []any{int64(1)}},
		{"%.1000001d|", []any{int64(1)}},
		{"%.*f", []any{int64(-1), 2.5}},
		{"%.*d", []any{}},
		{"%*d", []any{}},
		{"%*d", []any{int64(3)}},
		{"%d", []any{}},
		{"%d %d", []any{int64(1)}},
		{"%d", []any{int64(1), int64(2), "x", nil, true}},
		{"%", []any{}},
		{"%5", []any{int64(1)}},
		{"%-", []any{}},
		{"%.", []any{int64(1)}},
		{"%!", []any{int64(1)}},
		{"%!", []any{}},
		{"100%%", []any{}},
		{"%5%|%-5%|%05%", []any{}},
		{"%[1]6.2f|", []any{12.0 + 0.345}},
		{"%6.[2]*[1]f|", []any{12.345, int64(1)}},
		{"%[1].2f|%.[1]2f", []any{12.345}},
		{"%[1]2d", []any{int64(4)}},
		{"%\u2603", []any{int64(1)}},
		{"%\n", []any{int64(1)}},
		{"% d|%+d|%x|% x|%#x|%# x", []any{int64(1), int64(1), "hi", "hi", "hi", "hi"}},
		{"no verbs", []any{}},
		{"", []any{int64(1)}},
		{"", []any{}},
	} {
		sample = append(sample, printf(many.format, many.args...))
	}
	return sample
}

func printf(format string, args ...any) printfCase {
	return printfCase{format, portable(args).([]any), fmt.Sprintf(format, args...)}
}
