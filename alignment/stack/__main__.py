"""`python -m alignment.stack run`: one instance in the foreground. `assets`: only fetch the front-end packages."""

import errno
import sys

from . import assets
from .refusal import CannotStart
from .run import run

WORDS = {"run": run, "assets": assets.fetch}


def main() -> int:
    word = sys.argv[1] if len(sys.argv) == 2 else ""
    if word not in WORDS:
        print(f"usage: python -m alignment.stack {'|'.join(WORDS)}", file=sys.stderr)
        return 2
    try:
        WORDS[word]()
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as problem:
        if problem.errno != errno.ENOSPC:
            raise
        print("The disk is full; make room, or choose another folder with DATA_DIR.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
