#!/usr/bin/env bash
# Proves that each guard finds what it is there to find, and stays quiet on a tree that is in order.
set -euo pipefail
cd "$(dirname "$0")"
guards=$PWD
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

tried=0
wrong=0
complain() {
    wrong=$((wrong + 1))
    echo "$1"
    if [ -n "${2:-}" ]; then sed 's/^/    /' <<<"$2"; fi
}

# put FILE: standard input becomes a file of the tree.
put() {
    mkdir -p "$tree/$(dirname "$1")"
    cat >"$tree/$1"
}

good_tree() {
    rm -rf "$tree"
    mkdir -p "$tree"
    put src/base/text.hpp <<<'std::string trim(std::string text);'
    put src/comments/comment.cpp <<'END'
#include "comments/comment.hpp"

#include "base/text.hpp"
#include "db/connection.hpp"

void Comments::add(int a, std::map<int, int> b, int c, int d)
{
    try {
        db.query("SELECT id FROM service_comment WHERE id = $1", a);
    } catch (const Error& error) {
        log(error); // reissued: a tissue of text
    }
}
END
    put src/pages/customer/comment_pages.cpp <<<'#include "service_requests/show.html.hpp"'
    put templates/show.html < <(printf '<p class="x">{{ text }}</p>\n%s\n' "$(printf '’%.0s' {1..160})")
    put frontend/behaviours/app.ts <<<'start(one("[data-live]"), body.dataset.liveAfter);'
    put templates/hello.html <<<'<p>{% t "Hello {name}" name=name %} {% tn "1 day" "{n} days" n=days %} {% t "Open" context="verb" %}</p>'
    put src/users/hello.cpp <<<'const auto text = base::Text("Good day");'
    put po/es.po <<'END'
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "Hello {name}"
msgstr "Hola, {name}"

msgid "1 day"
msgid_plural "{n} days"
msgstr[0] "1 día"
msgstr[1] "{n} días"

msgctxt "verb"
msgid "Open"
msgstr "Abrir"

msgid "Good day"
msgstr "Buenos días"
END
    put docs/frontend.md <<<'| `data-live`, `data-live-after` |'
    put src/comments/comment.hpp <<<'CommentId add_comment(db::Transaction& tx, const base::Act& act);'
    put src/server/routes.cpp <<'END'
namespace customer = pages::customer;
        {Get, "/service/{id}/", Customer, Read, customer::show_request},
END
    put src/pages/shared/urls.hpp <<<'    return fmt::format("/service/{}/", id.value);'
    put src/pages/customer/a_pages.cpp <<<'return http::redirect(urls::customer_request(id)); // leads to "/service/12/"'
    put src/actions/write.cpp <<<'#include "actions/write.hpp"'
    put src/pages/customer/door.cpp <<'END'
#include "actions/write.hpp"
#include "customer/page.html.hpp"
namespace pages::customer {
http::Response show_request(web::Context& ctx) { return draw(ctx); }
}
END
    put src/pages/desk/users/user_view.cpp <<'END'
#include "desk/user.html.hpp"
#include "pages/desk/views.hpp"
END
    put templates/customer/page.html <<<'<p>{{ text }}</p>'
    put ARCHITECTURE.md <<'END'
## What a reader opens

    write src/pages/customer/door.cpp src/actions/write.cpp templates/customer/page.html

## Levels
END
    put package-lock.json <<<'{"packages": {}}'
    put src/server/settings/settings.cpp <<'END'
void apply_listen(Config& config, std::string_view text)
{
    config.port = checked_number(text, 1, 65535);
}
constexpr std::array all_settings = {
    Setting{"listen", "8000", "Where it listens", apply_listen},
    Setting{"site_name", "Gas", "The name on every page",
        [](Config& config, std::string_view text) { config.names.name = checked_text(text); }},
};
END
    put src/commands/serve.cpp <<<'options.port = config.port; site.names = config.names; title = names.name;'
}

# One run of a guard over all its samples is quicker than one for each.
guard=
expected=()
samples_of() {
    local found status=0 wanted file
    if [ -n "$guard" ]; then
        found=$(bash "$guards/$guard.sh" "$tree" 2>&1) || status=$?
        [ "$status" -ne 0 ] || complain "$guard accepts its bad samples"
        for wanted in "${expected[@]}"; do
            file=${wanted%%|*}
            # "FILE" or "FILE:12" or "FILE:function", then what is wrong with it.
            grep -E "^$file:" <<<"$found" | grep -qF -- "${wanted#*|}" || complain "$guard does not say of $file: ${wanted#*|}"
        done
    fi
    guard=$1
    expected=()
    good_tree
}

