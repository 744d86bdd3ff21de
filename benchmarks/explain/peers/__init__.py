"""One module a peer; each is run alone: `python -m peers.NAME INPUT.json` prints one JSON line."""
