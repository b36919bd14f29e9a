package app

import "runtime/debug"

// version is set when an image or a release is built.
var version = ""

// Version returns the version of this build: as set by the build, else the
// module's, else "dev".
func Version() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "dev"
}