# refuses FILE EXPECTED: standard input is a bad sample; a @ in its name is replaced by a number.
refuses() {
    tried=$((tried + 1))
    local file=${1/@/$tried}
    put "$file"
    expected+=("$file|$2")
}

lines() { for ((i = 0; i < $1; i++)); do echo "$2"; done; }

for each in limits levels words swallowed injection machine settings rooms writes kinds paths readers doors attributes messages; do
    tried=$((tried + 2))
    good_tree
    found=$(bash "$guards/$each.sh" "$tree" 2>&1) || complain "$each refuses a tree that is in order:" "$found"
    find "$tree" -type f -delete
    if found=$(bash "$guards/$each.sh" "$tree" 2>&1); then complain "$each is content with nothing:" "$found"; fi
done

samples_of limits
refuses src/base/a@.cpp 'long_one: has 61 lines' < <(printf 'void long_one()\n{\n%s\n}\n' "$(lines 58 '    step();')")
refuses src/base/a@.cpp 'has 401 lines' < <(lines 401 '//')
refuses src/base/a@_test.cpp 'has 601 lines' < <(lines 601 '//')
refuses templates/a@.html 'has 151 lines' < <(lines 151 '<p>')
refuses templates/a@.html ':2: is longer than 160 characters' < <(printf '<p>\n%161s</p>\n' '')
refuses frontend/behaviours/a@.ts 'has 151 lines' < <(lines 151 '//')
refuses frontend/styles/a@.css 'has 401 lines' < <(lines 401 'a {}')
refuses src/base/a@.cpp 'wide: takes 5 parameters' <<<'void wide(int a, std::map<int, int> b, int c, int d, int e) {}'
refuses src/base/a@.cpp ':6: is nested four deep' <<'END'
void deep()
{
    for (;;) {
        if (a) {
            while (b) {
                if (c)
                    d();
            }
        }
    }
}
END
refuses tests/guards/exceptions.txt 'is no longer needed' <<<'limits src/base/gone.cpp it was long'

samples_of levels
refuses src/base/a@.cpp 'base must not include db/connection.hpp' <<<'#include "db/connection.hpp"'
refuses src/db/a@.cpp 'db must not include comments/comment.hpp' <<<'#include "comments/comment.hpp"'
refuses src/http/a@.cpp 'http must not include web/context.hpp' <<<'#include "web/context.hpp"'
refuses src/web/a@.cpp 'web must not include comments/comment.hpp' <<<'#include "comments/comment.hpp"'
refuses src/comments/a@.cpp 'noun must not include web/context.hpp' <<<'#include "web/context.hpp"'
refuses src/comments/a@.hpp 'noun must not include http/request.hpp' <<<'#include "http/request.hpp"'
refuses src/comments/a@.cpp 'noun must not include comments/show.html.hpp' <<<'#include "comments/show.html.hpp"'
refuses src/comments/a@.cpp 'noun must not include users/user.hpp' <<<'#include "users/user.hpp"'
refuses src/comments/a@.cpp 'noun must not include search/words.hpp' <<<'#include "search/words.hpp"'
refuses src/timeline/a@.cpp 'reading must not include queue/queue.hpp' <<<'#include "queue/queue.hpp"'
refuses src/search/a@.cpp 'reading must not include actions/write_comment.hpp' <<<'#include "actions/write_comment.hpp"'
refuses src/actions/a@.cpp 'actions must not include web/context.hpp' <<<'#include "web/context.hpp"'
refuses src/pages/desk/a@.cpp 'door must not include pages/customer/request_pages.hpp' <<<'#include "pages/customer/request_pages.hpp"'
refuses src/pages/desk/users/a@.cpp 'door must not include pages/customer/views.hpp' <<<'#include "pages/customer/views.hpp"'
refuses src/pages/desk/users/a@.cpp 'door must not include customer/show.html.hpp' <<<'#include "customer/show.html.hpp"'
refuses src/pages/desk/a@.cpp 'door must not include customer/show.html.hpp' <<<'#include "customer/show.html.hpp"'
refuses src/pages/shared/a@.cpp 'shared must not include pages/desk/views.hpp' <<<'#include "pages/desk/views.hpp"'
refuses src/live/a@.cpp 'live must not include pages/desk/views.hpp' <<<'#include "pages/desk/views.hpp"'
refuses src/pages/desk/a@.cpp 'door must not include live/stream.hpp' <<<'#include "live/stream.hpp"'
refuses src/pages/desk/a@.cpp 'door must not include server/house.hpp' <<<'#include "server/house.hpp"'
refuses templates/desk/a@.html 'a template of desk/ must not draw customer/row' <<<'{% include customer/row(row) %}'
refuses src/users/a@.cpp '<sqlite3.h> may be seen only' <<<'#include <sqlite3.h>'
refuses src/web/a@.cpp '<boost/json.hpp> may be seen only' <<<'#include <boost/json.hpp>'
refuses src/base/a@.cpp '<spdlog/spdlog.h> may be seen only' <<<'#include <spdlog/spdlog.h>'
refuses src/commands/a@.cpp '<CLI/CLI.hpp> may be seen only' <<<'#include <CLI/CLI.hpp>'
put src/http/inner.hpp <<<'#include <boost/asio.hpp>'
put src/http/outer.hpp <<<'#include "http/inner.hpp"'
refuses src/web/a@.hpp 'http/outer.hpp shows Boost or SQLite' <<<'#include "http/outer.hpp"'

