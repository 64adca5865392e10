//go:build tools

// Pins the etcd that the tests run against.
package tools

import _ "go.etcd.io/etcd/server/v3"
