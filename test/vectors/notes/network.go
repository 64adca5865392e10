package main

import (
	"encoding/json"
	"net"
	"net/mail"
	"net/url"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"text/template"
)

func sortedKeys(m map[string]any) []string {
	keys := []string{}
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

var (
	labelValue = regexp.MustCompile(`^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$`)
	subdomain  = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)
	git        = regexp.MustCompile(`^((https?|git|ssh)://\S+|[\w.-]+@[\w.-]+:[\w./~-]+)$`)
	image      = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:\w[\w.-]{0,127}|@[a-z0-9]+:[a-fA-F0-9]{32,})?$`)
)

func isName(s string) bool { return s != "" && len(s) <= 63 && labelValue.MatchString(s) }

func isQualified(s string) bool {
	prefix, name, found := strings.Cut(s, "/")
	if !found {
		return isName(s)
	}
	return len(prefix) <= 253 && subdomain.MatchString(prefix) && isName(name)
}

func domainHost(v any) string {
	s, _ := v.(string)
	s = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(s), "https://"), "http://")
	return strings.TrimSuffix(s, "/")
}

func networkDomain() domain {
	functions := template.FuncMap{
		"ipValid":     func(s string) bool { return net.ParseIP(s) != nil },
		"ipIsPrivate": func(s string) bool { ip := net.ParseIP(s); return ip != nil && ip.IsPrivate() },
		"cidrContains": func(cidr, s string) bool {
			_, network, err := net.ParseCIDR(cidr)
			ip := net.ParseIP(s)
			return err == nil && ip != nil && network.Contains(ip)
		},
		"domainHost": domainHost, "domainBare": func(v any) string { return strings.TrimPrefix(domainHost(v), "www.") },
		"isValidEmail": func(s string) bool {
			trimmed := strings.TrimSpace(s)
			address, err := mail.ParseAddress(trimmed)
			return err == nil && address.Address == trimmed
		},
		"isValidGitRepository": git.MatchString,
		"isValidURL": func(s string) bool {
			u, err := url.Parse(s)
			return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" &&
				(strings.HasPrefix(u.Host, "[") || strings.Count(u.Host, ":") <= 1)
		},
		"isValidImageRef": image.MatchString, "isValidJSON": func(s string) bool { return json.Valid([]byte(s)) },
		"isValidPort":       func(s string) bool { n, err := strconv.Atoi(s); return err == nil && n >= 1 && n <= 65535 },
		"isValidLabelValue": func(s string) bool { return len(s) <= 63 && labelValue.MatchString(s) },
		"isValidLabelKey":   isQualified, "isValidAnnotationKey": isQualified,
		"isDNS1123Subdomain": func(s string) bool { return len(s) <= 253 && subdomain.MatchString(s) },
	}
	addresses := []string{"10.0.0.1", "172.16.0.1", "172.31.255.255", "172.32.0.1", "192.168.1.1", "127.0.0.1", "169.254.1.1", "100.64.0.1", "8.8.8.8", "010.0.0.1", "1.2.3", "1.2.3.4.5",
		"256.1.1.1", "", "::1", "::", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "2001:db8::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
		"1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", ":1", "1:", "1:2:3:4:5:6:1.2.3.4", "::1.2.3.4", "::1.2.3.400", " 10.0.0.1", "10.0.0.1 ", "1.2.3.4:80", "0.0.0.0", "00.0.0.0"}
	networks := []string{"10.0.0.0/8", "10.1.2.3/8", "0.0.0.0/0", "10.0.0.1/32", "10.0.0.0/33", "10.0.0.0", "10.0.0.0/", "/8", "fc00::/7", "2001:db8::/32", "::/0", "::ffff:10.0.0.0/104", "fe80::%eth0/64", "10.0.0.0/08", "10.0.0.0/-1", "172.16.0.0/12", "::1/128", "::1/129"}
	mails := []string{"a@b", " a@b.io ", "T <a@b.io>", "<a@b.io>", "a.@b.io", ".a@b.io", "a..b@c", "a b@c.io", "", "@", "a@", "@b", "a@b@c", "a@b.", "a@.b", "\u00e9@\u00fc.de", "a+b@c-d.io", "\"a b\"@c.io", "\"a\"@c.io",
		"a@[1.2.3.4]", "a@b (c)", "a@b,c@d", "first.last@sub.example.io", "a!#$%&'*+-/=?^_`{|}~z@b", "a@b\n", "a\\b@c", "a;b@c", "a@b:c", "a@-b-"}
	urls := []string{"http://x", "https://x", "HTTP://x", "http://", "//x", "http:x", "http://x:abc", "http://x:80", "http://x:", "ftp://x", "x", "", "http://a b", "http://x/a b", "http://x/%zz", "http://x/%20", "http://x?q=%zz",
		"http://x#%zz", "http://x#a", "http://[::1]", "http://[::1]:80", "http://[::1", "http://u:p@x", "http://u@x:1", "http://u p@x", "http://x\u007f", "http://\u00fc.de", "http://x.io/a?b=c#d", " http://x", "http://x ", "http:///x", "http://x:80:90", "http://a_b", "http://a^b", "http://a{b}", "https://x:99999", "http://x\n", "http://a|b", "http://a\\b", "http://?x", "http://#x", "http://x/[a]"}
	images := []string{"r.io:5000/t/app:1", "My/App", "app", "app:1", "app:", "app@sha256:0123456789abcdef0123456789abcdef", "app:1@sha256:0123456789abcdef0123456789abcdef", "app@sha256:0123", "a/b/c", "a//b", "/a", "a/", "A.io/b", "localhost:5000/b", "a__b", "a-_b", "-a", "a-", "a:1.2_3-x", "a:.1", "", "nginx:1.27-alpine", "a b", "registry/UP:1"}
	jsons := []string{"1", "", "{}", "[1,]", "{\"a\":1}", "nul", "null", " true ", "'a'", "\"a\"", "01", "1e5", "[", "{\"a\":}", "\"\t\"", "1 2"}
	ports := []string{"80", "080", "+80", "0", "8080.0", " 80", "65535", "65536", "-1", "", "1", "1_000", "0x50", "99999999999999999999"}
	labels := []string{"", "a", "-a", "a-", "team a", "A_b.c-d", strings.Repeat("a", 63), strings.Repeat("a", 64), "a.io/tier", "/x", "x/", "a/b/c", "A.io/x", "a..b/x", "a-b.c", "A", "a..b", strings.Repeat("a.", 127) + "a", "\u00e9", "a\n"}
	repositories := []string{"git@h.io:a/b.git", "ftp://x/y", "https://h.io/a", "ssh://git@h.io/a", "git://h", "http://", "h.io/a", "a@b:", "a b@c:d", "https:// x", "git@h.io:~u/x", "git@h.io"}
	domains := joinAll(quoted(" http://a.io ", "https://a.io/x/", "https://www.a.io/", "www.www.a.io", "https://http://a", "http://https://a", "a.io//", "", "HTTPS://a", "a:80/"), []string{".n", ".none"})
	return domain{functions, map[string]any{"n": int64(80)}, joinAll(
		each("ipValid ipIsPrivate", joinAll(quoted(addresses...), []string{".n", ".none"})), calls("cidrContains", quoted(networks...), quoted(addresses...)), calls("cidrContains", quoted("10.0.0.0/8", "10.1.2.3/8"), quoted(addresses...)),
		each("domainHost domainBare", domains), calls("isValidEmail", quoted(mails...)), calls("isValidURL", quoted(urls...)), calls("isValidImageRef", quoted(images...)), calls("isValidJSON", quoted(jsons...)),
		calls("isValidPort", joinAll(quoted(ports...), []string{".n"})), each("isValidLabelValue isValidLabelKey isValidAnnotationKey isDNS1123Subdomain", joinAll(quoted(labels...), []string{".n", ".none"})), calls("isValidGitRepository", quoted(repositories...)),
	)}
}
