// What strangers do to a site while the staff works: wrong passwords, false leak reports, bodies that never end, idle
// connections, odd streams, all from a few addresses. Asks whether the staff still works and a real leak is seen.
//   node tests/faults/strangers.mjs PORT
// Prints "ok WHAT" or "FAILED WHAT" for each promise, figures, and a line "N passed, N failed".
import http from "node:http";
import net from "node:net";

const port = Number(process.argv[2]);
const password = process.env.GAS_UTILITY_DEMO_PASSWORD;
const crowd = {
    signIns: 2000,
    leaks: 1000,
    uploads: 200,
    connections: 5000,
    streams: 200,
};
// Loopback has many addresses: those of the strangers, of the staff, and of people at home.
const strangers = ["127.0.1.1", "127.0.1.2", "127.0.1.3", "127.0.1.4"];
/// How long a computer that nobody signed in on waits when somebody else guesses the passwords of this user, in seconds.
const longestWait = 60;
const results = { passed: 0, failed: 0 };
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function tell(what, holds, seen = "") {
    results[holds ? "passed" : "failed"] += 1;
    console.log(`${holds ? "ok" : "FAILED"}      ${what}${seen === "" ? "" : `: ${seen}`}`);
}

/// Somebody with a browser at an address: keeps cookies and one connection.
class Person {
    constructor(address, sockets = 1) {
        this.agent = new http.Agent({ keepAlive: true, maxSockets: sockets, localAddress: address });
        this.cookies = new Map();
    }

    /// Answers {status, headers, body}; status 0 when there was no answer.
    ask(method, path, fields = null, timeout = 30000) {
        const body = fields === null ? "" : new URLSearchParams(fields).toString();
        const headers = { Host: "localhost", Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
        if (fields !== null) {
            headers["Content-Type"] = "application/x-www-form-urlencoded";
            headers["Content-Length"] = Buffer.byteLength(body);
            headers.Origin = "http://localhost";
        }
        return new Promise((done) => {
            const none = (error) => done({ status: 0, headers: {}, body: String(error) });
            const request = http.request({ host: "127.0.0.1", port, method, path, headers, agent: this.agent, timeout }, (answer) => {
                const chunks = [];
                answer.on("data", (chunk) => chunks.push(chunk));
                answer.on("error", none);
                answer.on("end", () => {
                    this.remember(answer.headers["set-cookie"] ?? []);
                    done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() });
                });
            });
            request.on("timeout", () => request.destroy(new Error("no answer in time")));
            request.on("error", none);
            request.end(body);
        });
    }

    remember(lines) {
        for (const line of lines) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
            if (value === "" || /max-age=0/i.test(line)) this.cookies.delete(name);
            else this.cookies.set(name, value);
        }
    }

    async signIn(name, secret = password) {
        const page = await this.ask("GET", "/accounts/login/");
        return this.ask("POST", "/accounts/login/", { csrf: field(page.body, "csrf"), username: name, password: secret });
    }

    leave() {
        this.agent.destroy();
    }
}

function field(page, name) {
    return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "";
}

/// Run `job(number)` for each number below `count`, `width` at a time.
async function each(count, width, job) {
    let next = 0;
    await Promise.all(
        Array.from({ length: width }, async () => {
            while (next < count) await job(next++);
        }),
    );
}

function percentile(values, part) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

// ── the staff

/// A representative's round: list, request, internal note, search. Fills `seen` with {ms, status}.
async function work(person, request, seen) {
    const timed = async (method, path, fields) => {
        const begin = performance.now();
        const answer = await person.ask(method, path, fields);
        seen.push({ ms: performance.now() - begin, status: answer.status });
        return answer;
    };
    await timed("GET", "/admin/requests/");
    const page = await timed("GET", `/admin/requests/${request}/`);
    await timed("POST", `/admin/requests/${request}/comments/`, {
        csrf: field(page.body, "csrf"),
        submission: field(page.body, "submission"),
        visibility: "internal",
        text: `Checked at ${Math.round(performance.now())}`,
    });
    await timed("GET", "/admin/requests/?q=valve");
}

async function workUntil(people, request, isOver) {
    const seen = [];
    await Promise.all(
        people.map(async (person) => {
            do {
                await work(person, request, seen);
                await wait(20);
            } while (!isOver());
        }),
    );
    return seen;
}

function describe(seen) {
    const times = seen.map(({ ms }) => ms);
    return `${seen.length} requests, p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`;
}

function isServed({ status }) {
    return status === 200 || status === 303;
}

// ── the strangers

async function guessPasswords(tally) {
    const people = strangers.map((address) => new Person(address, 8));
    const names = ["ravi", "sofia", "ada", "mei", "nobody", "root"];
    await each(crowd.signIns, 32, async (number) => {
        const person = people[number % people.length];
        person.token ??= field((await person.ask("GET", "/accounts/login/")).body, "csrf");
        const fields = { csrf: person.token, username: names[number % names.length], password: `Wrong-${number}` };
        count(tally, "sign-ins", (await person.ask("POST", "/accounts/login/", fields)).status);
    });
    for (const person of people) person.leave();
}

async function reportFalseLeaks(tally) {
    const people = strangers.map((address) => new Person(address, 4));
    await each(crowd.leaks, 16, async (number) => {
        const fields = { address: `${number} False Street`, unable_to_leave: number % 2 === 0 ? "yes" : "no", notes: `prank ${number}` };
        count(tally, "leaks", (await people[number % people.length].ask("POST", "/emergency/", fields)).status);
    });
    for (const person of people) person.leave();
}

function count(tally, what, status) {
    tally[what] ??= {};
    tally[what][status] = (tally[what][status] ?? 0) + 1;
}

