#include "commands/import_django/import.hpp"

#include "base/crypto.hpp"
#include "commands/import_django/conversation.hpp"
#include "commands/import_django/files.hpp"
#include "commands/import_django/history.hpp"
#include "commands/import_django/people.hpp"
#include "commands/import_django/rehearsal.hpp"
#include "commands/import_django/requests.hpp"
#include "commands/import_django/unclear.hpp"
#include "search/search.hpp"
#include "search/words.hpp"
#include "service_requests/counter.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <climits>

namespace commands::import_django {

namespace {

constexpr std::size_t rows_at_once = 500;
constexpr std::size_t files_at_once = 20;

/// Tells one site from another: when its first migration was applied, to the microsecond; without that table when its
/// first user joined.
std::string fingerprint_of(db::ForeignDatabase& source, const Layout& layout)
{
    const bool has_migrations = !source.columns("django_migrations").empty();
    db::SqlBuilder sql("SELECT CAST(id AS TEXT), ");
    if (has_migrations) {
        sql.add("CAST(applied AS TEXT) FROM django_migrations ORDER BY id LIMIT 1");
    } else {
        sql.add("CAST(").name(layout.users.columns.at(user_field::DateJoined).name).add(" AS TEXT) FROM ");
        sql.name(layout.users.name).add(" ORDER BY id LIMIT 1");
    }
    std::string text;
    source.read(sql, [&](const db::Row& row) {
        text = row.string(0) + " " + row.string(1);
        return false;
    });
    return base::hex(base::sha256(text));
}

/// False for a database without our tables: nothing was ever taken over into it.
bool has_our_tables(db::ForeignDatabase& target)
{
    return !target.columns("import_row").empty();
}

void describe(const Layout& layout, Report& report)
{
    const auto say = [&](std::string_view what, const SourceTable& table) {
        report.note(fmt::format("{}: {}", what, table.is_there() ? "table " + table.name : "the source has none"));
    };
    say("users", layout.users);
    say("accounts", layout.accounts);
    say("service requests", layout.requests);
    say("comments", layout.comments);
    say("notifications", layout.notifications);
    say("attachments", layout.attachments);
    if (layout.types.is_there())
        say("request types", layout.types);
    for (const std::string& name : layout.left_out)
        report.note(fmt::format("{} is not imported: there is nothing like it here", name));
}

} // namespace

/// One run over all tables: into a database, or a rehearsal beside one that may not be there.
class Import::Pass
{
  public:
    Pass(Import& run, Layout layout, const Into* into, db::Connection* looked_at)
        : import_(run),
          layout_(std::move(layout)),
          setting_{.layout = layout_, .report = run.report_, .choices = run.source_.choices, .now = run.now_},
          into_(into),
          looked_at_(looked_at)
    {}

    void take_everything()
    {
        note_bounds();
        db::ForeignDatabase& source = import_.source_.database;
        Types types(source, layout_);
        Users users(setting_, find_supervisors(source, layout_));
        Accounts accounts(setting_);
        Requests requests(setting_, types);
        Comments comments(setting_);
        Notifications notifications(setting_);
        for (Noun* noun : {static_cast<Noun*>(&users), static_cast<Noun*>(&accounts), static_cast<Noun*>(&requests),
                 static_cast<Noun*>(&comments), static_cast<Noun*>(&notifications)})
            take_table(*noun, nullptr);
        Files files(setting_, import_.source_.media, into_ == nullptr ? nullptr : &into_->store);
        take_table(files, &files);
        files.report_orphans();
        import_.report_.commit();
    }

  private:
    struct Bound
    {
        const SourceTable* table;
        std::int64_t last = 0;
    };

    /// The ends of the tables, those that refer to others first: whatever a row up to its end refers to is then before
    /// the other's end, although the site goes on writing.
    void note_bounds()
    {
        for (const SourceTable* table : {&layout_.notifications, &layout_.comments, &layout_.attachments,
                 &layout_.requests, &layout_.accounts, &layout_.users})
            if (table->is_there())
                bounds_.push_back({table, last_id(import_.source_.database, *table)});
    }

    std::int64_t bound_of(const SourceTable& table) const
    {
        for (const Bound& bound : bounds_)
            if (bound.table == &table)
                return bound.last;
        return 0;
    }

