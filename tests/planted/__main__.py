"""`make planted`: whether the tests find every fault on the list. `only=rules` asks about one layer."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

from tests.planted.fault import Fault
from tests.planted.layers import LAYERS
from tests.planted.run import FAILED, Answer, asked, copy_of_tree, planted

AT_ONCE = os.cpu_count() or 1
"""Faults that are planted beside each other, each in a copy of its own."""


def main(only: str) -> int:
    """One line for each fault; 1 if one was not found, or if the tests fail with nothing planted."""
    chosen = [(layer, fault) for layer, faults in LAYERS.items() for fault in faults if only in {"", layer}]
    missed = 0
    with ExitStack() as stack, ThreadPoolExecutor(AT_ONCE) as pool:
        copies = SimpleQueue[Path]()
        for _ in range(AT_ONCE):
            copies.put(stack.enter_context(copy_of_tree()))

        def tried(fault: Fault) -> Answer:
            copy = copies.get()
            try:
                return planted(fault, copy)
            finally:
                copies.put(copy)

        answers = pool.map(tried, [fault for _, fault in chosen])
        for (layer, fault), answer in zip(chosen, answers, strict=True):
            found = answer.code == FAILED
            missed += not found
            said = f"found by {answer.first}" if found else f"NOT FOUND ({answer.code})"
            print(f"{layer:<9} {answer.seconds:5.1f} s  {said}\n{'':17} {fault.file}: {fault.harm}", flush=True)
        sound = asked(tuple(dict.fromkeys(test for _, fault in chosen for test in fault.found_by)), copies.get())
    print(f"{len(chosen) - missed} of {len(chosen)} found; with nothing planted: {sound.first or 'nothing fails'}")
    return int(missed > 0 or sound.code != 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