/// Opens a connection, says `head`, then a byte a second; counts how it ends. Left open for the caller to destroy.
function dawdle(address, head, tally, what) {
    const socket = net.connect({ host: "127.0.0.1", port, localAddress: address });
    let answer = "";
    const trickle = setInterval(() => socket.writable && socket.write("x"), 1000);
    socket.on("connect", () => socket.write(head));
    socket.on("data", (data) => (answer = (answer + data).slice(0, 200)));
    socket.on("error", () => {});
    socket.on("close", () => {
        clearInterval(trickle);
        count(tally, what, /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? "closed");
    });
    return socket;
}

function upload(path, cookie) {
    return (
        `POST ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nCookie: ${cookie}\r\n` +
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 31457280\r\n\r\n" +
        '--b\r\nContent-Disposition: form-data; name="attachments"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    );
}

function oddStream(number, cookie) {
    const positions = ["-1", "9".repeat(40), "0;DROP", "%00", "1.5", ""];
    return (
        `GET /events/?topics=${"list,".repeat(number % 40)}&after=${positions[number % positions.length]} HTTP/1.1\r\n` +
        `Host: localhost\r\nAccept: text/event-stream\r\nLast-Event-ID: ${"z".repeat(number)}\r\nCookie: ${cookie}\r\n\r\n`
    );
}

function crowdIn(cookie, tally) {
    const sockets = [];
    for (let number = 0; number < crowd.uploads; ++number) {
        const path = ["/service/create/", "/emergency/", "/admin/requests/create/"][number % 3];
        sockets.push(dawdle(strangers[number % strangers.length], upload(path, number % 2 ? cookie : ""), tally, "uploads"));
    }
    for (let number = 0; number < crowd.streams; ++number)
        sockets.push(dawdle(strangers[number % strangers.length], oddStream(number, number % 2 ? cookie : ""), tally, "streams"));
    for (let number = 0; number < crowd.connections; ++number)
        sockets.push(dawdle(strangers[number % strangers.length], number % 2 ? "GET /emergency/ HTT" : "", tally, "connections"));
    return sockets;
}

// ── the hour

async function askAboutSignIns(ravi) {
    const again = new Person("127.0.2.1");
    again.cookies.set("gu_device", ravi.cookies.get("gu_device") ?? "");
    tell("ravi signs in at once on his own computer", (await again.signIn("ravi")).status === 303);
    const untouched = await new Person("127.0.3.4").signIn("customer0001");
    tell("customer0001, whose password nobody guessed, signs in at once at home", untouched.status === 303, untouched.status);
    for (const [name, address] of [["sofia", "127.0.3.2"], ["mei", "127.0.3.3"]]) {
        const person = new Person(address);
        let answer = await person.signIn(name);
        const seconds = Number(answer.headers["retry-after"] ?? 0);
        if (answer.status === 429 && seconds <= longestWait) {
            await wait(seconds * 1000 + 500);
            answer = await person.signIn(name);
        }
        tell(`${name} signs in on a new computer after ${longestWait} s at most`, answer.status === 303, `${answer.status}, ${seconds} s`);
    }
}

async function askAboutTheRealLeak(person) {
    const report = await new Person("127.0.3.1").ask("POST", "/emergency/", {
        address: "7 Real Street",
        unable_to_leave: "yes",
        strength: "strong",
        notes: "We are upstairs",
    });
    tell("a real leak is taken", isServed(report), report.status);
    return async () => {
        const page = (await person.ask("GET", "/admin/")).body;
        const bar = page.slice(page.indexOf("data-alarm-lines"), page.indexOf("data-not-live"));
        tell("the real leak is in the alarm bar of the first screen", bar.includes("7 Real Street"));
    };
}

async function main() {
    const staff = [new Person("127.0.2.1"), new Person("127.0.2.2")];
    await staff[0].signIn("ravi");
    await staff[1].signIn("sofia");
    const customer = new Person("127.0.1.1");
    await customer.signIn("mei");
    const cookie = `gu_session=${customer.cookies.get("gu_session")}`;
    const request = /href="\/admin\/requests\/(\d+)\//.exec((await staff[0].ask("GET", "/admin/requests/")).body)[1];

    const quietUntil = performance.now() + 5000;
    const before = await workUntil(staff, request, () => performance.now() > quietUntil);

    const tally = {};
    const sockets = crowdIn(cookie, tally);
    await wait(2000);
    let isOver = false;
    const working = workUntil(staff, request, () => isOver);
    const attack = Promise.all([guessPasswords(tally), reportFalseLeaks(tally)]);
    await wait(2000);
    const isSeen = await askAboutTheRealLeak(staff[0]);
    const refused = await new Person(strangers[0]).ask("GET", "/emergency/");
    tell("one more connection of a stranger still reads the number to call", /555-0199/.test(refused.body), refused.status);
    await attack;
    isOver = true;
    const during = await working;
    await isSeen();
    for (const socket of sockets) socket.destroy();
    await askAboutSignIns(staff[0]);

    const kept = during.filter((answer) => !isServed(answer));
    tell("the staff got every answer", kept.length === 0, `${kept.length} of ${during.length} were none`);
    const broken = Object.entries(tally).filter(([, by]) => by[500] !== undefined);
    tell("nobody got a 500", broken.length === 0);
    const leaks = tally.leaks ?? {};
    tell("no leak report was refused", (leaks[303] ?? 0) + (leaks[200] ?? 0) === crowd.leaks, JSON.stringify(leaks));
    console.log(`figures: before ${describe(before)}; meanwhile ${describe(during)}`);
    console.log(`figures: strangers ${JSON.stringify(tally)}`);
    console.log(`${results.passed} passed, ${results.failed} failed`);
    process.exit(results.failed === 0 ? 0 : 1);
}

await main();
