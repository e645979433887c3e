"""Two entries that are one vendor: found by their names, merged by a person, undone when that was wrong."""
