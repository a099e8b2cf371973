"""The SDK's own tests run where it is installed, in an environment of their own: `test_downstream.py` sees to it."""

collect_ignore = ["sdk"]
