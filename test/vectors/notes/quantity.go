package main

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strings"
	"text/template"
)

var quantityShape = regexp.MustCompile(`^([+-]?)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?[0-9]+)?$`)

const decimalSuffixes = "n u m  k M G T P E"

type quantity struct {
	value  *big.Rat
	family string
}

func power(base, exponent int64) *big.Rat {
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(base), big.NewInt(int64(math.Abs(float64(exponent)))), nil))
	if exponent < 0 {
		return p.Inv(p)
	}
	return p
}

func read(s string) (quantity, bool) {
	m := quantityShape.FindStringSubmatch(s)
	if m == nil {
		return quantity{}, false
	}
	v, _ := new(big.Rat).SetString(strings.TrimSuffix(m[2], "."))
	if m[1] == "-" {
		v.Neg(v)
	}
	suffix := m[3]
	if i := strings.Index("KiMiGiTiPiEi", suffix); len(suffix) == 2 && i >= 0 && suffix[1] == 'i' {
		return quantity{v.Mul(v, power(1024, int64(i/2+1))), "binary"}, true
	}
	if len(suffix) > 1 {
		var exponent int64
		fmt.Sscan(strings.TrimPrefix(suffix[1:], "+"), &exponent)
		return quantity{v.Mul(v, power(10, exponent)), "exponent"}, true
	}
	for i, one := range strings.Split(decimalSuffixes, " ") {
		if one == suffix {
			return quantity{v.Mul(v, power(1000, int64(i-3))), "decimal"}, true
		}
	}
	return quantity{}, false
}

func write2(q quantity) string {
	if q.value.Sign() == 0 {
		return "0"
	}
	size := new(big.Rat).Abs(q.value)
	if q.family == "binary" && size.Cmp(power(1024, 1)) >= 0 && q.value.IsInt() {
		for i := int64(6); ; i-- {
			if v := new(big.Rat).Quo(q.value, power(1024, i)); v.IsInt() {
				return v.Num().String() + []string{"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"}[i]
			}
		}
	}
	for i := int64(6); i >= -3; i-- {
		if v := new(big.Rat).Quo(q.value, power(1000, i)); v.IsInt() {
			if q.family != "exponent" {
				return v.Num().String() + strings.Split(decimalSuffixes, " ")[i+3]
			}
			if i == 0 {
				return v.Num().String()
			}
			return fmt.Sprintf("%se%d", v.Num(), 3*i)
		}
	}
	return "?"
}

func quantityDomain() domain {
	combine := func(name string, sign int64) any {
		return func(a, b string) (string, error) {
			x, ok := read(a)
			y, ok2 := read(b)
			if !ok || !ok2 {
				return "", errors.New("!" + name)
			}
			family := x.family
			if x.value.Sign() == 0 {
				family = y.family
			}
			return write2(quantity{new(big.Rat).Add(x.value, new(big.Rat).Mul(y.value, big.NewRat(sign, 1))), family}), nil
		}
	}
	functions := template.FuncMap{
		"parseQuantity": func(s string) (float64, error) {
			q, ok := read(s)
			if !ok {
				return 0, fmt.Errorf("parseQuantity: %q is not a valid Kubernetes quantity", s)
			}
			f, _ := q.value.Float64()
			return f, nil
		},
		"formatQuantity": func(v any) (string, error) {
			var f float64
			switch n := v.(type) {
			case int:
				f = float64(n)
			case int64:
				f = float64(n)
			case float64:
				f = n
			default:
				return "", errors.New("!no number")
			}
			return write2(quantity{new(big.Rat).SetFrac64(int64(f*1000), 1000), "decimal"}), nil
		},
		"sumQuantity": combine("sumQuantity", 1), "subtractQuantity": combine("subtractQuantity", -1),
	}
	quantities := quoted("0", "1", "2", "100m", "200m", "500m", "1.5", "250u", "5n", "1k", "2M", "3G", "1T", "1Ki", "512Mi", "1Gi", "2Ti", "1.5Gi", "100Ki", "1023", "1024", "-100m", "-1Gi", "+1", "1e3", "5E2", "1e-3", "1.", ".5", "0.1Ki", "12345678", "1P", "1E", "1Ei", "0Ki")
	bad := quoted("", "x", "1 ", " 1", "1mi", "Gi", "1KiB", "--1", "1.2.3", "e3", "1K", "0x1")
	amounts := []string{"0", "1", "2", "0.25", "1.5", "2000", "1073741824", "0.0001", "0.0015", "-0.5", "1e6", ".n", ".f", ".s", ".none", "(parseQuantity \"100m\")", "1500.0", "123456.789"}
	return domain{functions, map[string]any{"n": int64(3000), "f": 0.75, "s": "1"}, joinAll(calls("parseQuantity", joinAll(quantities, bad, []string{".n", ".none"})), calls("formatQuantity", amounts),
		each("sumQuantity subtractQuantity", quantities, quantities), each("sumQuantity subtractQuantity", quantities[:4], bad))}
}
