#include "commands/import_django/import.hpp"
#include "commands/import_django/source/layout.hpp"
#include "storage/local_store.hpp"
#include "support/django_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace commands::import_django {

namespace {

/// The same design under other names: an own user model, types as a table, files as a table, internal comments, service
/// requests that belong to accounts, and a log beside the file.
constexpr std::string_view other_shape = R"(
PRAGMA journal_mode = WAL;
CREATE TABLE people_user (id integer PRIMARY KEY, username varchar(150) UNIQUE, password varchar(128), is_superuser bool,
    is_staff bool, is_active bool, date_joined datetime);
INSERT INTO people_user VALUES (3, 'ada', '!', 1, 1, 1, '2024-01-01 00:00:00'), (4, 'mei', '!', 0, 0, 1, '2024-01-01 00:00:00');
CREATE TABLE desk_customeraccount (id integer PRIMARY KEY, number varchar(20), street_address text, phone text,
    holder_id integer REFERENCES people_user (id));
INSERT INTO desk_customeraccount VALUES (9, '4410208733', '5 Elm Street', '555 0100', 4);
CREATE TABLE desk_requesttype (id integer PRIMARY KEY, name varchar(50), slug varchar(50));
INSERT INTO desk_requesttype VALUES (1, 'Gas Leak', 'leak'), (2, 'Tree on the line', 'tree');
CREATE TABLE desk_servicerequest (id integer PRIMARY KEY, account_id integer REFERENCES desk_customeraccount (id),
    request_type_id integer REFERENCES desk_requesttype (id), details text, state varchar(20), created_at datetime,
    closed_at datetime);
INSERT INTO desk_servicerequest VALUES (20, 9, 1, 'It smells', 'OPEN', '2024-01-02T08:00:00Z', NULL),
    (21, 9, 2, 'A tree', 'resolved', '2024-01-03 08:00:00+02:00', '2024-01-04 08:00:00'),
    (22, 9, 77, 'Of a type that is gone', 'open', '2024-01-05 08:00:00', NULL);
CREATE TABLE desk_requestcomment (id integer PRIMARY KEY, request_id integer REFERENCES desk_servicerequest (id),
    author_id integer REFERENCES people_user (id), body text, is_internal bool, created datetime);
INSERT INTO desk_requestcomment VALUES (1, 20, 3, 'Crew is late', 1, '2024-01-02 09:00:00'),
    (2, 20, 4, 'Hurry', 0, '2024-01-02 10:00:00');
CREATE TABLE desk_requestattachment (id integer PRIMARY KEY, request_id integer REFERENCES desk_servicerequest (id),
    file varchar(200), uploaded_at datetime);
INSERT INTO desk_requestattachment VALUES (1, 20, 'a.txt', '2024-01-02 08:30:00'), (2, 20, 'b.txt', '2024-01-02 08:31:00'),
    (3, 99, 'a.txt', '2024-01-02 08:31:00'), (4, 20, '', '2024-01-02 08:31:00');
CREATE TABLE desk_survey (id integer PRIMARY KEY, stars integer);
)";

class DjangoShapes : public ::testing::Test
{
  protected:
    DjangoShapes()
    {
        std::filesystem::create_directories(media);
        support::run_sqlite(file, other_shape);
        for (const char* name : {"a.txt", "b.txt"})
            base::write_file_durably(media / name, "text");
    }

    std::string text(db::Sql sql) const
    {
        return target->read()->query(sql).first([](const db::Row& row) { return row.string(0); }).value_or("none");
    }

    support::TemporaryDirectory directory;
    std::filesystem::path file = directory.path() / "site.db";
    std::filesystem::path media = directory.path() / "media";
    support::TestDatabase target;
};

} // namespace

