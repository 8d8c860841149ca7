"""Install each .deb into a bare Debian, use it there as two normal users, remove it, and look at what is left.

    python packaging/clean_root.py [dist/recollect_VERSION_amd64.deb …] [--release bookworm]

Needs root and Debian's debootstrap. The bare system is made once, in build/, and copied for every test; all mounts
are made in a mount namespace of its own and vanish with it, however the test ends.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from contents import ROOT
from project import project

WORK = ROOT / "build"
USERS = {"ann": 2001, "bob": 2002}
_NAMESPACE = "RECOLLECT_MOUNT_NAMESPACE"
_TEST_TOOLS = ("python3", "xvfb")
_SCRIPTS = ("smoke_test.py", "smoke_running.py", "smoke_window.py", "smoke_photos.py", "smoke_photos")
_NOT_OURS = ("/proc/", "/sys/", "/dev/", "/home/", "/tmp/", "/smoke/", "/var/lib/dpkg/", "/var/cache/", "/var/log/")


def main() -> int:
    """Run the test and return its exit status."""
    options = _options()
    if os.geteuid() != 0:
        raise SystemExit("debootstrap and chroot need root: sudo make smoke")
    if _NAMESPACE not in os.environ:
        os.environ[_NAMESPACE] = "1"
        os.execvp("unshare", ["unshare", "--mount", sys.executable, *sys.argv])
    for package in options.packages:
        root = _fresh_root(options.release)
        try:
            _test(root, package, options)
        finally:
            _run("umount", "--recursive", "--lazy", str(root / "proc"), str(root / "dev"), check=False)
            shutil.rmtree(root, ignore_errors=True)
        print(f"passed: {package.name}, installed, used by two people, removed")
    return 0


def _test(root: Path, file: Path, options: argparse.Namespace) -> None:
    package = file.name
    shutil.copyfile(file, root / "tmp" / package)
    _inside(root, "apt-get", "update", "-qq")
    _inside(root, "apt-get", "install", "-qq", "-y", "--no-install-recommends", f"/tmp/{package}")
    # Before the test's own tools bring libraries along: what the package depends on has to be enough.
    _as_user(root, "ann", "/usr/bin/recollect", "--version")
    _as_user(root, "ann", "/usr/bin/recollect", "doctor")
    _all_linked(root)
    _inside(root, "apt-get", "install", "-qq", "-y", "--no-install-recommends", *_TEST_TOOLS)
    _use(root, options)
    for user in USERS:
        _as_user(root, user, "/usr/bin/recollect", "--library", f"/home/{user}/kept", "add", "/usr/share")
    _inside(root, "apt-get", "purge", "-qq", "-y", package.partition("_")[0])
    left = [path for path in _files(root) if "recollect" in path.lower()]
    if left:
        raise SystemExit(f"left after removal: {left}")
    for user in USERS:
        if not (root / "home" / user / "kept" / "library.sqlite").is_file():
            raise SystemExit(f"{user}'s library did not survive the removal of the program")


def _use(root: Path, options: argparse.Namespace) -> None:
    """Let both users run the smoke test at the same time."""
    more = ["--version", project().version]
    if options.model:
        shutil.copytree(options.model, root / "smoke" / "model")
        more += ["--model", "/smoke/model"]
    if options.no_window:
        more.append("--no-window")
    script = ["python3", "/smoke/smoke_test.py", "/usr/bin/recollect", *more]
    running = {user: subprocess.Popen(_user_command(root, user, *script), stdout=subprocess.PIPE) for user in USERS}
    said = {user: process.communicate()[0].decode() for user, process in running.items()}
    for user, text in said.items():
        print(f"--- {user}\n{text}", end="")
    if any(process.returncode for process in running.values()):
        raise SystemExit("the smoke test failed")


def _fresh_root(release: str) -> Path:
    """Return a bare Debian, ready to be entered."""
    cache, root = WORK / f"debian-{release}", WORK / "clean-root"
    if not (cache / "complete").exists():
        shutil.rmtree(cache, ignore_errors=True)
        if not shutil.which("debootstrap"):
            _run("apt-get", "update", "-qq")
            _run("apt-get", "install", "-qq", "-y", "--no-install-recommends", "debootstrap")
        command = ["debootstrap", "--variant=minbase", release, str(cache)]
        _run(*command, *filter(None, [os.environ.get("DEBIAN_MIRROR")]))
        (cache / "complete").touch()
    shutil.rmtree(root, ignore_errors=True)
    _run("cp", "-a", "--reflink=auto", str(cache), str(root))
    (root / "complete").unlink()
    _run("mount", "-t", "proc", "proc", str(root / "proc"))
    _run("mount", "--rbind", "/dev", str(root / "dev"))
    shutil.copyfile("/etc/resolv.conf", root / "etc" / "resolv.conf")
    for user, number in USERS.items():
        _inside(root, "useradd", "--create-home", "--uid", str(number), user)
    (root / "smoke").mkdir()
    for name in _SCRIPTS:
        _run("cp", "-R", str(ROOT / "packaging" / name), str(root / "smoke" / name))
    return root


def _all_linked(root: Path) -> None:
    """Fail if a file of the program is linked to what this bare system lacks."""
    command = (
        "export LD_LIBRARY_PATH=/usr/lib/recollect/_internal;"
        " find /usr/lib/recollect -type f \\( -name '*.so*' -o -perm /111 \\) | while read -r file; do"
        ' ldd "$file" 2>/dev/null | sed -n "s,.*not found.*,$file: &,p"; done'
    )
    missing = _inside(root, "sh", "-c", command)
    if missing.strip():
        raise SystemExit(f"libraries that no dependency brings:\n{missing}")


def _user_command(root: Path, user: str, *command: str) -> list[str]:
    """Return what runs a command as a user, without network and with an empty environment."""
    number = str(USERS[user])
    person = ["setpriv", "--reuid", number, "--regid", number, "--clear-groups", "--no-new-privs"]
    empty = ["env", "-i", f"HOME=/home/{user}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", f"TMPDIR=/home/{user}"]
    return ["unshare", "--net", "chroot", str(root), *person, *empty, *command]


def _as_user(root: Path, user: str, *command: str) -> None:
    done = subprocess.run(_user_command(root, user, *command), stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode or (done.stderr and "Added" not in done.stderr):
        raise SystemExit(f"{user}: {' '.join(command)}: status {done.returncode}\n{done.stderr}")


def _inside(root: Path, *command: str) -> str:
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["chroot", str(root), *command], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"in the clean root, {' '.join(command)}:\n{done.stdout}{done.stderr}")
    return done.stdout


def _files(root: Path) -> list[str]:
    found: list[str] = []
    for folder, folders, files in os.walk(root):
        inside = "/" + os.path.relpath(folder, root).removeprefix(".").lstrip("/")
        if (inside.rstrip("/") + "/").startswith(_NOT_OURS):
            folders.clear()
            continue
        found += [f"{inside.rstrip('/')}/{name}" for name in files]
    return found


def _run(*command: str, check: bool = True) -> None:
    subprocess.run(command, check=check)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path, nargs="*", help="the .deb; by default all of this version in dist/")
    parser.add_argument("--release", default="bookworm", help="Debian's name for its release")
    parser.add_argument("--model", type=Path, help="a model folder, in place of the built-in model")
    parser.add_argument("--no-window", action="store_true", help="only the command line")
    options = parser.parse_args()
    options.packages = options.packages or sorted((ROOT / "dist").glob(f"recollect*_{project().version}_*.deb"))
    if not options.packages:
        raise SystemExit("no .deb in dist/: first make package")
    return options


if __name__ == "__main__":
    sys.exit(main())
