"""Reading rules, vocabulary and firms from files: the border between disk and the pure packages."""
