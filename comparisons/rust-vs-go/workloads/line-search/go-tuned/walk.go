package main

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// textFileCandidates returns the regular files below dir that are not hidden,
// in the byte order of their paths, and what could not be read on the way. A
// path begins with dir as it was given.
func textFileCandidates(dir string) (files []string, faults []error) {
	// The slash makes WalkDir follow dir itself if it is a symbolic link.
	root := strings.TrimSuffix(dir, "/") + "/"
	visit := func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			faults = append(faults, err)
			return nil
		}
		if path != root && strings.HasPrefix(entry.Name(), ".") {
			if entry.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if entry.Type().IsRegular() {
			// WalkDir cleans the paths it makes: "./a" would become "a".
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			files = append(files, root+rel)
		}
		return nil
	}
	if err := filepath.WalkDir(root, visit); err != nil {
		faults = append(faults, err)
	}
	// WalkDir's order compares name by name; "a.txt" is before "a/b" in bytes.
	slices.Sort(files)
	return files, faults
}
