package policy

import "wainao/lang"

// kinds takes what counts under a term; the terms must have been read. Its words
// share the terms' own: what is called so is found in one place only.
func (ld *loader) kinds() {
	o := ld.file(fileKinds)
	defer o.done()
	for _, v := range o.need("kinds").list() {
		o := v.object()
		term := o.need("term")
		ld.refer("term", term.string(), term.at)
		names := Aliases{ZH: o.need("zh").words(), EN: o.need("en").words()}
		if len(names.ZH) == 0 || len(names.EN) == 0 {
			ld.p.addf(o.at, "must have a name in both languages")
		} else {
			k := Kind{Term: term.string(), Name: lang.T(names.ZH[0], names.EN[0]), Names: names}
			ld.name("term", "a kind of "+k.Term+": "+k.Name.EN, o, names)
			ld.policy.Kinds = append(ld.policy.Kinds, k)
		}
		o.done()
	}
}
