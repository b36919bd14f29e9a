package ask

// spares keeps a few values to be used again. Unlike a [sync.Pool] it is not emptied by
// the collector, so that a question allocates as much after a collection as before.
type spares[T any] chan *T

// maxSpares is how many are kept: as many questions as are worked on at once on a large
// machine; more make do with new ones.
const maxSpares = 16

func newSpares[T any]() spares[T] { return make(spares[T], maxSpares) }

// take returns one of those that are kept, or a new one of the function.
func (s spares[T]) take(fresh func() *T) *T {
	select {
	case v := <-s:
		return v
	default:
		return fresh()
	}
}

// keep puts one back, if there is room.
func (s spares[T]) keep(v *T) {
	select {
	case s <- v:
	default:
	}
}
