"""What stands for `claims` where a warm process runs it (tests/warm.py): it hands over what a process is begun with,
passes on the signals that it gets, and ends as the command did. It imports nothing that takes time."""

import _signal
import _socket
import posix
import sys


def fields(given: list[bytes]) -> bytes:
    return b"".join(len(one).to_bytes(4, "big") + one for one in given)


def main(place: str, args: list[str]) -> int:
    coding = sys.getfilesystemencoding()
    words = fields([one.encode(coding, "surrogateescape") for one in args])
    around = fields([name + b"=" + value for name, value in posix.environ.items()])
    message = fields([posix.getcwdb(), words, around])
    line = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    line.connect(place)
    streams = b"".join(n.to_bytes(4, sys.byteorder) for n in (0, 1, 2))
    line.sendmsg([len(message).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
    while message:
        message = message[line.send(message) :]
    number = int.from_bytes(line.recv(4), "big")
    for one in (_signal.SIGINT, _signal.SIGTERM):
        _signal.signal(one, lambda sent, _: posix.kill(number, sent))
    answer = line.recv(4)
    return int.from_bytes(answer, "big", signed=True) if answer else 70


ended = main(sys.argv[1], sys.argv[2:])
if ended < 0:
    _signal.signal(-ended, _signal.SIG_DFL)
    posix.kill(posix.getpid(), -ended)
posix._exit(ended)
