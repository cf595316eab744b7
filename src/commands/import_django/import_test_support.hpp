#pragma once
// What the tests of the import share: a site of the original design, a database to import it into, and what an import
// wrote.

#include "commands/commands.hpp"
#include "commands/import_django/import.hpp"
#include "commands/import_django/source/layout.hpp"
#include "sign_in/password.hpp"
#include "storage/local_store.hpp"
#include "support/django_site.hpp"
#include "support/fake_clock.hpp"
#include "users/credentials.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace commands::import_django {

using Lines = std::vector<std::string>;

class DjangoImport : public ::testing::Test
{
  protected:
    struct Killed
    {
    };

    /// Into the test's database; dies after the page of this number.
    Lines take_over(int dies_after = INT_MAX) { return take_over_into(target, dies_after); }

    Lines take_over_into(support::TestDatabase& into, int dies_after = INT_MAX)
    {
        storage::LocalStore store(into.directory() / "attachments");
        return run([&](Import& taking) { taking.run({.database = *into, .store = store}); }, dies_after);
    }

    Lines rehearse(db::ForeignDatabase* beside)
    {
        return run([&](Import& taking) { taking.rehearse(beside); }, INT_MAX);
    }

    std::unique_ptr<db::ForeignDatabase> look_at(const support::TestDatabase& database) const
    {
        return db::ForeignDatabase::open(database.url());
    }

    std::string text(db::Sql sql, std::int64_t id = 0)
    {
        db::SqlBuilder built(sql);
        if (id != 0)
            built.bind(id);
        return target->read()->query(built).first([](const db::Row& row) { return row.string(0); }).value_or("none");
    }

    bool signs_in(const std::string& username, const std::string& password)
    {
        const auto found = users::find_credentials(*target->read(), username);
        return found && sign_in::check_password(password, found->password_hash) != sign_in::PasswordCheck::Wrong;
    }

    support::DjangoSite site;
    support::TestDatabase target;
    Choices choices = parse_choices("UTC", {"status:Waiting=pending"});
    base::Time now = base::from_millis(1'800'000'000'000);
    /// Of the last run.
    Lines by_reason;

  private:
    template <typename Work>
    Lines run(Work&& work, int dies_after)
    {
        const auto source = db::ForeignDatabase::open(site.url());
        const Media media(site.media());
        Lines lines;
        Report report([&](Report::About, std::string_view line) { lines.emplace_back(line); });
        int pages = 0;
        Import taking({.database = *source, .media = media, .choices = choices}, report, now,
            [&](std::string_view, std::int64_t, std::int64_t) {
                if (++pages > dies_after)
                    throw Killed();
            });
        work(taking);
        by_reason = report.by_reason();
        return lines;
    }
};

/// Everything that an import writes, without what is random.
inline std::string contents(const support::TestDatabase& database)
{
    std::string all;
    const auto add = [&](db::Sql sql) {
        const auto lease = database->read();
        for (const db::Row row : lease->query(sql))
            all += row.string(0) + '\n';
    };
    add("SELECT id || '|' || username || '|' || password || '|' || role || '|' || is_active || '|' || date_joined || "
        "'|' ||"
        " COALESCE(last_login, 0) || '|' || search_text || '|' || version FROM auth_user ORDER BY id");
    add("SELECT id || '|' || account_number || '|' || address || '|' || COALESCE(user_id, 0) || '|' || version"
        " FROM service_account ORDER BY id");
    add("SELECT account_id || '|' || user_id FROM service_account_user ORDER BY account_id, user_id");
    add("SELECT id || '|' || COALESCE(user_id, 0) || '|' || request_type_id || '|' || description || '|' || status || "
        "'|' ||"
        " submitted_at || '|' || COALESCE(resolved_at, 0) || '|' || updated_at || '|' || address_key || '|' ||"
        " public_comments || '|' || attachments || '|' || version FROM service_servicerequest ORDER BY id");
    add("SELECT id || '|' || service_request_id || '|' || COALESCE(user_id, 0) || '|' || text || '|' || created_at"
        " FROM service_comment ORDER BY id");
    add("SELECT service_request_id || '|' || user_id FROM service_participant ORDER BY service_request_id, user_id");
    add("SELECT id || '|' || user_id || '|' || service_request_id || '|' || message || '|' || is_read"
        " FROM service_notification ORDER BY id");
    add("SELECT service_request_id || '|' || name || '|' || content_type || '|' || size || '|' || sha256 || '|' || "
        "created_at"
        " FROM service_attachment ORDER BY service_request_id, id");
    add("SELECT subject || '|' || subject_id || '|' || COALESCE(actor_id, 0) || '|' || kind || '|' || visibility || "
        "'|' ||"
        " after_value || '|' || COALESCE(comment_id, 0) || '|' || created_at FROM service_event"
        " ORDER BY subject, subject_id, id");
    add("SELECT slug || '|' || name FROM service_request_type ORDER BY id");
    add("SELECT CAST(SUM(value) AS TEXT) FROM service_counter WHERE name = 'open'");
    add("SELECT subject || '|' || source_id || '|' || target_id || '|' || digest || '|' || version FROM import_row"
        " WHERE subject <> 'attachment' ORDER BY subject, source_id");
    return all;
}

inline std::vector<std::string> of_kind(const Lines& lines, std::string_view kind)
{
    std::vector<std::string> found;
    for (const std::string& line : lines)
        if (line.starts_with(std::string(kind) + ": "))
            found.push_back(line);
    return found;
}

} // namespace commands::import_django
