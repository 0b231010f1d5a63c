#!/usr/bin/python3
"""Files and directories of a host, as they are to be: many in one step."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.text.converters import to_bytes, to_text

DOCUMENTATION = r"""
module: holdfast_files
short_description: Files and directories of a host, as they are to be
description:
  - Brings any number of files and directories into their state in one step, where a module for each
    of them would start a program on the host for each of them.
  - Each file is replaced by a rename, in the order of the list.
author:
  - The Holdfast developers (@holdfast-dr)
options:
  files:
    description:
      - What there is to be. C(content) makes a file, C(absent) removes whatever is there; with neither it
        is a directory.
    type: list
    elements: dict
    required: true
    suboptions:
      path:
        description: Where; its directory has to be there, or stand before it in the list.
        type: path
        required: true
      content:
        description: The whole of the file.
        type: str
      absent:
        description: Whether nothing is to be there.
        type: bool
        default: false
      owner:
        description: Name of its user; the one who runs this, where it is a new file and unset.
        type: str
      group:
        description: Name of its group; likewise.
        type: str
      mode:
        description: As in C("0644"); to be given for files and directories.
        type: str
"""

EXAMPLES = r"""
- name: Have a directory with a file
  holdfast_files:
    files:
      - {path: /etc/example, owner: root, group: root, mode: "0755"}
      - {path: /etc/example/greeting, content: "hello\n", owner: root, group: root, mode: "0644"}
"""

RETURN = r"""
paths:
  description: What was changed, or would be.
  type: list
  elements: str
  returned: always
"""


def bytes_of(path):
    """What is in a file; None where there is none."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as problem:
        if problem.errno in (errno.ENOENT, errno.ENOTDIR):
            return None
        raise


def remove(module, path):
    if not os.path.lexists(path):
        return False
    if not module.check_mode:
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)
    return True


def make_directory(module, path):
    if os.path.isdir(path):
        return False
    if not module.check_mode:
        os.makedirs(path)
    return True


def write(module, wanted, diffs):
    path = wanted["path"]
    before, after = bytes_of(path), to_bytes(wanted["content"])
    if before == after:
        return False
    diffs.append(
        {
            "before_header": path,
            "after_header": path,
            "before": to_text(before or b"", errors="replace"),
            "after": wanted["content"],
        }
    )
    if not module.check_mode:
        replace(module, wanted, after)
    return True


def replace(module, wanted, content):
    """By a rename, of a file that was never anybody else's to read."""
    path = wanted["path"]
    number, written = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".holdfast.")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        module.set_fs_attributes_if_different(
            attributes_of(module, wanted, written), False
        )
        os.replace(written, path)
    except BaseException:
        os.unlink(written)
        raise


def attributes_of(module, wanted, path):
    return module.load_file_common_arguments(
        {name: wanted[name] for name in ("owner", "group", "mode")}, path=path
    )


def bring(module, wanted, diffs):
    """Whether anything had to be changed for it."""
    path = wanted["path"]
    if wanted["absent"]:
        return remove(module, path)
    if wanted["content"] is None:
        changed = make_directory(module, path)
    else:
        changed = write(module, wanted, diffs)
    if changed and module.check_mode:
        return True
    return module.set_fs_attributes_if_different(
        attributes_of(module, wanted, path), changed
    )


def main():
    one = {
        "path": {"type": "path", "required": True},
        "content": {"type": "str"},
        "absent": {"type": "bool", "default": False},
        "owner": {"type": "str"},
        "group": {"type": "str"},
        "mode": {"type": "str"},
    }
    module = AnsibleModule(
        argument_spec={
            "files": {
                "type": "list",
                "elements": "dict",
                "required": True,
                "options": one,
                "mutually_exclusive": [("content", "absent")],
            }
        },
        supports_check_mode=True,
    )
    paths, diffs = [], []
    for wanted in module.params["files"]:
        try:
            if bring(module, wanted, diffs):
                paths.append(wanted["path"])
        except OSError as problem:
            module.fail_json(msg=f"{wanted['path']}: {problem.strerror}", paths=paths)
    module.exit_json(changed=bool(paths), paths=paths, diff=diffs)


if __name__ == "__main__":
    main()
