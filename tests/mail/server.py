#!/usr/bin/python3
"""Mail servers on loopback for the tests: server.py DIRECTORY

Says on standard output, one "NAME VALUE" a line, where they listen, then runs until it is ended. What the recipient is called decides
what becomes of a mail (see Servers.RCPT and DATA); each one that is accepted is a file in DIRECTORY, N.eml, in order.
"""

import asyncio
import os
import ssl
import subprocess
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = b"service", b"hush hush"


class Keeper:
    """Accepts, refuses or hangs, by the name in front of the @."""

    def __init__(self, directory):
        self.directory = directory
        self.kept = 0
        self.seen = set()
        self.connections = 0
        self.lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        name = address.split("@")[0]
        if name == "unknown":
            return "550 5.1.1 No such mailbox"
        if name == "busy":
            return "451 4.7.1 Come back later"
        if name == "closing":
            return "421 4.3.2 Closing down"
        if name == "full":
            return "552 5.2.2 Mailbox full"
        if name == "greylisted" and (session.peer[0], address) not in self.seen:
            self.seen.add((session.peer[0], address))
            return "450 4.2.0 Greylisted"
        if name == "hangs":
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "spam":
            return "554 5.7.1 Content refused"
        if name == "slow":
            await asyncio.sleep(2)
        with self.lock:
            self.kept += 1
            number = self.kept
        path = os.path.join(self.directory, "%06d.eml" % number)
        with open(path + ".tmp", "wb") as file:
            file.write(envelope.original_content)
        os.rename(path + ".tmp", path)
        if name == "lost":
            server.transport.abort()
        return "250 2.0.0 Ok: queued as %d" % number


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == USER and data.password == PASSWORD, handled=False)


def openssl(*arguments, cwd):
    subprocess.run(["openssl", *arguments], cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def certificate(directory, name):
    """A certificate of our own authority (ca.pem) for one name."""
    if not os.path.exists(os.path.join(directory, "ca.pem")):
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj",
                "/CN=Test authority", cwd=directory)
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + name,
            cwd=directory)
    with open(os.path.join(directory, name + ".ext"), "w") as file:
        file.write("subjectAltName=DNS:%s\n" % name)
    openssl("x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-out",
            name + ".pem", "-extfile", name + ".ext", cwd=directory)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(os.path.join(directory, name + ".pem"), os.path.join(directory, name + ".key"))
    return context


class Server(Controller):
    """Takes whatever port is free."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def main():
    directory = sys.argv[1]
    secrets = os.path.join(directory, "secrets")
    os.makedirs(secrets)
    good, other = certificate(secrets, "localhost"), certificate(secrets, "other.example")
    signs_in = {"authenticator": authenticate, "auth_required": True}
    keeper = Keeper(directory)
    servers = {
        "plain": Server(keeper, "127.0.0.1", 0),
        "signing-in": Server(keeper, "127.0.0.1", 0, require_starttls=True, tls_context=good, **signs_in),
        "tls": Server(keeper, "127.0.0.1", 0, ssl_context=good, auth_require_tls=False),
        "wrong-name": Server(keeper, "127.0.0.1", 0, require_starttls=True, tls_context=other),
    }
    for name, server in servers.items():
        server.start()
        print(name, server.port)
    print("ca", os.path.join(secrets, "ca.pem"))
    print("kept", directory, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