samples_of words
refuses src/base/a@.cpp 'int open_tickets;' <<<'int open_tickets;'
refuses src/base/a@.cpp 'struct LeakIncident {};' <<<'struct LeakIncident {};'
refuses src/base/a@.cpp 'TicketList list;' <<<'TicketList list;'
refuses docs/a@.md 'Open an issue.' <<<'Open an issue.'
refuses docs/a@.md 'The Problem was' <<<'The Problem was solved.'
refuses templates/ticket.html 'is a file name' <<<'<p>'
refuses templates/a@.html 'Your case' <<<'<p>Your case</p>'

samples_of swallowed
refuses src/base/a@.cpp ':1: swallows an error' <<<'try { f(); } catch (...) {}'
refuses src/base/a@_test.cpp ':1: swallows an error' <<<'try { f(); } catch (...) {}'
refuses src/base/a@.cpp ':2: swallows an error' < <(printf 'try {\n} catch (const E&) {\n    // fine\n}\n')
refuses frontend/behaviours/a@.ts 'swallows an error' <<<'try { f(); } catch { }'
refuses src/base/a@_test.cpp 'DISABLED_' <<<'TEST(A, DISABLED_B) {}'
refuses src/base/a@_test.cpp 'GTEST_SKIP' <<<'GTEST_SKIP();'
refuses src/base/a@_test.cpp 'GTEST_SKIP' <<<'GTEST_SKIP() << "only on SQLite: ";'
refuses tests/e2e/a@.mjs 'test.only' <<<'test.only("a", f);'
refuses tests/e2e/a@.mjs 'test.skip' <<<'test.skip("a", f);'
refuses src/base/a@.cpp 'TODO' <<<'// TODO: later'
refuses src/base/a@.cpp 'FIXME' <<<'int a; // FIXME'
refuses src/base/a@.cpp '// ======' <<<'// ==================='

samples_of injection
refuses src/comments/a@.cpp 'db.query("SELECT' <<<'db.query("SELECT a FROM b WHERE c = " + text);'
refuses src/comments/a@.cpp 'fmt::format' <<<'db.query(fmt::format("SELECT a FROM b ORDER BY {}", sort));'
refuses templates/a@.html 'style="color' <<<'<p style="color: red">'
refuses templates/a@.html 'onclick' <<<'<p onclick="go()">'
refuses templates/a@.html '<style>' <<<'<style>p {}</style>'
refuses templates/a@.html '<script>' <<<'<script>go()</script>'
refuses templates/a@.html 'https://example.com' <<<'<a href="https://example.com/">'
refuses templates/a@.html 'raw' <<<'<p>{% raw text %}</p>'
refuses frontend/behaviours/a@.ts 'innerHTML' <<<'node.innerHTML = text;'
refuses src/pages/desk/a@_pages.cpp '<div class' <<<'body += "<div class=x>";'

