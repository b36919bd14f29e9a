package journal

import "slices"

// width bounds the keys of a node: wide nodes make a shallow tree that is quick
// to read, narrow ones less to copy for each change.
const width = 24

// node is a node of a B-tree whose values are all in its leaves. It is shared
// by all Tables that hold it, and changed only in the batch that made it.
type node[K ~string, V any] struct {
	batch  *Batch
	keys   []K           // Of a leaf; else from which key on each kid holds them, at the least.
	values []V           // Of a leaf.
	kids   []*node[K, V] // Nil in a leaf.
}

// find returns where the key is, or would be, in a leaf, or which kid holds it.
func (n *node[K, V]) find(key K) (i int, found bool) {
	low, high := 0, len(n.keys)
	for low < high {
		middle := int(uint(low+high) >> 1)
		if n.keys[middle] < key {
			low = middle + 1
		} else {
			high = middle
		}
	}
	found = low < len(n.keys) && n.keys[low] == key
	if n.kids != nil && !found {
		return max(low-1, 0), false
	}
	return low, found
}

// own returns the node if the batch may change it, and a copy otherwise, with
// room for one key more.
func (n *node[K, V]) own(b *Batch) *node[K, V] {
	if b.open() && n.batch == b {
		return n
	}
	c := &node[K, V]{batch: b, keys: append(make([]K, 0, len(n.keys)+1), n.keys...)}
	if n.kids != nil {
		c.kids = append(make([]*node[K, V], 0, len(n.kids)+1), n.kids...)
	} else {
		c.values = append(make([]V, 0, len(n.values)+1), n.values...)
	}
	return c
}

func (t *tree[K, V]) set(key K, value V) {
	if t.root == nil {
		t.root = &node[K, V]{batch: t.batch}
	}
	left, right, added := t.root.set(t.batch, key, value)
	t.root = left
	if right != nil {
		t.root = &node[K, V]{batch: t.batch, keys: []K{left.keys[0], right.keys[0]}, kids: []*node[K, V]{left, right}}
	}
	if added {
		t.len++
	}
}

// set returns the node with the value at the key, and the node behind it when
// it had to be split.
func (n *node[K, V]) set(b *Batch, key K, value V) (left, right *node[K, V], added bool) {
	i, found := n.find(key)
	n = n.own(b)
	if n.kids != nil {
		var kid, behind *node[K, V]
		kid, behind, added = n.kids[i].set(b, key, value)
		n.kids[i], n.keys[i] = kid, min(n.keys[i], key)
		if behind == nil {
			return n, nil, added
		}
		i++
		n.keys = slices.Insert(n.keys, i, behind.keys[0])
		n.kids = slices.Insert(n.kids, i, behind)
	} else {
		if found {
			n.values[i] = value
			return n, nil, false
		}
		added = true
		n.keys = slices.Insert(n.keys, i, key)
		n.values = slices.Insert(n.values, i, value)
	}
	if len(n.keys) <= width {
		return n, nil, added
	}
	at := len(n.keys) / 2
	if i == len(n.keys)-1 { // Keys that come in their order leave full nodes behind.
		at = i
	}
	return n, n.split(at), added
}

// split returns what stands from i on in a node of its own.
func (n *node[K, V]) split(i int) *node[K, V] {
	right := &node[K, V]{batch: n.batch, keys: slices.Clone(n.keys[i:])}
	n.keys = cut(n.keys, i)
	if n.kids != nil {
		right.kids = slices.Clone(n.kids[i:])
		n.kids = cut(n.kids, i)
	} else {
		right.values = slices.Clone(n.values[i:])
		n.values = cut(n.values, i)
	}
	return right
}

// cut shortens s to n and keeps nothing behind alive.
func cut[T any](s []T, n int) []T {
	clear(s[n:])
	return s[:n]
}

// remove returns the node without the key, which it holds.
func (n *node[K, V]) remove(b *Batch, key K) *node[K, V] {
	i, _ := n.find(key)
	n = n.own(b)
	if n.kids == nil {
		n.keys = slices.Delete(n.keys, i, i+1)
		n.values = slices.Delete(n.values, i, i+1)
		return n
	}
	n.kids[i] = n.kids[i].remove(b, key)
	n.mend(b, i)
	return n
}

// mend drops a kid that is empty, and joins one that is thin with the one
// beside it where both fit well into one.
func (n *node[K, V]) mend(b *Batch, i int) {
	switch size := len(n.kids[i].keys); {
	case size == 0:
		n.keys, n.kids = slices.Delete(n.keys, i, i+1), slices.Delete(n.kids, i, i+1)
		return
	case size > width/4 || len(n.kids) == 1:
		return
	}
	i = max(i-1, 0)
	left, right := n.kids[i], n.kids[i+1]
	if len(left.keys)+len(right.keys) > width*3/4 {
		return
	}
	left = left.own(b)
	left.keys = append(left.keys, right.keys...)
	left.values = append(left.values, right.values...)
	left.kids = append(left.kids, right.kids...)
	n.kids[i] = left
	n.keys, n.kids = slices.Delete(n.keys, i+1, i+2), slices.Delete(n.kids, i+1, i+2)
}

// ascend yields the keys from the given one on, until yield wants no more.
func (n *node[K, V]) ascend(from K, yield func(K, V) bool) bool {
	i, _ := n.find(from)
	if n.kids == nil {
		for ; i < len(n.keys); i++ {
			if !yield(n.keys[i], n.values[i]) {
				return false
			}
		}
		return true
	}
	for _, kid := range n.kids[i:] {
		if !kid.ascend(from, yield) {
			return false
		}
		from = ""
	}
	return true
}

// descend yields the keys before the given one, or all when it is nil, the last
// one first, until yield wants no more.
func (n *node[K, V]) descend(before *K, yield func(K, V) bool) bool {
	end := len(n.keys) - 1
	if before != nil {
		end, _ = n.find(*before)
		if n.kids == nil {
			end--
		}
	}
	for i := end; i >= 0; i-- {
		if n.kids == nil {
			if !yield(n.keys[i], n.values[i]) {
				return false
			}
			continue
		}
		if !n.kids[i].descend(before, yield) {
			return false
		}
		before = nil
	}
	return true
}
