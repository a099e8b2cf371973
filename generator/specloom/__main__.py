"""`python -m specloom` is `specloom`."""

from __future__ import annotations

from specloom.cli import main

if __name__ == "__main__":
    main()
