//go:build tools

// Package tools names the command that this module pins; nothing here is ever compiled.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
