#include "attachments/attachment.hpp"
#include "base/crypto.hpp"
#include "base/phone/phone.hpp"
#include "commands/import_django/import.hpp"
#include "commands/import_django/source/value.hpp"
#include "sign_in/password.hpp"
#include "storage/local_store.hpp"
#include "support/test_database.hpp"
#include "users/credentials.hpp"

#include <gtest/gtest.h>

#include <boost/property_tree/json_parser.hpp>

#include <cstdlib>

namespace commands::import_django {

namespace {

using Tree = boost::property_tree::ptree;

/// A real site's database with its files and expected.json, in the directory that GAS_TEST_DJANGO_SAMPLE names.
class DjangoSample : public ::testing::Test
{
  protected:
    void SetUp() override
    {
        const char* named = std::getenv("GAS_TEST_DJANGO_SAMPLE");
        if (named == nullptr)
            GTEST_SKIP() << "GAS_TEST_DJANGO_SAMPLE names no sample";
        directory = named;
        boost::property_tree::read_json((directory / "expected.json").string(), expected);
        import();
    }

    void import()
    {
        const auto source = db::ForeignDatabase::open("sqlite:///" + (directory / "db.sqlite3").string());
        const Media media(directory / "media");
        storage::LocalStore store(target.directory() / "attachments");
        Report report([&](Report::About, std::string_view line) { lines.emplace_back(line); });
        const Choices choices = parse_choices("UTC", {});
        Import taking({.database = *source, .media = media, .choices = choices}, report,
            base::from_millis(1'800'000'000'000), [](std::string_view, std::int64_t, std::int64_t) {});
        taking.run({.database = *target, .store = store});
    }

    bool has_line(const std::string& text) const
    {
        return std::ranges::any_of(
            lines, [&](const std::string& line) { return line.find(text) != std::string::npos; });
    }

    std::string sha256_of(db::Sql sql)
    {
        std::string all;
        const auto lease = target->read();
        bool is_first = true;
        for (const db::Row row : lease->query(sql)) {
            all += is_first ? "" : std::string(1, '\0');
            all += row.text(0);
            is_first = false;
        }
        return base::hex(base::sha256(all));
    }

    std::int64_t count(db::Sql sql, const std::string& value) { return target->read()->query(sql, value).integer(); }

    std::filesystem::path directory;
    Tree expected;
    support::TestDatabase target;
    std::vector<std::string> lines;
};

std::int64_t millis_of(const std::string& iso)
{
    const auto parsed = parse_time(iso);
    return parsed ? base::to_millis(parsed->time) : -1;
}

} // namespace

TEST_F(DjangoSample, CountsHold)
{
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM auth_user"), expected.get<std::int64_t>("tables.auth_user"));
    EXPECT_EQ(
        target.number("SELECT COUNT(*) FROM service_account"), expected.get<std::int64_t>("tables.service_account"));
    EXPECT_EQ(
        target.number("SELECT COUNT(*) FROM service_comment"), expected.get<std::int64_t>("tables.service_comment"));
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_servicerequest"),
        expected.get<std::int64_t>("tables.service_servicerequest"));
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_notification"),
        expected.get<std::int64_t>("tables.service_notification"));
    for (const auto& [status, number] : expected.get_child("requests_by_status"))
        EXPECT_EQ(count("SELECT COUNT(*) FROM service_servicerequest WHERE status = $1", status),
            number.get_value<std::int64_t>());
    for (const auto& [type, number] : expected.get_child("requests_by_type"))
        EXPECT_EQ(count("SELECT COUNT(*) FROM service_servicerequest r JOIN service_request_type t"
                        " ON t.id = r.request_type_id WHERE t.name = $1",
                      type),
            number.get_value<std::int64_t>());
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_notification WHERE is_read = 0"),
        expected.get<std::int64_t>("unread_notifications"));
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_comment c JOIN auth_user u ON u.id = c.user_id"
                            " WHERE u.role <> 'customer'"),
        expected.get<std::int64_t>("comments_by_staff"));
    EXPECT_EQ(target.number("SELECT SUM(value) FROM service_counter WHERE name = 'open'"),
        expected.get<std::int64_t>("requests_by_status.Pending"));
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_event WHERE kind = 'commented'"),
        expected.get<std::int64_t>("tables.service_comment"));
}

TEST_F(DjangoSample, TextsHold)
{
    EXPECT_EQ(sha256_of("SELECT description FROM service_servicerequest ORDER BY id"),
        expected.get<std::string>("all_descriptions_sha256"));
    EXPECT_EQ(
        sha256_of("SELECT text FROM service_comment ORDER BY id"), expected.get<std::string>("all_comments_sha256"));
}

TEST_F(DjangoSample, SignInsHold)
{
    for (const auto& [ignored, sign_in] : expected.get_child("logins")) {
        const auto username = sign_in.get<std::string>("username");
        const auto found = users::find_credentials(*target->read(), username);
        const bool enters = found && sign_in::check_password(sign_in.get<std::string>("password"),
                                         found->password_hash) != sign_in::PasswordCheck::Wrong;
        EXPECT_EQ(enters, sign_in.get<bool>("valid")) << username;
    }
    for (const auto& [ignored, name] : expected.get_child("staff"))
        EXPECT_EQ(count("SELECT COUNT(*) FROM auth_user WHERE role <> 'customer' AND username = $1", name.data()), 1);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM auth_user WHERE role <> 'customer'"), 3);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM auth_user WHERE role = 'administrator'"), 1);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM auth_user WHERE is_active = 0"), 1);
}

