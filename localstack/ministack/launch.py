"""Starts MiniStack without two waits that would make each call of a function take 100 ms.

Nagle's algorithm holds back the second half of its Runtime API's answers, and after each call it waits for a first
line of the function's log. It ends when its standard input does: with whoever started it.
"""

import os
import signal
import socketserver
import sys
import threading

from ministack import app
from ministack.core.lambda_runtime import Worker


def end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


socketserver.StreamRequestHandler.disable_nagle_algorithm = True
first_line_wait, idle_confirm, hard_cap = 0.002, 0.001, 0.05
Worker._drain_stderr_bounded.__defaults__ = (first_line_wait, idle_confirm, hard_cap)

threading.Thread(target=end_with_parent, daemon=True).start()
app.main()
