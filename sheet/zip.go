package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// orderedZip writes an archive's files by name and with one time, so that the
// same workbook is the same bytes. It keeps them in memory until it is closed.
type orderedZip struct {
	w     io.Writer
	made  time.Time
	files []zipFile
}

type zipFile struct {
	name    string
	content *bytes.Buffer
}

func newOrderedZip(w io.Writer, made time.Time) *orderedZip { return &orderedZip{w: w, made: made} }

// Create returns where a file's content goes.
func (z *orderedZip) Create(name string) (io.Writer, error) {
	f := zipFile{name, new(bytes.Buffer)}
	z.files = append(z.files, f)
	return f.content, nil
}

// AddFS is there because excelize's interface has it; excelize does not use it.
func (z *orderedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the archive.
func (z *orderedZip) Close() error {
	slices.SortStableFunc(z.files, func(a, b zipFile) int { return strings.Compare(a.name, b.name) })
	out := zip.NewWriter(z.w)
	for _, f := range z.files {
		w, err := out.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: z.made.UTC()})
		if err != nil {
			return err
		}
		if _, err := f.content.WriteTo(w); err != nil {
			return err
		}
	}
	return out.Close()
}