TEST_F(DjangoSample, ServiceRequestsHold)
{
    for (const auto& [ignored, wanted] : expected.get_child("requests")) {
        const auto id = wanted.get<std::int64_t>("id");
        const auto lease = target->read();
        lease
            ->query(R"(
            SELECT u.username, t.name, r.status, r.submitted_at, COALESCE(r.resolved_at, -1), r.description,
                   r.public_comments, (SELECT COUNT(*) FROM service_notification n WHERE n.service_request_id = r.id)
              FROM service_servicerequest r JOIN auth_user u ON u.id = r.user_id
              JOIN service_request_type t ON t.id = r.request_type_id WHERE r.id = $1)",
                id)
            .first([&](const db::Row& row) {
                EXPECT_EQ(row.text(0), wanted.get<std::string>("username"));
                EXPECT_EQ(row.text(1), wanted.get<std::string>("request_type"));
                EXPECT_EQ(row.text(2), wanted.get<std::string>("status"));
                EXPECT_EQ(row.integer(3), millis_of(wanted.get<std::string>("submitted_at")));
                const auto resolved = wanted.get<std::string>("resolved_at");
                EXPECT_EQ(row.integer(4), resolved == "null" ? -1 : millis_of(resolved));
                EXPECT_EQ(base::hex(base::sha256(row.text(5))), wanted.get<std::string>("description_sha256"));
                EXPECT_EQ(row.integer(6), wanted.get<std::int64_t>("comments"));
                EXPECT_EQ(row.integer(7), wanted.get<std::int64_t>("notifications"));
                return 0;
            });
    }
}

TEST_F(DjangoSample, TheFirstCustomerHolds)
{
    const Tree& wanted = expected.get_child("customer0001");
    const auto lease = target->read();
    const auto found = lease
                           ->query(R"(
        SELECT u.id, u.first_name, u.last_name, u.email, u.date_joined, a.account_number, a.address, a.phone_number,
               (SELECT COUNT(*) FROM service_servicerequest r WHERE r.user_id = u.id),
               (SELECT COUNT(*) FROM service_servicerequest r WHERE r.user_id = u.id AND r.status = 'Pending'),
               (SELECT COUNT(*) FROM service_notification n WHERE n.user_id = u.id),
               (SELECT COUNT(*) FROM service_notification n WHERE n.user_id = u.id AND n.is_read = 0)
          FROM auth_user u JOIN service_account a ON a.user_id = u.id WHERE u.username = 'customer0001')")
                           .first([&](const db::Row& row) {
                               EXPECT_EQ(row.integer(0), wanted.get<std::int64_t>("id"));
                               EXPECT_EQ(row.text(1), wanted.get<std::string>("first_name"));
                               EXPECT_EQ(row.text(2), wanted.get<std::string>("last_name"));
                               EXPECT_EQ(row.text(3), wanted.get<std::string>("email"));
                               EXPECT_EQ(row.integer(4), millis_of(wanted.get<std::string>("date_joined")));
                               EXPECT_EQ(row.text(5), wanted.get<std::string>("account_number"));
                               EXPECT_EQ(row.text(6), wanted.get<std::string>("address"));
                               EXPECT_EQ(row.text(7), base::normal_phone(wanted.get<std::string>("phone_number")));
                               EXPECT_EQ(row.integer(8), wanted.get<std::int64_t>("requests"));
                               EXPECT_EQ(row.integer(9), wanted.get<std::int64_t>("pending"));
                               EXPECT_EQ(row.integer(10), wanted.get<std::int64_t>("notifications"));
                               EXPECT_EQ(row.integer(11), wanted.get<std::int64_t>("unread"));
                               return true;
                           });
    EXPECT_TRUE(found);
}

TEST_F(DjangoSample, FilesHold)
{
    const storage::LocalStore store(target.directory() / "attachments");
    for (const auto& [ignored, wanted] : expected.get_child("attachments")) {
        const auto lease = target->read();
        const auto files = attachments::list_attachments(
            *lease, ServiceRequestId{wanted.get<std::int64_t>("request")}, base::Visibility::Public);
        if (wanted.get<std::string>("sha256") == "null") {
            EXPECT_TRUE(files.empty());
            continue;
        }
        ASSERT_EQ(files.size(), 1U);
        EXPECT_EQ(files[0].sha256, wanted.get<std::string>("sha256"));
        EXPECT_EQ(files[0].size, wanted.get<std::uint64_t>("bytes"));
        EXPECT_EQ(base::hex(base::sha256(base::read_file(store.path_of(files[0].stored_name)))), files[0].sha256);
    }
    EXPECT_TRUE(has_line("missing file: service request 7: \"" + expected.get<std::string>("missing_file")));
    EXPECT_TRUE(has_line("orphan file: \"" + expected.get<std::string>("orphan_file")));
}

} // namespace commands::import_django
