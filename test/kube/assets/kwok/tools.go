//go:build tools

// Pins the fake kubelet that the tests run against.
package tools

import _ "sigs.k8s.io/kwok/cmd/kwok"
