package ask

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"

	"wainao/policy"
)

// indexTable is the index of the bank and the policy that come with the
// program, worked out before: reading it takes a tenth of the time. After a
// change of the bank, of the policy's data or of how questions are read, it is
// written anew; a test tells when it is stale.
//
//go:generate go test -run ^TestIndexTable$ -update .
//go:embed tables/index.bin
var indexTable string

// newIndex returns the index of the policy: the table, if it was worked out
// from the same policy and bank, or else one built now.
func newIndex(pol *policy.Policy, x *lexicon) (*index, error) {
	ix, err := decodeIndex(pol, x, indexTable)
	if errors.Is(err, errOtherIndex) {
		return buildIndex(pol, x)
	}
	return ix, err
}

// errOtherIndex is returned for a table of another policy or bank.
var errOtherIndex = errors.New("ask: the table of the index is of another policy or bank")

// print returns a number that is another for another policy or bank: of every
// name, what it stands for, and of every text.
func (x *lexicon) print(pol *policy.Policy) (uint64, error) {
	sum := uint64(0)
	put := func(parts ...string) {
		h := uint64(14695981039346656037) // FNV-1a.
		for _, s := range parts {
			for i := range len(s) {
				h = (h ^ uint64(s[i])) * 1099511628211
			}
			h *= 1099511628211
		}
		sum += h // in any order.
	}
	for k, things := range x.exact {
		t := things[0]
		put(k, t.kind.String(), t.id)
	}
	for _, p := range ownPhrases(pol) {
		put(p.sense.name, p.text)
	}
	names, err := fs.Glob(bankFiles, "bank/*.txt")
	if err != nil {
		return 0, fmt.Errorf("ask: list the bank: %w", err)
	}
	for _, name := range names {
		data, err := bankFiles.ReadFile(name)
		if err != nil {
			return 0, fmt.Errorf("ask: read the bank: %w", err)
		}
		put(name, string(data))
	}
	put(synonymList)
	return sum, nil
}

// encode writes the index as a table: its print; the names of the senses; the
// phrasings with their sense, shapes and length; the features with their
// weight and, after the weights that occur, their postings. Numbers are varints, fractions 32 bits, a text follows
// its length.
func (ix *index) encode(sum uint64) []byte {
	out := binary.LittleEndian.AppendUint64(nil, sum)
	number := func(n int) { out = binary.AppendUvarint(out, uint64(n)) } //nolint:gosec // none is negative.
	text := func(s string) { number(len(s)); out = append(out, s...) }
	fraction := func(f float32) { out = binary.LittleEndian.AppendUint32(out, math.Float32bits(f)) }
	number(len(ix.names))
	for _, s := range ix.names {
		text(s.name)
	}
	number(len(ix.phrases))
	for i := range ix.phrases {
		p := &ix.phrases[i]
		text(p.text)
		number(int(ix.of[i]))
		own := byte(0)
		if p.own {
			own = 1
		}
		out = append(out, own)
		for _, s := range []shape{p.shape, p.slots} {
			out = append(out, s.domains, s.districts, s.terms, s.indicators, s.years, s.foreign)
		}
		fraction(ix.length[i])
	}
	number(len(ix.features))
	total := 0
	for i := range ix.post {
		total += len(ix.post[i])
	}
	number(total)
	for i, f := range ix.features {
		text(f)
		fraction(ix.weight[i])
		number(len(ix.post[i]))
		var weights []float32
		for _, p := range ix.post[i] {
			weights = addOnce(weights, p.weight)
		}
		number(len(weights))
		for _, w := range weights {
			fraction(w)
		}
		last := int32(0)
		for _, p := range ix.post[i] {
			number(int(p.phrase - last))
			number(slices.Index(weights, p.weight))
			last = p.phrase
		}
	}
	return out
}

// decodeIndex reads a table. It returns errOtherIndex when the table is of
// another policy or bank.
func decodeIndex(pol *policy.Policy, x *lexicon, table string) (*index, error) {
	sum, err := x.print(pol)
	if err != nil {
		return nil, err
	}
	in := tableReader{rest: table}
	if string(in.bytes(8)) != string(binary.LittleEndian.AppendUint64(nil, sum)) {
		return nil, errOtherIndex
	}
	ix := &index{names: make([]*sense, in.count())}
	for i := range ix.names {
		name := in.bytes(in.count())
		if in.bad {
			return nil, errTable
		}
		if ix.names[i], err = newSense(pol, name); err != nil {
			return nil, fmt.Errorf("ask: the table of the index: %w", err)
		}
	}
	n := in.count()
	ix.phrases, ix.length, ix.of = make([]phrasing, n), make([]float32, n), make([]int32, n)
	for i := range ix.phrases {
		p := &ix.phrases[i]
		p.text = in.bytes(in.count())
		of := in.count()
		if of >= len(ix.names) {
			return nil, errTable
		}
		p.sense, ix.of[i] = ix.names[of], int32(of) //nolint:gosec // there are some hundred.
		p.own = in.bytes(1) == "\x01"
		for _, s := range []*shape{&p.shape, &p.slots} {
			if b := in.bytes(6); !in.bad {
				*s = shape{b[0], b[1], b[2], b[3], b[4], b[5]}
			}
		}
		ix.length[i] = in.fraction()
	}
	n = in.count()
	all := make([]posting, in.count())
	var weights []float32
	ix.features, ix.weight, ix.post = make([]string, n), make([]float32, n), make([][]posting, n)
	for i := range ix.features {
		ix.features[i] = in.bytes(in.count())
		ix.weight[i] = in.fraction()
		k := in.count()
		if k > len(all) {
			return nil, errTable
		}
		ix.post[i], all = all[:k:k], all[k:]
		weights = weights[:0]
		for range in.count() {
			weights = append(weights, in.fraction())
		}
		last := int32(0)
		for j := range ix.post[i] {
			last += int32(in.count()) //nolint:gosec // a table's numbers are small.
			w := in.count()
			if w >= len(weights) {
				return nil, errTable
			}
			ix.post[i][j] = posting{last, weights[w]}
		}
		if len(ix.post[i]) > 0 && int(last) >= len(ix.phrases) {
			return nil, errTable
		}
	}
	if in.bad || in.rest != "" {
		return nil, errTable
	}
	ix.ready()
	return ix, nil
}

// errTable is returned for a table that is broken.
var errTable = errors.New("ask: the table of the index is broken; run go generate in ask")

// tableReader reads a table. Behind its end it is bad, and everything is empty.
type tableReader struct {
	rest string
	bad  bool
}

// bytes returns the next n bytes.
func (r *tableReader) bytes(n int) string {
	if n > len(r.rest) {
		r.rest, r.bad = "", true
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// count returns the next number. None is larger than the table is long.
func (r *tableReader) count() int {
	n, shift := 0, 0
	for i := range len(r.rest) {
		b := r.rest[i]
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
		if shift += 7; shift > 21 {
			break
		}
	}
	r.rest, r.bad = "", true
	return 0
}

// fraction returns the next 32 bits.
func (r *tableReader) fraction() float32 {
	b := r.bytes(4)
	if r.bad {
		return 0
	}
	return math.Float32frombits(uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24)
}
