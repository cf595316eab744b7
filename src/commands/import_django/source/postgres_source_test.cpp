#include "commands/import_django/import.hpp"
#include "commands/import_django/source/layout.hpp"
#include "storage/local_store.hpp"
#include "support/postgres_server.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

namespace commands::import_django {

namespace {

/// What Django makes on PostgreSQL: other types for the same columns, and times with a zone.
constexpr db::Migration django_on_postgres{.number = 1, .name = "0001_site", .sql = R"(
CREATE TABLE django_migrations (id BIGSERIAL PRIMARY KEY, app VARCHAR(255), name VARCHAR(255), applied TIMESTAMPTZ);
INSERT INTO django_migrations (app, name, applied) VALUES ('contenttypes', '0001_initial', '2023-01-01 09:00:00.123456+00');
CREATE TABLE auth_user (id SERIAL PRIMARY KEY, password VARCHAR(128), last_login TIMESTAMPTZ, is_superuser BOOLEAN,
    username VARCHAR(150) UNIQUE, first_name VARCHAR(150), last_name VARCHAR(150), email VARCHAR(254), is_staff BOOLEAN,
    is_active BOOLEAN, date_joined TIMESTAMPTZ);
INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
    VALUES (3, '!', TRUE, 'ada', '', '', '', TRUE, TRUE, '2024-01-01 01:00:00.654321+01'),
           (5, '!', FALSE, 'zoë@müller.example', 'Zoë', '', '', FALSE, FALSE, '2024-01-01 00:00:00+00');
CREATE TABLE service_account (id SERIAL PRIMARY KEY, account_number VARCHAR(20), address VARCHAR(255),
    phone_number VARCHAR(20), user_id INTEGER UNIQUE REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED);
INSERT INTO service_account VALUES (1, 'GU-1000', '5 Elm Street', '+1 312-555-4152', 5);
CREATE TABLE service_servicerequest (id BIGSERIAL PRIMARY KEY, request_type VARCHAR(50), description TEXT,
    attachment VARCHAR(100), status VARCHAR(20), submitted_at TIMESTAMPTZ, resolved_at TIMESTAMPTZ,
    user_id INTEGER REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED);
INSERT INTO service_servicerequest VALUES
    (7, 'Gas Leak', 'It smells', 'a.txt', 'Resolved', '2024-01-02 00:00:00.5+00', '2024-01-03 00:00:00+00', 5),
    (9, 'Other', 'Größe 🔥', '', 'Pending', '2024-01-02 00:00:00+00', NULL, 5);
CREATE TABLE service_notification (id BIGSERIAL PRIMARY KEY, message VARCHAR(255), is_read BOOLEAN, created_at TIMESTAMPTZ,
    service_request_id BIGINT REFERENCES service_servicerequest (id), user_id INTEGER REFERENCES auth_user (id));
INSERT INTO service_notification VALUES (1, 'Seen', TRUE, now(), 7, 5), (2, 'New', FALSE, now(), 7, 5);
)"};

class DjangoOnPostgres : public ::testing::Test
{
  protected:
    void SetUp() override
    {
        if (!support::tests_use_postgres())
            GTEST_SKIP() << "only on PostgreSQL: the site's own database is there";
        site = std::make_unique<support::EmptyPostgres>();
        std::filesystem::create_directories(media);
        base::write_file_durably(media / "a.txt", "text");
        db::migrate(*db::Database::open({.url = site->url()}), std::span(&django_on_postgres, 1));
    }

    std::unique_ptr<support::EmptyPostgres> site;
    support::TestDatabase target;
    std::filesystem::path media = target.directory() / "media";
};

} // namespace

TEST_F(DjangoOnPostgres, TablesColumnsAndReferencesAreFound)
{
    const auto source = db::ForeignDatabase::open(site->url());
    const Layout layout = find_layout(*source, {});

    EXPECT_EQ(source->engine(), db::Engine::Postgres);
    EXPECT_EQ(layout.requests.name, "service_servicerequest");
    EXPECT_EQ(layout.requests.columns.at(request_field::User).parent, "auth_user");
    EXPECT_EQ(layout.accounts.columns.at(account_field::User).name, "user_id");
    EXPECT_EQ(layout.attachments.name, "service_servicerequest");
}

TEST_F(DjangoOnPostgres, NothingCanBeWritten)
{
    const auto source = db::ForeignDatabase::open(site->url());

    EXPECT_THROW(source->connection().query("DELETE FROM service_notification").integer(), db::Error);
    EXPECT_EQ(source->connection().query("SELECT COUNT(*) FROM service_notification").integer(), 2);
}

TEST_F(DjangoOnPostgres, TheSiteIsTakenOverAndASecondRunChangesNothing)
{
    for (int run = 0; run < 2; ++run) {
        const auto source = db::ForeignDatabase::open(site->url());
        const Media files(media);
        storage::LocalStore store(target.directory() / "attachments");
        Report report([](Report::About, std::string_view) {});
        const Choices choices;
        Import taking({.database = *source, .media = files, .choices = choices}, report, base::from_millis(0),
            [](std::string_view, std::int64_t, std::int64_t) {});
        taking.run({.database = *target, .store = store});

        EXPECT_EQ(target.number("SELECT COUNT(*) FROM auth_user"), 2);
        EXPECT_EQ(target.number("SELECT date_joined FROM auth_user WHERE id = 3"), 1704067200654);
        EXPECT_EQ(target.number("SELECT is_active FROM auth_user WHERE id = 5"), 0);
        EXPECT_EQ(target.number("SELECT COUNT(*) FROM auth_user WHERE role = 'administrator'"), 1);
        EXPECT_EQ(target.number("SELECT submitted_at FROM service_servicerequest WHERE id = 7"), 1704153600500);
        EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_servicerequest WHERE description = 'Größe 🔥'"), 1);
        EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_notification WHERE is_read = 0"), 1);
        EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_attachment"), 1);
        EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_event WHERE subject = 'service_request'"), 3);
        EXPECT_EQ(report.count_lines("changed"), 0);
    }
    // The next number that the database hands out is free.
    target->write([](db::Transaction& tx) {
        const auto id = tx.insert<AccountId>(
            "INSERT INTO service_account (account_number, address, created_at) VALUES ('X', '', 0)");
        EXPECT_EQ(id.value, 2);
    });
}

} // namespace commands::import_django
