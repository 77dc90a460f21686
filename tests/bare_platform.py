"""``onex`` on a platform that lacks what Windows or macOS lacks, as far as Linux can play it.

``python -m tests.bare_platform windows validate …`` takes away modules, functions and flags, lets a
folder be opened by nobody and a file only as binary, and then is the command ``onex``.
"""

import builtins
import os
import select
import signal
import socket
import sys

MACOS_LACKS = (
    "memfd_create pipe2 sched_getaffinity sched_setaffinity getrandom posix_fallocate "
    "copy_file_range eventfd pidfd_open O_PATH O_TMPFILE waitid P_PID WEXITED WNOWAIT"
).split()

WINDOWS_LACKS = (
    *MACOS_LACKS,
    *(
        "fork forkpty register_at_fork posix_spawn posix_spawnp killpg setsid getsid setpgid getpgid "
        "getpgrp tcgetpgrp ctermid geteuid getuid getegid getgid getgroups setuid setgid fchmod fchown "
        "chown lchown fchdir mkfifo mknod wait3 wait4 waitid WEXITED P_PID pread pwrite "
        "set_blocking get_blocking openpty ttyname statvfs uname sysconf fdatasync sendfile lockf nice "
        "getloadavg O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_DIRECTORY O_NOCTTY O_SYNC"
    ).split(),
)
WINDOWS_LACKS_SIGNALS = (
    "SIGKILL SIGHUP SIGPIPE SIGALRM SIGCHLD SIGUSR1 SIGUSR2 SIGQUIT SIGSTOP SIGTSTP SIGCONT "
    "setitimer alarm pause pthread_sigmask sigwait"
).split()
WINDOWS_LACKS_MODULES = ("fcntl", "resource", "termios", "tty", "pty", "pwd", "grp")

O_BINARY = 1 << 29
"""Stands for the flag that Windows alone has."""

real_open, real_fspath = os.open, os.fspath


def open_as_on_windows(path, flags, mode=0o777, *, dir_fd=None):
    """No folder can be opened, none is a starting point, and what is not binary is translated."""
    if dir_fd is not None:
        raise NotImplementedError("dir_fd unavailable on this platform")
    if not flags & O_BINARY and path != os.devnull:
        raise AssertionError(f"{path} is opened as text, so its line ends would be translated")
    if os.path.isdir(path):
        raise PermissionError(13, "Permission denied", real_fspath(path))
    return real_open(path, flags & ~O_BINARY | 0o2000000, mode)


def open_plainly(path, flags):
    """What the function ``open`` does, which knows how files are opened."""
    return real_open(path, flags | 0o2000000, 0o666)


def take_away(place, names):
    """Whatever of ``names`` there is."""
    for name in names:
        if hasattr(place, name):
            delattr(place, name)


def become_windows():
    """After this nothing of Unix is left that onex could lean on."""
    for name in WINDOWS_LACKS_MODULES:
        sys.modules[name] = None
    take_away(os, WINDOWS_LACKS)
    take_away(signal, WINDOWS_LACKS_SIGNALS)
    take_away(select, ["poll", "epoll"])
    take_away(socket, ["send_fds", "recv_fds", "AF_UNIX"])
    for known in ("supports_dir_fd", "supports_fd", "supports_follow_symlinks"):
        setattr(os, known, set())
    os.O_BINARY = O_BINARY
    os.open = open_as_on_windows
    real_builtin = builtins.open

    def opened(file, mode="r", *arguments, **options):
        options.setdefault("opener", open_plainly)
        return real_builtin(file, mode, *arguments, **options)

    builtins.open = opened


def main():
    """Become the platform, then ``onex``."""
    shape = sys.argv.pop(1)
    import subprocess  # noqa: PLC0415 - git is called as Python does it on this platform

    subprocess.Popen.kill = subprocess.Popen.terminate  # as on Windows
    if shape == "windows":
        become_windows()
    elif shape == "macos":
        take_away(os, MACOS_LACKS)
    from onex.cli.main import main as onex  # noqa: PLC0415

    onex()


if __name__ == "__main__":
    main()
