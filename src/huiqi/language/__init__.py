"""The rule language: text to syntax tree to checked tree, and back to text."""
