"""How long does a library of many measures take to load, from its files and from the cache?

Run alone in a fresh process: `python loading.py FOLDER` prints the seconds of one load.
"""

import sys
import time
from pathlib import Path


def main() -> None:
    folder = Path(sys.argv[1])
    start = time.perf_counter()
    import huiqi

    imported = time.perf_counter()
    huiqi.load(folder)
    print(f"{imported - start:.4f} {time.perf_counter() - imported:.4f}")


if __name__ == "__main__":
    main()
