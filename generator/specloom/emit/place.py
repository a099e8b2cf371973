"""Where a build is prepared: a folder within the output folder, so that a file comes from it by one rename.

It is there only while a build writes, or when one was cut short. In it:

    journal.json   what changes; there from when all is prepared until all is done
    new/3          the new content of the fourth file of the journal
    old/3          a copy of its old content
    lock           held by the process that writes
    .gitignore     hides it all
"""

from __future__ import annotations

PLACE = ".specloom-build"

NEW, OLD = "new", "old"
"""Folders in the place."""

JOURNAL, DRAFT, LOCK, IGNORE = "journal.json", "journal.tmp", "lock", ".gitignore"
"""Files in the place; the draft is a journal that is being written."""
