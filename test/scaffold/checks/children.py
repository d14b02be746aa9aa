"""Runs in processes of their own, forked from this one, which has the packages loaded already."""

import contextlib
import io
import os
import traceback


def start(run):
    """Start a function; gives the process and the pipe that its report comes through."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    os.close(reader)
    output, code = io.StringIO(), 0
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            run()
        except BaseException:
            traceback.print_exc(limit=-6)
            code = 1
    with os.fdopen(writer, "w") as report:
        report.write(output.getvalue())
    os._exit(code)


def outcome(name, child, reader):
    """Wait for the process to end, and tell what it printed."""
    with os.fdopen(reader) as report:
        output = report.read()
    _, status = os.waitpid(child, 0)
    return {"name": name, "state": "failed" if status else "passed", "output": output}
