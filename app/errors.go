package app

import "errors"

// fault marks an error that the operator can mend.
type fault struct{ error }

func operatorsFault(err error) error { return fault{err} }

// Unwrap returns the marked error.
func (f fault) Unwrap() error { return f.error }

// OperatorsFault reports whether err is something that the operator typed,
// configured or forgot, rather than a failure of the program.
func OperatorsFault(err error) bool {
	_, ok := errors.AsType[fault](err)
	return ok
}
