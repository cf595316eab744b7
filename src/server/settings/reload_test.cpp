#include "server/settings/reload.hpp"

#include "base/log.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace {

using testing::HasSubstr;

class Reload : public testing::Test
{
  protected:
    ~Reload() override { base::log::set_level(base::log::Level::Info); }
    void write(std::string_view text) const { std::ofstream(file_) << text; }
    server::ConfigSources sources() const
    {
        server::ConfigSources sources;
        sources.file = file_;
        return sources;
    }
    static bool is_heard(void (*write)(std::string_view))
    {
        testing::internal::CaptureStderr();
        write("line");
        return !testing::internal::GetCapturedStderr().empty();
    }

    support::TemporaryDirectory directory_;
    const std::filesystem::path file_ = directory_.path() / "gas-utility.toml";
};

TEST_F(Reload, TakesOverTheLogLevel)
{
    write("log_level = 'info'\n");
    server::SettingsReload settings(sources());
    write("log_level = 'error'\n");

    EXPECT_EQ(settings.reload(), "settings read again: log_level is error; no other setting changed");
    EXPECT_FALSE(is_heard(base::log::warning));
    write("");
    EXPECT_THAT(settings.reload(), HasSubstr("log_level is info"));
    EXPECT_TRUE(is_heard(base::log::info));
}

TEST_F(Reload, NamesWhatNeedsARestartUntilItIsUndone)
{
    write("readers = 4\n");
    server::SettingsReload settings(sources());
    write("readers = 8\nsite_name = 'Elm Gas'\nio_threads = 2\n");

    EXPECT_THAT(settings.reload(), HasSubstr("; restart for: site_name, readers"));
    EXPECT_THAT(settings.reload(), HasSubstr("; restart for: site_name, readers")) << "they still wait";
    write("");
    EXPECT_THAT(settings.reload(), HasSubstr("no other setting changed"));
}

TEST_F(Reload, ChangesNothingWhenASettingIsWrong)
{
    write("");
    server::SettingsReload settings(sources());
    write("log_level = 'error'\nreaders = 'many'\n");

    EXPECT_THROW(settings.reload(), server::UsageError);
    EXPECT_TRUE(is_heard(base::log::info));
    std::filesystem::remove(file_);
    EXPECT_THROW(settings.reload(), server::UsageError);
}

} // namespace