samples_of machine
refuses docs/a@.md '/root/project' <<<'cd /root/project'
refuses script/a@ '/work/main/x' <<<'cat /work/main/x'
refuses .npmrc 'registry.npmjs' <<<'registry=https://registry.npmjs.org/'
refuses package-lock.json ':1: names a server' <<<'{"resolved": "http://127.0.0.1/x.tgz"}'
refuses a@.pem 'PRIVATE KEY' <<<'-----BEGIN RSA PRIVATE KEY-----'

samples_of settings
put src/server/settings/settings.cpp <<'END'
void apply_dead(Config& config, std::string_view text)
{
    config.dead_by_helper = checked_switch(text);
}
constexpr std::array all_settings = {
    Setting{"dead_switch", "off", "Promises something", apply_dead},
    Setting{
        "dead_number", "4", "Promises something else",
        [](Config& config, std::string_view text) { config.dead_number = checked_number(text, 1, 64); }},
    Setting{"dead_part", "x", "Is handed on with the rest, but nobody looks",
        [](Config& config, std::string_view text) { config.names.dead_part = checked_text(text); }},
    Setting{"dead_letter", "x", "Fills in nothing", [](Config&, std::string_view text) { checked_text(text); }},
};
END
put src/server/settings/config.cpp <<<'if (config.dead_number == 0) throw UsageError("no");'
put src/commands/dead_test.cpp <<<'EXPECT_TRUE(config.dead_by_helper);'
tried=$((tried + 4))
expected+=('src/server/settings/settings.cpp|nobody reads the setting dead_switch (dead_by_helper)'
    'src/server/settings/settings.cpp|nobody reads the setting dead_number (dead_number)'
    'src/server/settings/settings.cpp|nobody reads the setting dead_part (names.dead_part)'
    'src/server/settings/settings.cpp|nobody reads the setting dead_letter (-)')

samples_of rooms
for number in $(seq 1 26); do put "src/leaks/file$number.cpp" <<<'int a;'; done
put src/teams/long.cpp < <(printf 'int a;\n%.0s' {1..3001})
tried=$((tried + 2))
expected+=('src/leaks|26 files, 25 are allowed' 'src/teams|3001 lines, 3000 are allowed')

samples_of writes
put src/comments/comment.hpp <<'END'
CommentId add_comment(db::Transaction& tx, const base::Act& act, const NewComment& comment);
std::vector<Comment> list_comments(db::Connection& db, ServiceRequestId service_request);
END
refuses src/pages/desk/a@_pages.cpp 'only a verb may call comments::add_comment' <<<'    comments::add_comment(tx, act, {});'
refuses src/pages/desk/a@_pages.cpp 'only a verb may call comments::add_comment' <<'END'
using namespace comments;
    const auto id = add_comment(tx, act, {});
END
refuses src/users/a@.cpp 'only a verb may call comments::add_comment' <<<'    const auto id = comments::add_comment(tx, act, {});'

samples_of kinds
refuses src/live/a@.cpp 'an event kind is events::Kind' <<<'    return event.kind == "resolved";'
refuses src/live/a@.cpp 'an event kind is events::Kind' <<<'    db.query("SELECT 1 FROM service_event WHERE kind IN ('"'submitted', 'resolved'"')");'
refuses templates/a@.html 'an event kind is events::Kind' <<<'{% if item.kind == "reopened" %}'

samples_of paths
put src/server/routes.cpp <<'END'
        {Get, "/service/{id}/", Customer, Read, customer::show_request},
        {Get, "/service/", Customer, Read, customer::list_requests},
END
refuses src/pages/shared/urls.hpp 'no route leads to /service/{}/close/' <<<'    return fmt::format("/service/{}/close/", id.value);'
refuses src/pages/desk/a@_pages.cpp 'writes the path /service/{}/' <<<'    return fmt::format("/service/{}/", id.value);'
refuses src/base/a@.hpp 'writes the path /healthz' <<<'constexpr std::string_view health = "/healthz";'
refuses templates/a@.html 'no route leads to /service/{}/close/' <<<'<a href="/service/{{ view.id }}/close/">'
refuses templates/a@.html 'no route leads to /servce/' <<<'<form action="/servce/?status=Pending">'
samples_of readers
put ARCHITECTURE.md <<'END'
## What a reader opens

    gone src/actions/gone.cpp
    apart src/actions/write.cpp src/pages/customer/door.cpp
    undrawn src/actions/write.cpp templates/customer/page.html
    long src/a.cpp src/b.cpp src/c.cpp src/d.cpp src/e.cpp src/f.cpp
