#include "commands/admin/administer.hpp"

#include "sign_in/password.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"
#include "users/credentials.hpp"
#include "users/user.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <deque>

namespace {

using commands::SuperuserOptions;
using server::Refused;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class CreateSuperuser : public testing::Test
{
  protected:
    void SetUp() override { ::unsetenv("GAS_UTILITY_SUPERUSER_PASSWORD"); }
    void TearDown() override { ::unsetenv("GAS_UTILITY_SUPERUSER_PASSWORD"); }

    /// Runs with these answers; the text of the refusal, or "accepted".
    std::string run(const SuperuserOptions& options, std::deque<std::string> answers = {})
    {
        const auto ask = [&](std::string_view, bool hidden) -> std::optional<std::string> {
            if (answers.empty())
                return std::nullopt;
            (hidden ? hidden_ : shown_).push_back(answers.front());
            std::string answer = answers.front();
            answers.pop_front();
            return answer;
        };
        try {
            commands::add_superuser(
                {.database = *database_, .sessions = {}, .now = support::FakeClock::start}, options, ask);
        } catch (const Refused& refused) {
            return refused.what();
        }
        return "accepted";
    }

    std::int64_t count_users() const { return database_.number("SELECT COUNT(*) FROM auth_user"); }

    support::TestDatabase database_;
    std::vector<std::string> shown_;
    std::vector<std::string> hidden_;
};

TEST_F(CreateSuperuser, ANameThatLooksLikeAnotherIsRefused)
{
    support::add_cast(*database_, support::FakeClock::start);
    const auto name = [&](std::string username) { return run({}, {std::move(username), "", "p", "p"}); };
    EXPECT_THAT(name("меі"), HasSubstr("looks like \"mei\", which somebody else has"));
    EXPECT_THAT(name("mеі"), HasSubstr("mixes Latin letters with Cyrillic"));
}

TEST_F(CreateSuperuser, AsksForEverythingAndHidesOnlyThePassword)
{
    EXPECT_EQ(run({}, {" root ", "root@gas.example", "brass-kettle-41", "brass-kettle-41"}), "accepted");

    EXPECT_THAT(shown_, ElementsAre(" root ", "root@gas.example"));
    EXPECT_THAT(hidden_, ElementsAre("brass-kettle-41", "brass-kettle-41"));
    const auto lease = database_->read();
    const auto user = users::find_user(*lease, "root");
    ASSERT_TRUE(user);
    EXPECT_EQ(user->role, base::Role::Administrator);
    EXPECT_EQ(user->email, "root@gas.example");
    EXPECT_EQ(sign_in::check_password("brass-kettle-41", users::password_hash_of(*lease, user->id)),
        sign_in::PasswordCheck::Right);
}

TEST_F(CreateSuperuser, WithoutInputTakesThePasswordFromTheEnvironmentAndAsksNothing)
{
    ::setenv("GAS_UTILITY_SUPERUSER_PASSWORD", "brass-kettle-41", 1);

    EXPECT_EQ(run({.username = "root", .no_input = true}), "accepted");
    EXPECT_THAT(shown_, IsEmpty());
    EXPECT_THAT(hidden_, IsEmpty());
}

TEST_F(CreateSuperuser, WithoutInputRefusesWhenSomethingIsMissing)
{
    EXPECT_THAT(run({.username = "root", .no_input = true}), HasSubstr("GAS_UTILITY_SUPERUSER_PASSWORD"));
    ::setenv("GAS_UTILITY_SUPERUSER_PASSWORD", "brass-kettle-41", 1);
    EXPECT_THAT(run({.no_input = true}), HasSubstr("--username"));
    EXPECT_EQ(count_users(), 0);
}

TEST_F(CreateSuperuser, RefusesTwoDifferentPasswords)
{
    EXPECT_THAT(run({.username = "root", .email = "root@gas.example"}, {"brass-kettle-41", "brass-kettle-42"}),
        HasSubstr("differ"));
    EXPECT_EQ(count_users(), 0);
}

TEST_F(CreateSuperuser, RefusesAWeakPassword)
{
    for (const char* weak : {"short", "password", "root-root"})
        EXPECT_NE(run({.username = "root-root", .email = "root@gas.example"}, {weak, weak}), "accepted") << weak;
    EXPECT_EQ(count_users(), 0);
}

TEST_F(CreateSuperuser, RefusesANameThatIsTakenBeforeAskingForThePassword)
{
    support::add_cast(*database_, support::FakeClock::start);

    EXPECT_THAT(run({.username = "ada", .email = "ada@gas.example"}, {"brass-kettle-41", "brass-kettle-41"}),
        HasSubstr("already"));
    EXPECT_THAT(run({.username = "ADA", .email = "ada@gas.example"}, {}), HasSubstr("already")) << "in another case";
    EXPECT_THAT(hidden_, IsEmpty());
    EXPECT_EQ(count_users(), 5);
}

TEST_F(CreateSuperuser, RefusesBadNamesAndAddresses)
{
    EXPECT_THAT(run({}, {"two words", ""}), HasSubstr("user name"));
    EXPECT_THAT(run({.username = "root"}, {"not an address"}), HasSubstr("not an email"));
    EXPECT_THAT(run({}, {}), HasSubstr("input ended"));
    EXPECT_EQ(count_users(), 0);
}

TEST_F(CreateSuperuser, RefusesAnEmptyNameWithWords)
{
    for (const char* nothing : {"", "  ", "\u200B"})
        EXPECT_THAT(run({}, {nothing, "", "brass-kettle-41", "brass-kettle-41"}), HasSubstr("user name is empty"));
    EXPECT_THAT(run({.username = " "}, {"", "brass-kettle-41", "brass-kettle-41"}), HasSubstr("user name is empty"));
    EXPECT_EQ(count_users(), 0);
}

TEST_F(CreateSuperuser, TakesBothSpellingsOfANameForOne)
{
    const std::string password = "brass-kettle-41";
    EXPECT_EQ(run({.username = "jose\u0301", .email = "j@gas.example"}, {password, password}), "accepted");
    EXPECT_THAT(run({.username = "jos\u00E9", .email = "j@gas.example"}, {password, password}), HasSubstr("already"));
    EXPECT_EQ(count_users(), 1);
}

} // namespace
