package journal

import (
	"iter"

	iradix "github.com/hashicorp/go-immutable-radix/v2"
)

// Table is the map that states are made of: ordered by key, and never changed.
// Set and Delete return a new Table that shares what it can with the old one,
// so a state that holds Tables can be kept, read and compared while newer ones
// are made of it. The zero Table is empty and ready to use.
type Table[K ~string, V any] struct {
	tree *iradix.Tree[V]
}

// Len returns the number of keys.
func (t Table[K, V]) Len() int {
	if t.tree == nil {
		return 0
	}
	return t.tree.Len()
}

// Get returns the value at key.
func (t Table[K, V]) Get(key K) (V, bool) {
	if t.tree == nil {
		var zero V
		return zero, false
	}
	return t.tree.Get([]byte(key))
}

// Has reports whether there is a value at key.
func (t Table[K, V]) Has(key K) bool {
	_, ok := t.Get(key)
	return ok
}

// Set returns the Table with value at key.
func (t Table[K, V]) Set(key K, value V) Table[K, V] {
	tree := t.tree
	if tree == nil {
		tree = iradix.New[V]()
	}
	tree, _, _ = tree.Insert([]byte(key), value)
	return Table[K, V]{tree}
}

// SetAll returns the Table with all the values at their keys. It copies less
// than as many Sets.
func (t Table[K, V]) SetAll(all iter.Seq2[K, V]) Table[K, V] {
	tree := t.tree
	if tree == nil {
		tree = iradix.New[V]()
	}
	txn := tree.Txn()
	for key, value := range all {
		txn.Insert([]byte(key), value)
	}
	return Table[K, V]{txn.Commit()}
}

// Delete returns the Table without key.
func (t Table[K, V]) Delete(key K) Table[K, V] {
	if t.tree == nil {
		return t
	}
	tree, _, _ := t.tree.Delete([]byte(key))
	return Table[K, V]{tree}
}

// All yields the keys and values in the order of the keys' bytes.
func (t Table[K, V]) All() iter.Seq2[K, V] { return t.Prefix("") }

// Prefix yields the keys that start with prefix, and their values, in order.
func (t Table[K, V]) Prefix(prefix K) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		if t.tree == nil {
			return
		}
		it := t.tree.Root().Iterator()
		it.SeekPrefix([]byte(prefix))
		for key, value, ok := it.Next(); ok; key, value, ok = it.Next() {
			if !yield(K(key), value) {
				return
			}
		}
	}
}

// Backward yields the keys and values in the reverse of their order.
func (t Table[K, V]) Backward() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		if t.tree == nil {
			return
		}
		it := t.tree.Root().ReverseIterator()
		for key, value, ok := it.Previous(); ok; key, value, ok = it.Previous() {
			if !yield(K(key), value) {
				return
			}
		}
	}
}

// Before yields the keys that stand before key, and their values, in the
// reverse of their order.
func (t Table[K, V]) Before(key K) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		if t.tree == nil {
			return
		}
		it := t.tree.Root().ReverseIterator()
		it.SeekReverseLowerBound([]byte(key))
		for k, value, ok := it.Previous(); ok; k, value, ok = it.Previous() {
			if string(k) == string(key) {
				continue
			}
			if !yield(K(k), value) {
				return
			}
		}
	}
}
