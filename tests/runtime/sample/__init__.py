"""A small package in the shape that the generator emits, written by hand: the contract that both sides keep."""
