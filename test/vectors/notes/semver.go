package main

import (
	"fmt"
	"strings"
	"text/template"

	"github.com/Masterminds/semver/v3"
)

func version(s string) *semver.Version {
	v, err := sprigFunction[func(string) (*semver.Version, error)]("semver")(s)
	if err != nil {
		return nil
	}
	return v
}

func semverDomain() domain {
	part := func(get func(*semver.Version) uint64) func(string) string {
		return func(s string) string {
			if v := version(s); v != nil {
				return fmt.Sprint(get(v))
			}
			return ""
		}
	}
	functions := template.FuncMap{
		"semverMajor": part((*semver.Version).Major), "semverMinor": part((*semver.Version).Minor), "semverPatch": part((*semver.Version).Patch),
		"semverValid": func(s string) bool { return version(s) != nil },
		"semverCompare": func(a, b string) int {
			x, y := version(a), version(b)
			if x == nil || y == nil {
				return 0
			}
			return x.Compare(y)
		},
		"semverBump": func(s, part string) string {
			v := version(s)
			if v == nil {
				return s
			}
			switch strings.ToLower(part) {
			case "major":
				return fmt.Sprintf("%d.0.0", v.Major()+1)
			case "minor":
				return fmt.Sprintf("%d.%d.0", v.Major(), v.Minor()+1)
			case "patch":
				return fmt.Sprintf("%d.%d.%d", v.Major(), v.Minor(), v.Patch()+1)
			}
			return s
		},
		"semverConstraint": func(s, constraint string) bool {
			ok, err := sprigFunction[func(string, string) (bool, error)]("semverCompare")(constraint, s)
			return err == nil && ok
		},
	}
	versions := quoted("1.2.3", "v1.2.3", "1", "1.2", "v1.2", "0.0.0", "0.0.3", "0.2.3", "0.3.0", "1.3.0", "1.4.5", "1.4.6", "2.0.0", "11.1.0", "1.0.0-rc.2", "1.0.0-rc.10", "1.5.0-rc1", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-1",
		"1.2.3+b5", "1.2.3-rc1+b5", "01.2.3", "1.2.3-01", "V1.2.3", " 1.2.3", "1.2.3.4", "", "x", "1.2.x", "18446744073709551616.0.0", "1.2.3-", "1..3", "1.2.3-a_b")
	constraints := quoted("*", "", "x", "1.x", "1.2.x", "^1.0", "^1", "^1.2.3", "^0.2.3", "^0.2", "^0.0.3", "^0.0", "^0", "~1.2", "~1", "~1.2.3", "~0.0.0", "~>1.2", ">=1.0.0", ">=1.0.0-0", ">1", ">1.2", ">1.2.3", "<2", "<=1", "<=1.2",
		"<=1.2.3", "=1.2.3", "=1.2", "!=1.2.3", "!=1.x", "!=1.2.x", "!=*", "1.2 - 1.4.5", "1.2.3 - 2", ">=1.0, <2.0", ">=1.0 <2.0", ">=1.0,<2.0", ">1.0 <1.0 || ^1.2", "1 || 2", "=>1.0", "=<1.0", "^*", ">=1.0.0-rc.1 <2.0.0", "bad", ">", ">= ", ", 1", "1,,2", "1 | 2", "^v1.2", " ^1.2 ", "1.2.3-rc1", "~1.5.0-rc1", "^1.0.0-rc.3", "!=1.5.0-rc1", "1.0.0 ,2.0.0", ">= 1.2.3", "> x", "^1.x", "1.*.3", "~X")
	return domain{functions, map[string]any{"n": int64(1)}, joinAll(
		each("semverMajor semverMinor semverPatch semverValid", joinAll(versions, []string{".n", ".none"})), each("semverCompare", versions, versions), each("semverCompare", versions[:20], versions[:10]),
		calls("semverBump", versions, quoted("major", "Minor", "PATCH", "", "x")), semverPairs(versions, constraints),
	)}
}

// semverPairs is every pair: the rules have many corners.
func semverPairs(versions, constraints []string) []string {
	var all []string
	for _, v := range versions {
		for _, c := range constraints {
			all = append(all, "{{ semverConstraint "+v+" "+c+" }}")
		}
	}
	return all
}
