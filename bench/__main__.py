"""Runs every measurement on a database of its own and prints what it found."""

import sys

from .house import house


def main() -> int:
    with house():
        from . import decisions, ledger, pages, plan, requests, signing, twins

        for measured in (pages, requests, decisions, plan, signing, twins, ledger):
            print(measured.__doc__.strip().splitlines()[0])
            for line in measured.measure():
                print(f"  {line}")
            print(flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
