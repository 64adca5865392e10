//go:build tools

// Pins the helm that charts are rendered with in tests of the helm source.
package tools

import _ "helm.sh/helm/v3/cmd/helm"
