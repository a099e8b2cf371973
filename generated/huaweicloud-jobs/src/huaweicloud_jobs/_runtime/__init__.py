"""The hand-written runtime of every emitted package; copied there byte for byte as `_runtime`."""
