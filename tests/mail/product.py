#!/usr/bin/python3
"""The product with mail servers on loopback: product.py PROGRAM [ROUNDS]

Says "ok NAME" or "FAILED NAME: WHY" for each promise.
"""

import email
import email.policy
import glob
import http.client
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.parse

PASSWORD = "correct horse battery"
HERE = os.path.dirname(os.path.abspath(__file__))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class MailServers:
    def __init__(self, directory):
        self.directory = directory
        os.makedirs(directory)
        self.process = subprocess.Popen(["/usr/bin/python3", HERE + "/server.py", directory], stdout=subprocess.PIPE, text=True)
        self.where = {}
        for line in self.process.stdout:
            name, value = line.split()
            self.where[name] = value
            if name == "kept":
                break

    def mails(self):
        found = []
        for path in sorted(glob.glob(self.directory + "/*.eml")):
            with open(path, "rb") as file:
                found.append(file.read())
        return found

    def end(self):
        self.process.kill()
        self.process.wait()


class Product:
    def __init__(self, program, directory, mail_url):
        self.program, self.directory, self.port = program, directory, free_port()
        self.log = open(directory + "/log", "ab")
        self.environment = dict(os.environ, GAS_UTILITY_DATA_DIR=directory + "/var", GAS_UTILITY_REQUESTS_A_DAY="0",
                                GAS_UTILITY_MAIL_URL=mail_url, GAS_UTILITY_MAIL_FROM="service@gas.example",
                                GAS_UTILITY_SITE_URL="https://gas.example", GAS_UTILITY_SITE_NAME="Gas & Energía",
                                GAS_UTILITY_DEMO_PASSWORD=PASSWORD)
        self.process = None

    def command(self, *words):
        subprocess.run([self.program, *words], env=self.environment, check=True, stdout=self.log, stderr=self.log)

    def database(self):
        return sqlite3.connect(self.directory + "/var/gas-utility.sqlite3", timeout=10)

    def make(self, address):
        self.command("demo", "--customers", "1", "--requests", "0")
        with self.database() as db:
            db.execute("UPDATE auth_user SET email = ?, must_change_password = 0 WHERE username = 'mei'", (address,))
        db.close()

    def start(self):
        self.process = subprocess.Popen([self.program, "runserver", "127.0.0.1:%d" % self.port], env=self.environment,
                                        stdout=self.log, stderr=self.log)
        for _ in range(300):
            try:
                if self.ask("GET", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError("the product did not start")

    def ask(self, method, path, fields=None, cookies=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Host": "localhost", "Sec-Fetch-Site": "same-origin"}
        if cookies:
            headers["Cookie"] = "; ".join("%s=%s" % pair for pair in cookies.items())
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if cookies is not None:
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, value = cookie.split(";")[0].split("=", 1)
                cookies[name] = value
        return answer.status, answer.headers.get("Location"), text

    def sign_in(self):
        cookies = {}
        status, _, text = self.ask("POST", "/accounts/login/", {"username": "mei", "password": PASSWORD}, cookies)
        assert status == 303, (status, text[:500])
        return cookies

    def submit(self, cookies, description):
        """The number of the service request that the server acknowledged."""
        page = self.ask("GET", "/service/create/", None, cookies)[2]
        value = lambda name: (re.search('name="%s"[^>]*value="([^"]*)"' % name, page) or [None, ""])[1]
        status, location, text = self.ask("POST", "/service/create/", {
            "csrf": value("csrf"), "submission": value("submission"), "request_type": "maintenance", "account": "other",
            "address": "12 Elm Street", "description": description, "phone": "518 555 0134"}, cookies)
        assert status == 303, (status, re.sub("<[^>]*>", " ", text)[:800])
        return int(re.search(r"/service/(\d+)/", location)[1])

    def waiting(self):
        db = self.database()
        try:
            return db.execute("SELECT COUNT(*) FROM service_mail WHERE state = 'waiting'").fetchone()[0]
        finally:
            db.close()

    def wait_for_mail(self, seconds=60):
        end = time.time() + seconds
        while self.waiting() > 0:
            assert time.time() < end, "mail still waits"
            time.sleep(0.1)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def site(program, name, url, address="mei@example.com"):
    """A new site named so, whose mail goes to `url` with the ports of new servers in it."""
    directory = tempfile.mkdtemp(prefix="gas-mail-")
    servers = MailServers(directory + "/kept")
    product = Product(program, directory, url % servers.where)
    product.make(address)
    return servers, product


def check_message(raw, number):
    assert all(len(line) <= 998 for line in raw.split(b"\r\n")), "a line is too long"
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert not message.defects, message.defects
    assert message["Subject"] == "We received your request SR-%05d" % number, message["Subject"]
    assert message["From"].addresses[0].display_name == "Gas & Energía", message["From"]
    assert message["From"].addresses[0].addr_spec == "service@gas.example", message["From"]
    assert message["To"] == "mei@example.com"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["References"] == message["In-Reply-To"] == "<request-%d@gas.example>" % number
    assert re.fullmatch(r"<mail-\d+-\d+@gas\.example>", message["Message-ID"].strip()), message["Message-ID"]
    assert message["Date"].datetime is not None
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    for part in (text, html):
        assert not part.defects, part.defects
        assert "Der Zähler tickt — ガス" in part.get_content(), part.get_content()
        assert "https://gas.example/service/%d/" % number in part.get_content()
        assert "Elm Street" not in part.get_content()
    assert text.get_content_type() == "text/plain" and html.get_content_type() == "text/html"


def whole_messages(program):
    servers, product = site(program, "whole", "smtp://127.0.0.1:%(plain)s")
    product.start()
    number = product.submit(product.sign_in(), "Der Zähler tickt — ガス " + "x" * 3000)
    product.wait_for_mail()
    product.end()
    mails = servers.mails()
    servers.end()
    assert len(mails) == 1, len(mails)
    check_message(mails[0], number)


def pages_never_wait(program):
    servers, product = site(program, "hangs", "smtp://127.0.0.1:%(plain)s", "hangs@example.com")
    product.start()
    cookies = product.sign_in()
    slowest = 0
    for number in range(10):
        product.submit(cookies, "Request %d" % number)
        time.sleep(0.3)
        begun = time.time()
        assert product.ask("GET", "/service/", None, cookies)[0] == 200
        slowest = max(slowest, time.time() - begun)
    begun = time.time()
    product.end()
    ended = time.time() - begun
    servers.end()
    assert slowest < 1, "a page took %.1f s" % slowest
    assert ended < 15, "the server took %.1f s to end" % ended


def kills(program, rounds):
    """kill -9 while mail is sent: each acknowledged request has its mail; one mail at most twice for each kill."""
    servers, product = site(program, "kills", "smtp://127.0.0.1:%(plain)s")
    product.start()
    cookies = product.sign_in()
    acknowledged, complaints, lock = [], [], threading.Lock()
    for _ in range(rounds):
        stop = threading.Event()

        def customer():
            while not stop.is_set():
                try:
                    number = product.submit(cookies, "Please come by, %s" % random.random())
                except (OSError, http.client.HTTPException):
                    return
                except AssertionError as error:
                    complaints.append(error)
                    return
                time.sleep(0.05)
                with lock:
                    acknowledged.append(number)

        threads = [threading.Thread(target=customer) for _ in range(6)]
        for thread in threads:
            thread.start()
        time.sleep(random.uniform(0.5, 2.5))
        product.process.kill()
        product.process.wait()
        stop.set()
        for thread in threads:
            thread.join()
        product.start()
    product.wait_for_mail(120)
    product.end()
    counts, ids = {}, {}
    for raw in servers.mails():
        message = email.message_from_bytes(raw, policy=email.policy.default)
        number = int(re.search(r"SR-(\d+)", message["Subject"])[1])
        counts[number] = counts.get(number, 0) + 1
        ids.setdefault(number, set()).add(message["Message-ID"])
    servers.end()
    lost = [number for number in acknowledged if number not in counts]
    again = sum(count - 1 for count in counts.values())
    print("%d kills, %d acknowledged requests, %d mails, %d of them sent again" %
          (rounds, len(acknowledged), sum(counts.values()), again))
    assert not complaints, complaints[0]
    assert len(acknowledged) > rounds, "too little was sent to prove anything"
    assert not lost, "no mail about %s" % lost[:10]
    assert all(len(found) == 1 for found in ids.values()), "a mail sent again has another Message-ID"
    assert again <= rounds * CONNECTIONS, "%d mails were sent again in %d kills" % (again, rounds)


# How many mails are on their way at the same time.
CONNECTIONS = 4


def main():
    program = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    failed = 0
    for name, promise in (("mail is read by Python's parser as it was meant", lambda: whole_messages(program)),
                          ("pages never wait for mail", lambda: pages_never_wait(program)),
                          ("no mail is lost by kill -9", lambda: kills(program, rounds))):
        try:
            promise()
            print("ok ", name, flush=True)
        except Exception:
            failed += 1
            print("FAILED %s: %s" % (name, traceback.format_exc()), flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