    void take_table(Noun& noun, Files* files)
    {
        const SourceTable& table = noun.table();
        if (!table.is_there())
            return;
        const std::int64_t total = count_rows(import_.source_.database, table);
        const std::int64_t known_before = count_known_rows(noun.subject());
        std::int64_t done = 0;
        Span span{.after = LLONG_MIN, .last = bound_of(table)};
        while (true) {
            const auto page =
                read_page(import_.source_.database, table, span, files == nullptr ? rows_at_once : files_at_once);
            if (page.empty())
                break;
            span.after = page.back().id;
            files == nullptr ? take_page(noun, page) : take_files(*files, page);
            done += static_cast<std::int64_t>(page.size());
            import_.progress_(noun.subject(), done, total);
        }
        note_removed(noun.subject(), known_before);
    }

    void take_page(Noun& noun, const std::vector<SourceRow>& page)
    {
        const auto take_all = [&](const Target& target) {
            for (const SourceRow& row : page)
                take_row(noun, target, row, import_.report_);
        };
        if (into_ == nullptr) {
            take_all({.db = looked_at_, .rehearsal = &rehearsal_});
        } else {
            into_->database.write([&](db::Transaction& tx) {
                db::Connection& connection = tx;
                take_all({.db = &connection, .tx = &tx});
                move_sequences(tx, into_->database.engine());
            });
            index();
        }
        import_.report_.commit();
    }

    // When the transaction fails the copies stay: whether it failed may not be known, and the server's sweep removes
    // within an hour what no row names.
    void take_files(Files& files, const std::vector<SourceRow>& page)
    {
        if (into_ == nullptr) {
            files.prepare({.db = looked_at_, .rehearsal = &rehearsal_}, page);
        } else {
            const auto lease = into_->database.read();
            files.prepare({.db = &*lease}, page);
        }
        take_page(files, page);
        files.settle();
    }

    void index()
    {
        search::store_all_words_behind(into_->database);
        while (search::has_words_to_index(*into_->database.read()))
            into_->database.write([](db::Transaction& tx) { search::index_words(tx); });
    }

    std::int64_t count_known_rows(std::string_view subject)
    {
        if (into_ == nullptr)
            return count_known({.db = looked_at_}, subject);
        const auto lease = into_->database.read();
        return count_known({.db = &*lease}, subject);
    }

    void note_removed(std::string_view subject, std::int64_t known_before)
    {
        const std::int64_t removed = known_before - import_.report_.count_known(subject);
        if (removed > 0)
            import_.report_.note(fmt::format(
                "{} of {} that were imported before are no longer in the source; they stay here", removed, subject));
    }

    Import& import_;
    const Layout layout_;
    const Setting setting_;
    const Into* into_;
    db::Connection* looked_at_;
    Rehearsal rehearsal_;
    std::vector<Bound> bounds_;
};

void Import::run(const Into& into)
{
    Layout layout = find_layout(source_.database, source_.choices);
    refuse_unclear(source_.database, layout, source_.choices);
    const std::string fingerprint = fingerprint_of(source_.database, layout);
    {
        const auto lease = into.database.read();
        refuse_other_contents({.db = &*lease}, fingerprint);
    }
    describe(layout, report_);
    into.database.write([&](db::Transaction& tx) { remember_start(tx, fingerprint, now_); });
    Pass(*this, std::move(layout), &into, nullptr).take_everything();
    derive_history(into.database, now_, [&](std::int64_t last) { progress_("history", last, 0); });
    into.database.write([&](db::Transaction& tx) {
        service_requests::measure_step_back(tx);
        remember_end(tx, now_);
    });
}

void Import::rehearse(db::ForeignDatabase* target)
{
    Layout layout = find_layout(source_.database, source_.choices);
    refuse_unclear(source_.database, layout, source_.choices);
    db::Connection* looked_at = nullptr;
    if (target != nullptr && has_our_tables(*target)) {
        looked_at = &target->connection();
        refuse_other_contents({.db = looked_at}, fingerprint_of(source_.database, layout));
    } else if (target != nullptr && !target->columns("auth_user").empty()) {
        refuse_people(target->connection());
    }
    describe(layout, report_);
    Pass(*this, std::move(layout), nullptr, looked_at).take_everything();
}

} // namespace commands::import_django
