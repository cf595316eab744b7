#!/usr/bin/python3
"""How fast queued mail leaves, and whether pages wait for it: mail_drain.py PROGRAM [MAILS]

A new site with as many replies queued, then a server and the SMTP servers of tests/mail; says mails a second from the first one on, and
how many list pages a second a customer gets meanwhile and afterwards (wrk).
"""

import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/mail"))
import product


def lists_a_second(site, cookies, seconds):
    cookie = "Cookie: " + "; ".join("%s=%s" % pair for pair in cookies.items())
    said = subprocess.run(["wrk", "-t1", "-c2", "-d%ds" % seconds, "-H", cookie, "http://localhost:%d/service/" % site.port],
                          check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in said, said
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


def main():
    program = os.path.abspath(sys.argv[1])
    mails = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    servers, site = product.site(program, "drain", "smtp://127.0.0.1:%(plain)s")
    site.start()
    cookies = site.sign_in()
    number = site.submit(cookies, "The heating is cold")
    site.wait_for_mail()
    site.end()
    now = int(time.time() * 1000)
    db = site.database()
    with db:
        user = db.execute("SELECT id FROM auth_user WHERE username = 'mei'").fetchone()[0]
        comment = db.execute("INSERT INTO service_comment (service_request_id, user_id, text, created_at) VALUES (?, NULL, ?, ?)",
                             (number, "We come tomorrow at 4 PM.\n\n" + "Please be at home. " * 20, now)).lastrowid
        db.executemany("INSERT INTO service_mail (kind, cause, to_address, user_id, service_request_id, comment_id, created_at, queued_at,"
                       " due_at) VALUES ('replied', ?, 'mei@example.com', ?, ?, ?, ?, ?, ?)",
                       ((str(i), user, number, comment, now, now, now) for i in range(mails)))
    db.close()
    site.start()
    while site.waiting() == mails:
        time.sleep(0.01)
    begun, first = time.time(), site.waiting()
    meanwhile = lists_a_second(site, cookies, 5)
    is_drained = site.waiting() == 0
    while site.waiting() > 0:
        time.sleep(0.05)
    took = time.time() - begun
    afterwards = lists_a_second(site, cookies, 5)
    with open("/proc/%d/stat" % site.process.pid) as stat:
        ticks = sum(int(word) for word in stat.read().rsplit(")", 1)[1].split()[11:13])
    site.end()
    print("%d mails in %.1f s: %.0f a second, %.2f ms of the server's CPU each; %d arrived" %
          (first, took, first / took, 1000 * ticks / os.sysconf("SC_CLK_TCK") / mails, len(servers.mails()) - 1))
    servers.end()
    print("lists a second: %.0f meanwhile, %.0f afterwards, %.2f times%s" %
          (meanwhile, afterwards, meanwhile / afterwards, "; the mail was gone too soon, ask for more" if is_drained else ""))


if __name__ == "__main__":
    main()
