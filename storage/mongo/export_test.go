package mongo

// PretendStreams makes the store expect change streams of any server.
func (s *Store) PretendStreams() { s.streams = true }
