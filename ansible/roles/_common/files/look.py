#!/usr/bin/env python3
"""Looks at a host and changes nothing: what would keep Holdfast from running here.

Takes one argument, a JSON object; prints one, in which `problems` stop the playbook. Standard
library alone: a bare host has nothing else.
"""

import base64
import fcntl
import glob
import json
import os
import pwd
import re
import subprocess
import sys
import time

SYSTEMS = {("debian", "12"), ("debian", "13"), ("ubuntu", "24.04")}
LEAST_SYSTEMD = 252
TRUSTED = "/etc/holdfast/tls/ca.crt"
MIB = 1 << 20
CERTIFICATE = re.compile(
    "-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL
)


def said(*command):
    """What a command prints; nothing where it is not there or fails."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def text_of(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def system_problems():
    release = {}
    for line in text_of("/etc/os-release").splitlines():
        key, _, value = line.partition("=")
        release[key] = value.strip('"')
    if (release.get("ID"), release.get("VERSION_ID")) not in SYSTEMS:
        name = release.get("PRETTY_NAME", "an unknown system")
        yield (
            f"it runs {name}; Holdfast's packages are for Debian 12, Debian 13 and Ubuntu 24.04"
        )
    if os.uname().machine != "x86_64":
        yield f"its processor is {os.uname().machine}; Holdfast's packages are for x86_64"


def systemd_problems():
    if not os.path.isdir("/run/systemd/system"):
        yield "systemd is not its init system; Holdfast's services are systemd units"
        return
    version = re.match(r"systemd (\d+)", said("systemctl", "--version"))
    if version and int(version.group(1)) < LEAST_SYSTEMD:
        yield f"its systemd is {version.group(1)}; {LEAST_SYSTEMD} or newer is needed"


def installed_version(package):
    """The version that is completely installed; empty where none is."""
    answer = said("dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", package)
    status, _, version = answer.partition(" ")
    return version if status == "installed" else ""


def properties(unit, *names):
    asked = said("systemctl", "show", unit, *(f"-p{name}" for name in names))
    return dict(line.partition("=")[::2] for line in asked.splitlines())


def has_candidate(package):
    found = re.search(r"Candidate: (\S+)", said("apt-cache", "policy", package))
    return bool(found) and found.group(1) != "(none)"


def need_problems(needs, notes):
    """Needs are the packages that the agent cannot do without; apt brings those that it has."""
    for need in needs:
        package, unit = need["package"], need["unit"]
        state = properties(unit, "LoadState", "ActiveState")
        load = state.get("LoadState")
        if (
            load == "loaded"
            and unit.endswith(".socket")
            and state["ActiveState"] != "active"
        ):
            yield f"{unit} is not active: run systemctl start {unit}"
        elif load == "masked":
            yield f"{unit} is masked: run systemctl unmask {unit}"
        elif load == "loaded":
            continue
        elif has_candidate(package):
            notes.append(f"{package} is not here; apt installs it with Holdfast")
        else:
            yield (
                f"{package} is not here and apt has no such package:"
                f" run apt-get update, or install {package} by hand"
            )


def space_problems(least_mib):
    for path, least in least_mib.items():
        try:
            stat = os.statvfs(path)
        except OSError as problem:
            yield f"{path} of holdfast_least_free_mib: {problem.strerror}"
            continue
        free = stat.f_bavail * stat.f_frsize // MIB
        if free < least:
            yield f"{path} has {free} MiB free, and {least} MiB are needed: make room there"


def wait_for_dpkg():
    """An earlier run that was cut off may still be installing: its end is waited for."""
    try:
        with open("/var/lib/dpkg/lock-frontend", "r+b") as lock:
            for _ in range(240):
                try:
                    fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return
                except BlockingIOError:
                    time.sleep(0.5)
    except OSError:
        return


def dpkg_problems():
    if os.path.isdir("/var/lib/dpkg/updates") and os.listdir("/var/lib/dpkg/updates"):
        yield "an earlier installation was interrupted: run dpkg --configure -a"
        return
    states = said("dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n")
    for line in states.splitlines():
        status, _, package = line.partition(" ")
        broken = status in ("unpacked", "half-configured", "half-installed")
        # Our own are installed again by this run, which mends them.
        if broken and not package.startswith("holdfast-"):
            yield f"the package {package} is {status}: run dpkg --configure -a"


def version_problems(wanted, installed, upgrade, downgrade):
    package, version = wanted["package"], wanted["version"]
    if not installed or installed == version:
        return
    older = subprocess.run(
        ["dpkg", "--compare-versions", version, "lt", installed], check=False
    )
    if older.returncode == 0 and not downgrade:
        yield (
            f"{package} {installed} is installed and the package here is {version}, which is"
            " older: set holdfast_allow_downgrade=true if that is meant"
        )
    elif not upgrade:
        yield (
            f"{package} {installed} is installed and the package here is {version}:"
            " run upgrade.yml, which goes host by host"
        )


def restarts_set_after(dropins, ours):
    """Drop-ins that systemd reads after ours, and that set Restart= to something else."""
    for path in dropins:
        if os.path.basename(path) > ours:
            values = re.findall(r"^\s*Restart\s*=\s*(\S*)", text_of(path), re.MULTILINE)
            if values and values[-1] != "no":
                yield path, values[-1]


def unit_problems(service, unit, state, ours):
    if state.get("LoadState") == "not-found":
        yield (
            f"agent_services.{service}: there is no unit {unit} here:"
            " install the service first, or take it off the list"
        )
    elif state.get("LoadState") == "masked":
        yield f"agent_services.{service}: {unit} is masked: run systemctl unmask {unit}"
    elif state.get("LoadState") != "loaded":
        yield (
            f"agent_services.{service}: systemd cannot load {unit}"
            f" ({state.get('LoadState')}): see systemctl status {unit}"
        )
    for path, value in restarts_set_after(state.get("DropInPaths", "").split(), ours):
        yield (
            f"agent_services.{service}: {path} sets Restart={value} and is read after {ours}:"
            f" somebody else restarts {unit}; remove that line, or take it off the list"
        )


def job_problems(jobs):
    """What a job of the allowlist needs on this host; the agent itself checks how it is written."""
    for name, job in jobs.items():
        if not isinstance(job, dict):
            yield f"agent_jobs.{name}: a mapping with kind, user and directory is expected"
            continue
        user, directory = job.get("user", ""), job.get("directory", "")
        try:
            pwd.getpwnam(user)
        except KeyError:
            yield (
                f"agent_jobs.{name}: there is no user {user or 'named'} here:"
                " install the service first, or take the job off the list"
            )
        if not os.path.isdir(directory):
            yield f"agent_jobs.{name}: there is no directory {directory or 'named'} here"


def certificates(path):
    """The certificates in a file as base64 without line breaks; never its key."""
    found = []
    for body in CERTIFICATE.findall(text_of(path)):
        plain = "".join(body.split())
        try:
            base64.b64decode(plain, validate=True)
        except ValueError:
            continue
        found.append(plain)
    return found


def read_last(path):
    """Name of each reader, and the digest of what it has read."""
    return dict(
        line.split(" ", 1) for line in text_of(path).splitlines() if " " in line
    )


def guarded_by_drop_in(name):
    """Units that have our drop-in, whether or not they are on the list now."""
    found = glob.glob(f"/etc/systemd/system/*.d/{name}")
    return sorted(os.path.basename(os.path.dirname(path))[:-2] for path in found)


def look(asked):
    wait_for_dpkg()
    problems, notes = [], []
    ours = asked["drop_in"]
    units = {
        name: properties(
            unit,
            "LoadState",
            "ActiveState",
            "InvocationID",
            "DropInPaths",
            "NeedDaemonReload",
        )
        for name, unit in asked["services"].items()
    }
    installed = installed_version(asked["package"])
    problems += system_problems()
    without_systemd = list(systemd_problems())
    problems += without_systemd or need_problems(asked["needs"], notes)
    problems += space_problems(asked["least_free_mib"])
    problems += dpkg_problems()
    problems += job_problems(asked["jobs"])
    problems += version_problems(
        asked, installed, asked["upgrade"], asked["allow_downgrade"]
    )
    if not without_systemd:
        for name, unit in asked["services"].items():
            problems += unit_problems(name, unit, units[name], ours)
    return {
        "problems": problems,
        "notes": notes,
        "installed": installed,
        "invocations": {
            unit: units[name].get("InvocationID", "")
            for name, unit in asked["services"].items()
        },
        "unread": [
            unit
            for name, unit in asked["services"].items()
            if units[name].get("NeedDaemonReload") == "yes"
        ],
        "guarded": guarded_by_drop_in(ours),
        # Of a run that was interrupted.
        "leftover": os.path.exists("/var/cache/holdfast"),
        "read": read_last(asked["reads"]),
        "trusted": certificates(TRUSTED),
        "certificates": {path: certificates(path) for path in asked["certificates"]},
    }


if __name__ == "__main__":
    print(json.dumps(look(json.loads(sys.argv[1]))))
