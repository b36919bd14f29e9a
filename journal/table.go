package journal

import (
	"iter"
	"strings"
)

// Table is the map that states are made of: ordered by key, and never changed.
// Set and Delete return a new Table that shares what it can with the old one,
// so a state that holds Tables can be kept, read and compared while newer ones
// are made of it. The zero Table is empty and ready to use.
//
// Only in a [Batch] is it changed in place; see [Table.In].
type Table[K ~string, V any] struct {
	tree *tree[K, V]
}

// tree is a Table's root. Only a batch that has not ended changes it.
type tree[K ~string, V any] struct {
	root  *node[K, V] // Nil when there is no key.
	len   int
	batch *Batch
}

// Batch is a number of changes whose steps nobody looks at. In it, Tables are
// changed in place, which takes a fraction of the time.
type Batch struct{ ended bool }

// End ends the batch: the Tables in it are never changed again.
func (b *Batch) End() { b.ended = true }

func (b *Batch) open() bool { return b != nil && !b.ended }

// In returns the Table in a batch; t itself stays as it is. Until the batch
// ends, Set and Delete change the Table that they are called on, and what they
// return is the same Table. So nothing may hold on to an older one or range
// over it meanwhile, and one goroutine alone may use it.
func (t Table[K, V]) In(b *Batch) Table[K, V] {
	in := &tree[K, V]{batch: b}
	if t.tree != nil {
		in.root, in.len = t.tree.root, t.tree.len
	}
	return Table[K, V]{in}
}

// change returns the tree that a change is made in.
func (t Table[K, V]) change() *tree[K, V] {
	switch {
	case t.tree == nil:
		return new(tree[K, V])
	case t.tree.batch.open():
		return t.tree
	}
	return &tree[K, V]{root: t.tree.root, len: t.tree.len}
}

// Len returns the number of keys.
func (t Table[K, V]) Len() int {
	if t.tree == nil {
		return 0
	}
	return t.tree.len
}

// Get returns the value at key.
func (t Table[K, V]) Get(key K) (value V, ok bool) {
	if t.tree == nil || t.tree.root == nil {
		return value, false
	}
	n := t.tree.root
	for n.kids != nil {
		i, _ := n.find(key)
		n = n.kids[i]
	}
	if i, found := n.find(key); found {
		return n.values[i], true
	}
	return value, false
}

// Has reports whether there is a value at key.
func (t Table[K, V]) Has(key K) bool {
	_, ok := t.Get(key)
	return ok
}

// Set returns the Table with value at key.
func (t Table[K, V]) Set(key K, value V) Table[K, V] {
	to := t.change()
	to.set(key, value)
	return Table[K, V]{to}
}

// SetAll returns the Table with all the values at their keys. It copies less
// than as many Sets.
func (t Table[K, V]) SetAll(all iter.Seq2[K, V]) Table[K, V] {
	if t.tree == nil || !t.tree.batch.open() {
		batch := new(Batch)
		defer batch.End()
		t = t.In(batch)
	}
	for key, value := range all {
		t.tree.set(key, value)
	}
	return t
}

// Delete returns the Table without key.
func (t Table[K, V]) Delete(key K) Table[K, V] {
	if !t.Has(key) {
		return t
	}
	to := t.change()
	to.root = to.root.remove(to.batch, key)
	for len(to.root.kids) == 1 {
		to.root = to.root.kids[0]
	}
	if len(to.root.keys) == 0 {
		to.root = nil
	}
	to.len--
	return Table[K, V]{to}
}

// All yields the keys and values in the order of the keys' bytes.
func (t Table[K, V]) All() iter.Seq2[K, V] { return t.Prefix("") }

// Prefix yields the keys that start with prefix, and their values, in order.
func (t Table[K, V]) Prefix(prefix K) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		if t.tree == nil || t.tree.root == nil {
			return
		}
		t.tree.root.ascend(prefix, func(key K, value V) bool {
			return strings.HasPrefix(string(key), string(prefix)) && yield(key, value)
		})
	}
}

// Backward yields the keys and values in the reverse of their order.
func (t Table[K, V]) Backward() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		if t.tree != nil && t.tree.root != nil {
			t.tree.root.descend(nil, yield)
		}
	}
}

// Before yields the keys that stand before key, and their values, in the
// reverse of their order.
func (t Table[K, V]) Before(key K) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		if t.tree != nil && t.tree.root != nil {
			t.tree.root.descend(&key, yield)
		}
	}
}
