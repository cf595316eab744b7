#include "attachments/attachment.hpp"
#include "base/crypto.hpp"
#include "commands/commands.hpp"
#include "search/search.hpp"
#include "search/words.hpp"
#include "storage/local_store.hpp"
#include "support/service_desk.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Verify : public support::ServiceDesk
{
  protected:
    Verify()
    {
        config_.data_dir = database.directory();
        config_.database_url = database.url();
    }
    std::string verify()
    {
        testing::internal::CaptureStdout();
        exit_code_ = commands::verify_command(config_);
        std::fflush(stdout);
        return testing::internal::GetCapturedStdout();
    }
    /// A service request of Mei's with a file; returns the file's path.
    std::filesystem::path add_file(std::string_view bytes)
    {
        storage::LocalStore store(config_.attachments_dir());
        const auto uploaded = store.temporary_directory() / "upload";
        base::write_all(base::create_file(uploaded), bytes);
        const std::string sha256 = base::hex(base::sha256(bytes));
        const std::string name = store.keep(uploaded, sha256);
        const auto request = submit(cast.mei, "Boiler is cold");
        database->write([&](db::Transaction& tx) {
            attachments::add_attachment(tx, act(cast.mei),
                {.stored_name = name,
                    .name = "a.jpg",
                    .content_type = "image/jpeg",
                    .size = bytes.size(),
                    .sha256 = sha256},
                {.service_request = request});
            search::note_words_behind(tx, request);
        });
        return store.path_of(name);
    }

    int exit_code_ = -1;

  private:
    server::Config config_;
};

TEST_F(Verify, AWholeSiteIsFoundWholeWhileItRuns)
{
    add_file("picture");
    submit(cast.omar, "The meter hums");

    const std::string said = verify();

    EXPECT_EQ(exit_code_, commands::exit_ok) << said;
    EXPECT_THAT(said, AllOf(Not(HasSubstr("WRONG")), HasSubstr("1 of the 1 files that rows name"),
                          HasSubstr("the kept counts are those of the rows"),
                          HasSubstr("the search has the words of all 2 service requests")));
}

TEST_F(Verify, AFlippedByteAndAMissingFileAreListed)
{
    const auto flipped = add_file("picture of a boiler");
    const auto missing = add_file("picture of a meter");
    add_file("picture of a pipe");
    base::write_all(base::open_file(flipped, O_WRONLY), "P");
    std::filesystem::remove(missing);

    const std::string said = verify();

    EXPECT_EQ(exit_code_, commands::exit_failed);
    EXPECT_THAT(said,
        AllOf(
            HasSubstr("WRONG  attachment 1 of service request 1, a.jpg: the file " + flipped.string() + " is damaged"),
            HasSubstr("WRONG  attachment 2 of service request 2, a.jpg: the file " + missing.string() + " is missing"),
            HasSubstr("1 of the 3 files"), HasSubstr("2 found.")));
}

TEST_F(Verify, AWrongCountIsListedWithBothNumbers)
{
    submit(cast.mei, "Boiler is cold");
    database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE service_counter SET value = value + 3 WHERE name = 'open'"); });

    EXPECT_THAT(verify(), HasSubstr("WRONG  the count open is 4, but there are 1 such rows"));
    EXPECT_EQ(exit_code_, commands::exit_failed);
}

TEST_F(Verify, OtherWordsInTheSearchAreListed)
{
    submit(cast.mei, "Boiler is cold");
    const auto second = submit(cast.mei, "The meter hums");
    database->write([&](db::Transaction& tx) {
        search::replace_words(tx, second, {.text = "something else", .type = type("maintenance")});
    });

    EXPECT_THAT(verify(), AllOf(HasSubstr("WRONG  the search has other words for service request 2"),
                              HasSubstr("1 of 2 service requests have other words")));
    EXPECT_EQ(exit_code_, commands::exit_failed);
}

TEST_F(Verify, ARowThatRefersToNothingIsListed)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: PostgreSQL takes no such row";
    submit(cast.mei, "Boiler is cold");
    database->exclusively([](db::Connection& connection) {
        connection.query("PRAGMA foreign_keys = OFF").integer();
        connection.query("UPDATE service_servicerequest SET user_id = 4711").integer();
    });

    EXPECT_THAT(
        verify(), HasSubstr("WRONG  a row refers to one that is not there: service_servicerequest 1: no auth_user"));
    EXPECT_EQ(exit_code_, commands::exit_failed);
}

} // namespace