TEST_F(DjangoShapes, TablesAndColumnsAreFoundByLooking)
{
    const auto source = db::ForeignDatabase::open("sqlite:///" + file.string());
    const Layout layout = find_layout(*source, {});

    EXPECT_EQ(layout.users.name, "people_user");
    EXPECT_EQ(layout.accounts.name, "desk_customeraccount");
    EXPECT_EQ(layout.requests.name, "desk_servicerequest");
    EXPECT_EQ(layout.requests.columns.at(request_field::Type).name, "request_type_id");
    EXPECT_EQ(layout.types.name, "desk_requesttype");
    EXPECT_EQ(layout.comments.name, "desk_requestcomment");
    EXPECT_EQ(layout.attachments.name, "desk_requestattachment");
    EXPECT_FALSE(layout.notifications.is_there());
    EXPECT_THAT(layout.left_out, testing::ElementsAre("desk_survey"));
}

TEST_F(DjangoShapes, ASiteOfAnotherShapeIsTakenOver)
{
    const auto source = db::ForeignDatabase::open("sqlite:///" + file.string());
    const Media files(media);
    storage::LocalStore store(target.directory() / "attachments");
    std::vector<std::string> lines;
    Report report([&](Report::About, std::string_view line) { lines.emplace_back(line); });
    const Choices choices = parse_choices("UTC", {});
    Import taking({.database = *source, .media = files, .choices = choices}, report, base::from_millis(0),
        [](std::string_view, std::int64_t, std::int64_t) {});
    taking.run({.database = *target, .store = store});

    EXPECT_EQ(
        text("SELECT u.username FROM service_servicerequest r JOIN auth_user u ON u.id = r.user_id WHERE r.id = 20"),
        "mei");
    EXPECT_EQ(text("SELECT address FROM service_servicerequest WHERE id = 20"), "5 Elm Street");
    EXPECT_EQ(text("SELECT t.slug FROM service_servicerequest r JOIN service_request_type t ON t.id = r.request_type_id"
                   " WHERE r.id = 20"),
        "gas-leak");
    EXPECT_EQ(text("SELECT t.name FROM service_servicerequest r JOIN service_request_type t ON t.id = r.request_type_id"
                   " WHERE r.id = 21"),
        "Tree on the line");
    EXPECT_EQ(text("SELECT t.slug FROM service_servicerequest r JOIN service_request_type t ON t.id = r.request_type_id"
                   " WHERE r.id = 22"),
        "other");
    EXPECT_EQ(target.number("SELECT submitted_at FROM service_servicerequest WHERE id = 21"), 1704261600000);
    EXPECT_EQ(text("SELECT visibility FROM service_comment WHERE id = 1"), "internal");
    EXPECT_EQ(target.number("SELECT internal_comments FROM service_servicerequest WHERE id = 20"), 1);
    EXPECT_EQ(text("SELECT visibility FROM service_event WHERE comment_id = 1"), "internal");
    EXPECT_EQ(target.number("SELECT attachments FROM service_servicerequest WHERE id = 20"), 2);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_attachment"), 2);
}

TEST_F(DjangoShapes, TheSourceIsOnlyLookedAt)
{
    const std::string before = base::read_file(file);
    {
        const auto source = db::ForeignDatabase::open("sqlite:///" + file.string());
        EXPECT_EQ(source->connection().query("SELECT COUNT(*) FROM people_user").integer(), 2);
        EXPECT_ANY_THROW(source->connection().query("DELETE FROM people_user").integer());
        // The site writes meanwhile, and what it writes is seen.
        support::run_sqlite(file, "INSERT INTO people_user (id, username) VALUES (7, 'omar')");
        EXPECT_EQ(source->connection().query("SELECT COUNT(*) FROM people_user").integer(), 3);
    }
    EXPECT_FALSE(std::filesystem::exists(file.string() + ".lock"));
    support::run_sqlite(file, "DELETE FROM people_user WHERE id = 7");
    EXPECT_EQ(base::read_file(file).size(), before.size());
}

TEST(ForeignDatabase, SaysInWordsWhatCannotBeOpened)
{
    EXPECT_THROW(db::ForeignDatabase::open("sqlite:////nowhere/db.sqlite3"), db::Error);
    EXPECT_THROW(db::ForeignDatabase::open("mysql://x"), db::Error);
    const support::TemporaryDirectory directory;
    base::write_file_durably(directory.path() / "no.db", "This is text and no database, long enough to be one. ");
    EXPECT_THROW(db::ForeignDatabase::open("sqlite:///" + (directory.path() / "no.db").string()), db::Error);
}

} // namespace commands::import_django
