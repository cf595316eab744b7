#include "server/settings/given.hpp"
#include "server/settings/nearest.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <unistd.h>

namespace {

using server::ConfigSources;
using server::UsageError;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class GivenSettings : public testing::Test
{
  protected:
    GivenSettings() { sources_.usual_files = {file_}; }

    std::string refusal() const
    {
        try {
            server::read_config(sources_);
        } catch (const UsageError& error) {
            return error.what();
        }
        return "accepted";
    }
    /// "VALUE from SOURCE", as people see it.
    std::string shown(std::string_view name) const
    {
        for (const server::GivenSetting& given : server::settings_in_effect(sources_))
            if (given.setting->name == name)
                return server::shown_value(given) + " from " + given.source;
        return "not shown";
    }

    support::TemporaryDirectory directory_;
    const std::filesystem::path file_ = directory_.path() / "gas-utility.toml";
    ConfigSources sources_;
};

TEST_F(GivenSettings, AMisspeltVariableIsRefusedWithTheNearestName)
{
    sources_.environment = {{"GAS_UTILITY_ALOWED_HOSTS", "hush"}};
    EXPECT_THAT(refusal(), AllOf(HasSubstr("GAS_UTILITY_ALOWED_HOSTS is not a setting"),
                               HasSubstr("did you mean GAS_UTILITY_ALLOWED_HOSTS?"), Not(HasSubstr("hush"))));
    sources_.environment = {{"GAS_UTILITY_DEMO_PASWORD", "hush"}};
    EXPECT_THAT(refusal(), AllOf(HasSubstr("GAS_UTILITY_DEMO_PASSWORD?"), Not(HasSubstr("hush"))));
    sources_.environment = {{"GAS_UTILITY_COLOR_OF_THE_SKY", "blue"}};
    EXPECT_THAT(refusal(), AllOf(HasSubstr("is not a setting"), Not(HasSubstr("did you mean"))));
}

TEST_F(GivenSettings, VariablesOfCommandsAndEmptyOnesAreNoSettingsAndNoMistake)
{
    std::ofstream(directory_.path() / "other.toml") << "readers = 3\n";
    sources_.environment = {{"GAS_UTILITY_CONFIG", directory_.path() / "other.toml"},
        {"GAS_UTILITY_DEMO_PASSWORD", "x"}, {"GAS_UTILITY_SUPERUSER_PASSWORD", "x"}, {"GAS_UTILITY_REDERS", ""}};
    EXPECT_EQ(refusal(), "accepted");
    EXPECT_THAT(shown("readers"), HasSubstr("3 from "));
}

TEST_F(GivenSettings, ANamedFileThatCannotBeReadIsRefusedWithTheReason)
{
    sources_.file = directory_.path() / "missing.toml";
    EXPECT_THAT(refusal(), AllOf(HasSubstr("missing.toml"), HasSubstr("does not exist")));
    sources_.file = directory_.path();
    EXPECT_THAT(refusal(), AllOf(HasSubstr("cannot be read"), HasSubstr("Is a directory")));
    sources_.file = file_;
    std::ofstream(file_) << "readers = 3\n";
    std::filesystem::permissions(file_, std::filesystem::perms::none);
    // Root reads it all the same.
    const bool is_refused = refusal().find("Permission denied") != std::string::npos;
    EXPECT_EQ(is_refused, ::geteuid() != 0) << refusal();
    sources_.file = file_ / "inside.toml";
    EXPECT_THAT(refusal(), AllOf(HasSubstr("cannot be read"), HasSubstr("Not a directory")));
}

TEST_F(GivenSettings, TheSameGoesForTheFileThatTheEnvironmentNames)
{
    sources_.environment["GAS_UTILITY_CONFIG"] = directory_.path();
    EXPECT_THAT(refusal(), HasSubstr("Is a directory"));
    sources_.environment["GAS_UTILITY_CONFIG"] = directory_.path() / "missing.toml";
    EXPECT_THAT(refusal(), HasSubstr("does not exist"));
}

TEST_F(GivenSettings, EachIsShownWithWhereItCameFrom)
{
    std::ofstream(file_) << "site_name = 'Elm Gas'\n\nio_threads = 5\nlisten = '0.0.0.0:81'\n";
    sources_.environment = {{"GAS_UTILITY_READERS", "8"}, {"GAS_UTILITY_IO_THREADS", "6"}};
    sources_.flags = {{"readers", "9"}, {"listen", "8080"}};

    EXPECT_EQ(shown("site_name"), "Elm Gas from " + file_.string() + ", line 1");
    EXPECT_EQ(shown("io_threads"), "6 from the environment variable GAS_UTILITY_IO_THREADS");
    EXPECT_EQ(shown("readers"), "9 from the option --readers");
    EXPECT_EQ(shown("listen"), "0.0.0.0:8080 from the option --listen");
    EXPECT_EQ(shown("data_dir"), "var from default");
    EXPECT_EQ(shown("database_url"), "sqlite:///var/gas-utility.sqlite3 from default");
}

TEST_F(GivenSettings, ASecretIsNeverShown)
{
    EXPECT_EQ(shown("s3_secret_access_key"), "none from default");
    sources_.environment = {{"GAS_UTILITY_S3_SECRET_ACCESS_KEY", "hush"},
        {"GAS_UTILITY_DATABASE_URL", "postgresql://gas:hush@db.example/gas?password=hush"},
        {"GAS_UTILITY_DATABASE_LISTEN_URL", "postgresql://gas:hush@db.example:5433/gas"}};

    EXPECT_EQ(shown("s3_secret_access_key"), "set from the environment variable GAS_UTILITY_S3_SECRET_ACCESS_KEY");
    EXPECT_THAT(shown("database_url"), AllOf(HasSubstr("gas@db.example"), Not(HasSubstr("hush"))));
    EXPECT_THAT(shown("database_listen_url"), AllOf(HasSubstr("gas@db.example:5433"), Not(HasSubstr("hush"))));
}

TEST(NearestName, IsTheOneWithTheFewestTypingErrors)
{
    const std::vector<std::string> names = {"readers", "io_threads", "write_threads"};
    EXPECT_EQ(server::nearest_name("reders", names), "readers");
    EXPECT_EQ(server::nearest_name("io_thread", names), "io_threads");
    EXPECT_EQ(server::nearest_name("zebra", names), "");
    EXPECT_EQ(server::nearest_name("", names), "");
}

} // namespace
