#pragma once
// What the tests of pages that send mail share.

#include "actions/people/register.hpp"
#include "actions/people/reset_by_mail.hpp"
#include "pages/shared/urls.hpp"
#include "support/test_site.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pages::public_ {

/// A site that sends mail and takes registrations.
class MailTest : public testing::Test
{
  protected:
    MailTest()
    {
        site.services().self_service.has_mail = true;
        site.services().self_service.takes_registrations = true;
        execute("UPDATE service_mail_switch SET is_on = 1");
    }

    /// What the server does every second: answers what was asked for.
    void wait_a_moment()
    {
        actions::mail_reset_links(*site.database, site.clock.now(), urls::reset_link);
        actions::mail_registration_links(*site.database, site.clock.now(), urls::registration_link);
    }
    /// "password_reset mei@example.com" for each mail so far, in order.
    std::vector<std::string> mails()
    {
        return db::map_rows(site.database->read()->query("SELECT kind, to_address FROM service_mail ORDER BY id"),
            [](const db::Row& row) { return row.string(0) + ' ' + row.string(1); });
    }
    /// The path in the last mail that has one.
    std::string link()
    {
        return site.database->read()
            ->query("SELECT secret FROM service_mail WHERE secret <> '' ORDER BY id DESC LIMIT 1")
            .first([](const db::Row& row) { return row.string(0); })
            .value_or("");
    }
    std::int64_t count(std::string_view table)
    {
        db::SqlBuilder sql("SELECT COUNT(*) FROM ");
        sql.name(table);
        return site.database->read()->query(sql).integer();
    }
    void execute(db::Sql sql)
    {
        site.database->write([&](db::Transaction& tx) { tx.apply(sql); });
    }
    support::Answer sign_in(support::Client& from, std::string username, std::string password)
    {
        return from.post(
            "/accounts/login/", {{"username", std::move(username)}, {"password", std::move(password)}, {"next", "/"}});
    }

    support::TestSite site;
    support::Client browser{site};
};

} // namespace pages::public_
