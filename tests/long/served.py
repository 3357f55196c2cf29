"""Conversions by serve.c: a process costs more than most pages do."""
import functools, os, subprocess, threading

TIMEOUT = 120


class Server:
    def __init__(self, program):
        self.program, self.process = program, None

    def convert(self, data, source, target, filters=()):
        """The converted bytes and the lines of diagnostics; RuntimeError where there are none."""
        if not self.process or self.process.poll() is not None:
            self.process = subprocess.Popen([self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        late = threading.Timer(TIMEOUT, self.process.kill)
        late.start()
        try:
            return self.ask(f"{source} {target} {','.join(filters) or '-'} {len(data)}\n".encode() + data, target)
        finally:
            late.cancel()

    def ask(self, job, target):
        try:
            self.process.stdin.write(job)
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        head = self.process.stdout.readline()
        if not head:
            raise RuntimeError(f"-t {target}: crashed, or took over {TIMEOUT} s: status {self.process.wait()}")
        status, *lengths = map(int, head.split())
        out, said = (self.process.stdout.read(n) for n in lengths)
        if status:
            raise RuntimeError(f"-t {target}: status {status}: {said[-200:].decode('utf-8', 'replace').strip()}")
        return out, said


@functools.cache
def server(offprint):
    """The one of this process, for the build that has the program."""
    return Server(os.path.join(os.path.dirname(offprint), "serve"))
