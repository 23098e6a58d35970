"""`python -m services COMMAND`: what the Makefile calls.

This file must be understood by any Python 3, to be able to say that it is too old.
"""

import sys


def main() -> int:
    """Refuse an old interpreter in one sentence; everything else is in `commands`."""
    if sys.version_info < (3, 11):  # noqa: UP036
        found = ".".join(str(number) for number in sys.version_info[:2])
        sentence = (
            "需要 Python 3.11 或更新的版本，现在是 " + found + "：请安装后再试，或用 make PYTHON=/路径/python3 指定。\n"
        )
        sys.stderr.buffer.write(sentence.encode("utf-8"))
        return 1
    from services.commands import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