END
tried=$((tried + 4))
expected+=('ARCHITECTURE.md:3|there is no src/actions/gone.cpp'
    'ARCHITECTURE.md:4|src/actions/write.cpp does not include pages/customer/door.hpp'
    'ARCHITECTURE.md:5|nothing before it draws templates/customer/page.html'
    'ARCHITECTURE.md:6|6 files are more than 5')
samples_of doors
put src/server/routes.cpp <<'END'
namespace customer = pages::customer;
        {Get, "/service/{id}/", Customer, Read, customer::show_request},
        {Get, "/service/{id}/received/", Customer, Read, customer::show_gone},
END
tried=$((tried + 2))
put src/pages/customer/door.cpp < <(
    printf 'namespace pages::customer {\nResponse show_request(Context& ctx)\n{\n%s\n}\n}\n' "$(lines 56 '    step();')"
)
expected+=('src/server/routes.cpp|the median of 1 door files is 61 lines'
    'src/server/routes.cpp|no file of pages/ defines pages::customer::show_gone')

samples_of attributes
refuses frontend/behaviours/a@.ts 'data-not-said is not in docs/frontend.md' <<<'one("[data-not-said]");'
refuses frontend/behaviours/a@.ts 'data-said-by is not in docs/frontend.md' <<<'bar.dataset.saidBy = "mei";'
refuses frontend/styles/a@.css 'data-state is not in docs/frontend.md' <<<'.live[data-state="off"] {}'
refuses docs/frontend.md 'nothing in frontend/ looks for data-gone' <<<'| `data-live`, `data-live-after`, `data-gone` |'

samples_of messages
# translation: standard input is added to po/es.po of the good tree.
translation() { cat - >>"$tree/po/es.po"; }
sed -i '/^msgid "Good day"/,$d' "$tree/po/es.po"
sed -i 's/^msgstr "Hola, {name}"/msgstr "Hola, {nombre}"/; s/^msgstr\[1\] .*/msgstr[1] "muchos días"/; s/^msgstr "Abrir"/msgstr ""/' "$tree/po/es.po"
put templates/more.html <<<'{% t "One more" %} {% sentence "Call {link}." %}{% part link %}<b>us</b>{% end %}{% end %} {% t "Vague" %}'
put src/users/gone.cpp <<<'const auto text = Text::plural("1 more", "{n} more", n);'
translation <<'END'
msgid "Call {link}."
msgstr "Llámenos."

#, fuzzy
msgid "Vague"
msgstr "Vago"

msgid "1 more"
msgid_plural "{n} more"
msgstr[0] "1 más"
msgstr[1] ""

msgid "Unused"
msgstr "No se usa"

#~ msgid "Obsolete"
#~ msgstr "Obsoleto"
END
put po/fr.po < <(printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "Good day"\nmsgstr "Bonjour"\nmsgstr "Salut"\n')
tried=$((tried + 10))
expected+=('po/es.po|"Good day" (src/users/hello.cpp:1) is missing'
    'po/es.po|"One more" (templates/more.html:1) is missing'
    'po/es.po|"Hello {name}" (templates/hello.html:1) has other placeholders than {name}: Hola, {nombre}'
    'po/es.po|"1 day" (templates/hello.html:1) has other placeholders than {n}: muchos días'
    'po/es.po|"Open" (templates/hello.html:1) has no translation'
    'po/es.po|"Call {link}." (templates/more.html:1) has other placeholders than {link}: Llámenos.'
    'po/es.po|"Vague" (templates/more.html:1) is marked as fuzzy'
    'po/es.po|"1 more" (src/users/gone.cpp:1) has no translation'
    'po/es.po|"Unused" is not used any more'
    'po/es.po|"Obsolete" is not used any more'
    'po/fr.po|syntax error')
refuses src/users/a@.cpp 'hides its message from xgettext' <<<'const base::Text words("Bye");'
samples_of nothing

echo "selftest tried $tried samples, $wrong wrong"
[ "$wrong" -eq 0 ]
