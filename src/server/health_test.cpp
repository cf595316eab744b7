#include "server/health.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>

namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Health : public testing::Test
{
  protected:
    http::Response ask(std::string_view path, std::string_view from = "127.0.0.1")
    {
        http::Request request;
        request.path = path;
        request.target = path;
        request.host = "localhost";
        request.remote_address = from;
        request.forwarding = forwarding;
        return site.answer(std::move(request));
    }
    int status(std::string_view path, std::string_view from = "127.0.0.1")
    {
        return static_cast<int>(ask(path, from).status);
    }

    support::TestSite site;
    http::Forwarding forwarding = http::Forwarding::None;
};

TEST_F(Health, SaysThatTheDatabaseCanBeReadAndWritten)
{
    const http::Response answer = ask("/readyz");

    EXPECT_EQ(static_cast<int>(answer.status), 200);
    EXPECT_THAT(std::string(answer.text()), StartsWith("ready\n"));
}

TEST_F(Health, SaysWhichProgramAnswers)
{
    const http::Response answer = ask("/healthz");

    EXPECT_THAT(std::string(answer.text()), StartsWith("ok\n"));
    EXPECT_THAT(std::string(answer.text()),
        testing::ContainsRegex("\ngas-utility [0-9]+\\.[0-9]+\\.[0-9]+ \\(commit ([0-9a-f]{12,}|unknown)\\)\n"));
}

TEST_F(Health, SendsVisitorsElsewhereBeforeTheProcessEnds)
{
    site.services().is_leaving = true;

    const http::Response answer = ask("/readyz");

    EXPECT_EQ(static_cast<int>(answer.status), 503);
    EXPECT_EQ(status("/healthz"), 200);
    EXPECT_EQ(status("/"), 200);
}

TEST_F(Health, NamesThePartThatFailsAndNothingElse)
{
    const auto directory = site.services().attachments.temporary_directory().parent_path();
    std::filesystem::rename(directory, directory.string() + ".away");
    testing::internal::CaptureStderr();

    const http::Response answer = ask("/readyz");

    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr(directory.string()));
    EXPECT_EQ(static_cast<int>(answer.status), 503);
    EXPECT_EQ(answer.content_type, "text/plain; charset=utf-8");
    EXPECT_EQ(std::string(answer.text()), "not ready: attachments; see the log\n");
    EXPECT_EQ(status("/healthz"), 200);
    EXPECT_EQ(status("/readyz", "203.0.113.7"), 404);
}

TEST_F(Health, IsNotReadyOnceAPageMetDamagedData)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: it damages the file";
    support::Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    for (int i = 0; i < 200; ++i)
        site.submit(site.cast.mei, std::string(4000, 'a'));
    site.database.damage();
    EXPECT_EQ(status("/readyz"), 200) << "nobody has met it";

    testing::internal::CaptureStderr();
    int failed = 0;
    for (int id = 1; id <= 200; ++id)
        failed += ravi.get("/admin/requests/" + std::to_string(id) + "/").status == 500 ? 1 : 0;
    const std::string log = testing::internal::GetCapturedStderr();

    EXPECT_GT(failed, 1);
    const auto first = log.find(" error the database is damaged");
    EXPECT_NE(first, std::string::npos) << log;
    EXPECT_EQ(log.find(" error the database is damaged", first + 1), std::string::npos) << "told once";
    const http::Response answer = ask("/readyz");
    EXPECT_EQ(static_cast<int>(answer.status), 503);
    EXPECT_EQ(std::string(answer.text()), "the database is damaged; see the log\n");
    EXPECT_EQ(status("/healthz"), 200);
}

TEST_F(Health, NothingIsWrittenOnceDamageWasMet)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: it damages the file";
    support::Client mei(site);
    mei.sign_in_as(site.cast.mei);
    for (int i = 0; i < 200; ++i)
        site.submit(site.cast.mei, std::string(4000, 'a'));
    site.database.damage();
    testing::internal::CaptureStderr();
    EXPECT_FALSE(site.database->inspect([] { return false; }).damage.size() > 0) << "told to stop at once";
    EXPECT_FALSE(site.database->is_damaged());
    EXPECT_FALSE(site.database->inspect([] { return true; }).damage.empty()) << "the nightly check";
    EXPECT_TRUE(site.database->is_damaged());

    const auto refused = mei.post("/service/1/comments/", {{"text", "It is colder now"}});
    EXPECT_EQ(refused.status, 503);
    EXPECT_THAT(refused.body, HasSubstr("Nothing can be saved at the moment"));
    EXPECT_THAT(refused.body, HasSubstr("It is colder now")) << "what was typed is shown again";
    EXPECT_THROW(site.database->write([](db::Transaction&) {}), db::Damaged);

    support::Client guest(site);
    const auto leak = guest.post("/emergency/", {{"address", "12 Ash Lane"}, {"phone", "555-0100"}});
    EXPECT_EQ(leak.status, 503);
    EXPECT_THAT(leak.body, HasSubstr("tel:"));
    testing::internal::GetCapturedStderr();
}

TEST_F(Health, DamageThatAServerSpeaksOfIsRemembered)
{
    if (!support::tests_use_postgres())
        GTEST_SKIP() << "only on PostgreSQL: its error codes";
    const auto database = db::Database::open({.url = site.database.url()});
    database->exclusively([](db::Connection& connection) {
        connection
            .query("CREATE OR REPLACE FUNCTION fail(code text) RETURNS bigint LANGUAGE plpgsql AS"
                   " 'BEGIN RAISE EXCEPTION ''invalid page in block 7'' USING ERRCODE = code; END'")
            .integer();
    });
    const auto fail = [&](const char* code) { database->read()->query("SELECT fail($1)", code).integer(); };
    EXPECT_THROW(fail("XX000"), db::Error);
    EXPECT_FALSE(database->is_damaged()) << "another internal error";

    testing::internal::CaptureStderr();
    EXPECT_THROW(fail("XX001"), db::Error);
    EXPECT_THROW(fail("XX002"), db::Error);
    const std::string log = testing::internal::GetCapturedStderr();

    EXPECT_TRUE(database->is_damaged());
    EXPECT_THAT(log, HasSubstr("PostgreSQL error XX001: invalid page in block 7"));
    EXPECT_THAT(log, testing::Not(HasSubstr("XX002"))) << "told once";
}

TEST_F(Health, IsForThisMachineAndItsProxiesOnly)
{
    EXPECT_EQ(status("/readyz", "::1"), 200);
    EXPECT_EQ(status("/readyz", "203.0.113.7"), 404);
    EXPECT_EQ(status("/healthz", "203.0.113.7"), 404);

    forwarding = http::Forwarding::ProxyItself;

    EXPECT_EQ(status("/readyz", "10.0.0.5"), 200);
    EXPECT_EQ(status("/healthz", "10.0.0.5"), 200);
}

TEST_F(Health, IsForNobodyBehindAProxyWhateverTheAddress)
{
    using enum http::Forwarding;
    for (const auto passed_on : {Named, Unnamed, Untrusted}) {
        forwarding = passed_on;
        for (const auto* const from : {"127.0.0.1", "::1", "10.0.0.5"}) {
            EXPECT_EQ(status("/readyz", from), 404) << from;
            EXPECT_EQ(status("/healthz", from), 404) << from;
        }
    }
    forwarding = Unreadable;
    EXPECT_EQ(status("/readyz"), 400);
}

} // namespace
