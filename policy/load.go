package policy

import (
	"embed"
	"io/fs"
	"path"
	"sync"
)

//go:embed data
var embedded embed.FS

// Default returns the embedded policy. It is parsed once, at the first call. It
// panics when the embedded data are broken: that is an error of the programmer,
// which the package's tests find.
func Default() *Policy { return parseDefault() }

var parseDefault = sync.OnceValue(func() *Policy {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		panic("policy: " + err.Error())
	}
	p, err := Load(data)
	if err != nil {
		panic("policy: embedded data: " + err.Error())
	}
	return p
})

// The files of the data, one a subject; the domains have a folder with one
// file each, named for their id.
const (
	fileDocument   = "document.yaml"
	fileDistricts  = "districts.yaml"
	fileLayout     = "layout.yaml"
	fileIndicators = "indicators.yaml"
	fileTargets    = "targets.yaml"
	fileFoundation = "foundation.yaml"
	filePrinciples = "principles.yaml"
	fileActions    = "actions.yaml"
	fileSafeguards = "safeguards.yaml"
	fileGovernance = "governance.yaml"
	fileDamage     = "damage.yaml"
	fileKinds      = "kinds.yaml"
	dirDomains     = "domains"
)

// Load reads the policy from the data files in fsys. The error joins one
// [DataError] for everything that is wrong; a policy comes back only without.
func Load(fsys fs.FS) (*Policy, error) {
	ld := newLoader(fsys)
	ld.document()
	ld.damage()
	ld.domains()
	ld.kinds()
	ld.districts()
	ld.layout()
	ld.indicators()
	ld.targets()
	ld.foundation()
	ld.principles()
	ld.actions()
	ld.safeguards()
	ld.governance()
	ld.strangers()
	ld.resolve()
	if err := ld.p.err(); err != nil {
		return nil, err
	}
	ld.policy.index = ld.buildIndex()
	return ld.policy, nil
}

// loader reads the files into a policy.
type loader struct {
	fsys   fs.FS
	p      *problems
	policy *Policy
	read   map[string]bool // the files that were asked for.
	checks
}

func newLoader(fsys fs.FS) *loader {
	p := &problems{}
	return &loader{fsys: fsys, p: p, policy: &Policy{}, read: map[string]bool{}, checks: newChecks(p)}
}

func (ld *loader) file(name string) *object {
	ld.read[name] = true
	return parseFile(ld.fsys, name, ld.p).object()
}

// strangers reports files that are no part of the data: a misnamed file would
// otherwise be left out in silence.
func (ld *loader) strangers() {
	err := fs.WalkDir(ld.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if ext := path.Ext(name); (ext == ".yaml" || ext == ".yml") && !ld.read[name] {
			ld.p.addf(place{file: name}, "is no file of the policy's data")
		}
		return nil
	})
	if err != nil {
		ld.p.addf(place{file: "."}, "list: %v", err)
	}
}
