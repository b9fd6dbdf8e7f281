"""Two folders put in each other's place, so that nobody ever finds neither."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

#: "Relative to the working folder", and "exchange both", as <fcntl.h> and <linux/fs.h> have them.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
#: What a system says that knows no exchange, or whose file system does not.
_NOT_KNOWN = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; say whether this system can, and do nothing if not.

    Python has no name for `renameat2`, which Linux has had since 3.15 and the GNU library since 2.28.

    Raises:
        OSError: it cannot be done with these two.
    """
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    sys.audit("os.rename", one, other, -1, -1)  # as every other rename is
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_KNOWN:
        return False
    raise OSError(code, os.strerror(code), str(other))
