"""How a server is born: it dies with its parent, and what refuses to run as root does not.

Run as a script before the real program: `python -S -E birth.py PARENT SIGNAL WHO FOLDER program argument…`
PARENT is the caller's pid; SIGNAL reaches the child when the caller is gone. WHO is `same` (as the caller),
`namespace` (nobody inside a user namespace: the same files are reachable, no user is created, no folder's rights
change) or `nobody` (really nobody, where namespaces are forbidden). FOLDER must be writable afterwards.
"""

import ctypes
import os
import sys

NOBODY = 65534
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1


def into_namespace() -> None:
    uid, gid = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{NOBODY} {uid} 1"), ("gid_map", f"{NOBODY} {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def into_nobody() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def die_with(parent: int, signal: int) -> None:
    """Comes after a change of identity, which clears the wish; the look at the parent closes the race."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("The parent is gone.")


def main(parent: str, signal: str, who: str, folder: str, *command: str) -> None:
    {"same": lambda: None, "namespace": into_namespace, "nobody": into_nobody}[who]()
    die_with(int(parent), int(signal))
    if not os.access(folder, os.W_OK | os.X_OK):
        sys.exit(f"{folder} is not writable here.")
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(*sys.argv[1:])
