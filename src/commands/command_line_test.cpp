#include "commands/command_line.hpp"
#include "server/settings/settings.hpp"

#include <gmock/gmock.h>

namespace {

using commands::Command;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

/// Reads "gas-utility" followed by these words, with what it prints kept away from the test's own output.
struct Reading
{
    explicit Reading(std::vector<const char*> words)
    {
        words.insert(words.begin(), "gas-utility");
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const auto read = commands::read_command_line(static_cast<int>(words.size()), words.data());
        out = testing::internal::GetCapturedStdout();
        error = testing::internal::GetCapturedStderr();
        if (const auto* answered = std::get_if<commands::Answered>(&read))
            exit_code = answered->exit_code;
        else
            line = std::get<commands::CommandLine>(read);
    }

    commands::CommandLine line;
    /// Of a line that was answered at once; -1 for one to carry out.
    int exit_code = -1;
    std::string out;
    std::string error;
};

TEST(CommandLine, SettingsMayStandBeforeAndAfterTheCommand)
{
    const Reading reading({"--data-dir", "/srv/gas", "runserver", "0.0.0.0:80", "--site-name", "Elm Gas"});

    EXPECT_EQ(reading.exit_code, -1);
    EXPECT_EQ(reading.line.command, Command::RunServer);
    EXPECT_EQ(reading.line.listen, "0.0.0.0:80");
    EXPECT_THAT(reading.line.flags, UnorderedElementsAre(Pair("data_dir", "/srv/gas"), Pair("site_name", "Elm Gas")));
}

TEST(CommandLine, BackupAndRestoreNameTheirDirectory)
{
    const Reading backup({"backup", "/backup/gas", "--keep", "7d4w12m"});
    EXPECT_EQ(backup.line.command, Command::Backup);
    EXPECT_EQ(backup.line.backup.place, "/backup/gas");
    EXPECT_EQ(backup.line.backup.keep, "7d4w12m");
    EXPECT_FALSE(backup.line.backup.verify);
    EXPECT_TRUE(Reading({"backup", "--verify", "/backup/gas"}).line.backup.verify);
    const Reading verify({"verify", "s3://gas-backups/north"});
    EXPECT_EQ(verify.line.command, Command::Backup);
    EXPECT_EQ(verify.line.backup.place, "s3://gas-backups/north");
    EXPECT_TRUE(verify.line.backup.verify);
    EXPECT_EQ(Reading({"verify"}).line.command, Command::Verify);

    const Reading restore({"--data-dir", "/tmp/rehearsal", "restore", "/backup/gas"});
    EXPECT_EQ(restore.line.command, Command::Restore);
    EXPECT_EQ(restore.line.restore_from, "/backup/gas");
    EXPECT_EQ(Reading({"restore"}).exit_code, commands::exit_usage);
}

TEST(CommandLine, OptionsOfACommandAreRead)
{
    const Reading superuser({"createsuperuser", "--username", "root", "--email", "a@b.example", "--no-input"});
    EXPECT_EQ(superuser.line.command, Command::CreateSuperuser);
    EXPECT_EQ(superuser.line.superuser.username, "root");
    EXPECT_TRUE(superuser.line.superuser.no_input);

    const Reading demo({"demo", "--customers", "3", "--requests", "9", "--seed", "7", "--force"});
    EXPECT_EQ(demo.line.command, Command::Demo);
    EXPECT_EQ(demo.line.demo.customers, 3);
    EXPECT_EQ(demo.line.demo.requests, 9);
    EXPECT_EQ(demo.line.demo.seed, 7U);
    EXPECT_TRUE(demo.line.demo.force);
    EXPECT_FALSE(demo.line.demo.when_empty);

    EXPECT_FALSE(Reading({"check"}).line.check.fast);
    EXPECT_TRUE(Reading({"check", "--fast"}).line.check.fast);
}

TEST(CommandLine, ConfigShowTakesTheSameOptions)
{
    const Reading reading({"config", "show", "--readers", "9"});
    EXPECT_EQ(reading.line.command, Command::ConfigShow);
    EXPECT_THAT(reading.line.flags, UnorderedElementsAre(Pair("readers", "9")));
}

TEST(CommandLine, UsageErrorsExitWithTwoAndSayWhy)
{
    const std::vector<std::vector<const char*>> wrong = {{}, {"serve"}, {"migrate", "--nonsense"},
        {"demo", "--customers", "0"}, {"demo", "--requests", "many"}, {"runserver", "1:1", "2:2"}, {"demo", "--seed"},
        {"config"}, {"config", "hide"}, {"--config", "", "check"}};
    for (const auto& words : wrong) {
        const Reading reading(words);
        EXPECT_EQ(reading.exit_code, 2) << reading.error;
        EXPECT_FALSE(reading.error.empty());
    }
}

TEST(CommandLine, AnUnknownWordIsNamedWithTheNearestThatThereIs)
{
    const std::vector<std::pair<std::vector<const char*>, const char*>> wrong = {
        {{"migrat"}, "unknown command \"migrat\"; did you mean \"migrate\"?\n"},
        {{"--data-dir", "/srv/gas", "chekc"}, "unknown command \"chekc\"; did you mean \"check\"?\n"},
        {{"nonsense"}, "unknown command \"nonsense\"\n\"gas-utility --help\" lists"},
        {{"user", "lst"}, "unknown command \"lst\"; did you mean \"list\"?\n\"gas-utility user --help\" lists"},
        {{"config", "hide"}, "unknown command \"hide\"\n"},
        {{"session", "ends", "12345678"}, "unknown command \"ends\"; did you mean \"end\"?"},
        {{"check", "--fats"}, "unknown option \"--fats\"; did you mean \"--fast\"?"},
        {{"backup", "/b", "--kep", "7d"}, "unknown option \"--kep\"; did you mean \"--keep\"?"},
        {{"restore", "--verfiy"}, "unknown option \"--verfiy\"\n"},
        {{"runserver", "--data_dir=/srv"}, "unknown option \"--data_dir\"; did you mean \"--data-dir\"?"},
        {{"--site-nam", "Elm", "runserver"}, "unknown option \"--site-nam\"; did you mean \"--site-name\"?"},
        {{"migrate", "-x"}, "unknown option \"-x\"\n"},
        {{"migrate", "now"}, "unexpected \"now\" after \"gas-utility migrate\"\n"}};
    for (const auto& [words, said] : wrong) {
        const Reading reading(words);
        EXPECT_EQ(reading.exit_code, 2) << said;
        EXPECT_THAT(reading.error, testing::StartsWith("gas-utility: " + std::string(said)));
        EXPECT_EQ(reading.out, "");
    }
}

TEST(CommandLine, ASecretIsNoOptionBecauseOthersReadCommandLines)
{
    const Reading reading({"runserver", "--s3-secret-access-key", "hush"});
    EXPECT_EQ(reading.exit_code, 2);
    EXPECT_THAT(reading.error, HasSubstr("--s3-secret-access-key is no option"));
    EXPECT_THAT(reading.error, HasSubstr("use GAS_UTILITY_S3_SECRET_ACCESS_KEY"));
    EXPECT_THAT(reading.error, testing::Not(HasSubstr("hush")));
}

TEST(CommandLine, HelpTellsEverySettingCommandAndExitCode)
{
    const Reading reading({"--help"});

    EXPECT_EQ(reading.exit_code, 0);
    for (const server::Setting& setting : server::settings()) {
        EXPECT_EQ(reading.out.find("  " + setting.flag() + " ") == std::string::npos, setting.is_secret)
            << setting.name;
        EXPECT_THAT(reading.out, HasSubstr(setting.variable()));
    }
    for (const char* word :
        {"migrate", "createsuperuser", "runserver", "demo", "check", "adopt-attachments", "version", "Exit codes: 0"})
        EXPECT_THAT(reading.out, HasSubstr(word));
    EXPECT_THAT(reading.out, testing::Not(HasSubstr("server::"))) << "a C++ name is not for readers";
}

} // namespace
