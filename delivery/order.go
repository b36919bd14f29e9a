package delivery

import (
	"encoding/binary"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"wainao/journal"
)

// place is where a delivery stands among all: they sort in the order in which
// they were planned. A prefix may stand in front of it.
type place string

const placeLen = 16

// atEnd is behind every place.
var atEnd = place(strings.Repeat("\xff", placeLen))

func placeOf(planned time.Time, seq uint64) place {
	var b [placeLen]byte
	binary.BigEndian.PutUint64(b[:8], uint64(max(planned.UnixMilli(), 0)))
	binary.BigEndian.PutUint64(b[8:], seq)
	return place(b[:])
}

func (d Delivery) place() place { return placeOf(d.Planned, d.seq) }

func (j JobName) prefix() place   { return place(j) + "\x00" }
func (r Recipient) prefix() place { return place(r) + "\x00" }

// order holds ids in the order in which their deliveries were planned, in
// chunks behind the place of their first one: an id in a chunk takes a fraction
// of what one of its own in a table takes. Like a table it is never changed.
type order struct {
	chunks journal.Table[place, []ID]
}

// chunkLen is how many ids are kept together.
const chunkLen = 128

// add returns the order with the deliveries behind each prefix. They are newer
// than all that are there.
func (o order) add(fresh map[place][]*Delivery) order {
	chunks := map[place][]ID{}
	for prefix, all := range fresh {
		key, chunk := o.last(prefix)
		for len(all) > 0 {
			if key == "" || len(chunk) >= chunkLen {
				key, chunk = prefix+all[0].place(), nil
			}
			n := min(chunkLen-len(chunk), len(all))
			next := append(make([]ID, 0, len(chunk)+n), chunk...)
			for _, d := range all[:n] {
				next = append(next, d.ID)
			}
			chunks[key] = next
			chunk, all = next, all[n:]
		}
	}
	return order{o.chunks.SetAll(maps.All(chunks))}
}

// last returns the newest chunk behind the prefix, and its key; "" when there
// is none.
func (o order) last(prefix place) (key place, chunk []ID) {
	for key, chunk := range o.chunks.Before(prefix + atEnd) {
		if strings.HasPrefix(string(key), string(prefix)) {
			return key, chunk
		}
		break
	}
	return "", nil
}

// before yields the ids behind the prefix, the newest first, from about the
// place on: up to a chunk of them stands behind it.
func (o order) before(prefix, end place) iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for key, chunk := range o.chunks.Before(prefix + end) {
			if !strings.HasPrefix(string(key), string(prefix)) {
				return
			}
			for _, id := range slices.Backward(chunk) {
				if !yield(id) {
					return
				}
			}
		}
	}
}
