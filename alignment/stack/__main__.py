"""`python -m alignment.stack WORD`: `run` is a whole installation in the foreground, the rest are its parts."""

import errno
import sys

from . import assets, containers
from .refusal import CannotStart
from .run import run

WORDS = {
    "run": run,
    "assets": assets.fetch,
    "web": containers.web,
    "worker": containers.worker,
    "clock": containers.clock,
    "migrate": containers.migrate,
    "web-lives": containers.web_lives,
    "worker-lives": containers.worker_lives,
    "clock-lives": containers.clock_lives,
}


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
        print("The disk is full; make room, or choose another DATA_DIR.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
