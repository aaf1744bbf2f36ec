"""Takes what is sent to it over HTTP as fast as it comes, and forgets it: python3 null_socket.py PORT."""
import re
import socket
import sys
import threading

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def serve(connection):
    """Answers one request after the other: 204 to what is written, and to questions that there is nothing."""
    buffer = memoryview(bytearray(1 << 20))
    head = b""
    while True:
        while b"\r\n\r\n" not in head:
            count = connection.recv_into(buffer)
            if not count:
                return
            head += buffer[:count]
        head, _, rest = head.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        missing = int(length.group(1)) - len(rest) if length else 0
        while missing > 0:
            count = connection.recv_into(buffer, min(missing, len(buffer)))
            if not count:
                return
            missing -= count
        if head.startswith(b"POST"):
            connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
        else:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nname\r\n")
        head = b""


def main():
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


main()
