#include "commands/backup/retention.hpp"

#include "base/file.hpp"
#include "commands/backup/directory.hpp"
#include "commands/backup/manifest.hpp"
#include "commands/commands.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace {

using commands::backup::Directory;
using commands::backup::Keep;
using commands::backup::list_removable;
using commands::backup::name_of;
using commands::backup::parse_keep;
using commands::backup::time_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> kept(const std::vector<std::string>& names, const Keep& keep)
{
    const auto removable = list_removable(names, keep);
    std::vector<std::string> kept;
    std::ranges::set_difference(names, removable, std::back_inserter(kept));
    return kept;
}

TEST(Retention, ReadsRules)
{
    const auto all = parse_keep("7d4w12m");
    ASSERT_TRUE(all);
    EXPECT_EQ(all->days, 7U);
    EXPECT_EQ(all->weeks, 4U);
    EXPECT_EQ(all->months, 12U);
    EXPECT_EQ(parse_keep("30d")->days, 30U);
    for (const char* wrong : {"", "7", "d", "7x", "0d", "7d7d", "-1d", "7d ", "12345d", "99999999999999999999d"})
        EXPECT_FALSE(parse_keep(wrong)) << wrong;
}

TEST(Retention, NamesAreTimesAndBack)
{
    const auto time = time_of("2026-11-28T015524Z");
    ASSERT_TRUE(time);
    EXPECT_EQ(base::iso_utc(*time), "2026-11-28T01:55:24Z");
    EXPECT_EQ(name_of(*time), "2026-11-28T015524Z");
    for (const char* wrong : {"", "files", ".unfinished", "2026-13-28T015524Z", "2026-11-28T245524Z",
             "2026-11-28T01552Z", "2026-11-28T015524Zx", "2026-11-28 015524Z", "2026-11-28T-15524Z"})
        EXPECT_FALSE(time_of(wrong)) << wrong;
}

TEST(Retention, KeepsTheNewestOfEachDay)
{
    const std::vector<std::string> names{"2026-11-25T020000Z", "2026-11-26T020000Z", "2026-11-26T140000Z",
        "2026-11-27T020000Z", "2026-11-28T020000Z", "2026-11-28T130000Z"};
    EXPECT_THAT(
        kept(names, {.days = 3}), ElementsAre("2026-11-26T140000Z", "2026-11-27T020000Z", "2026-11-28T130000Z"));
}

TEST(Retention, WeeksBeginOnMondayAndMonthsWithTheFirst)
{
    // A Sunday, the Monday after it, and the ends of months.
    const std::vector<std::string> names{"2026-09-30T020000Z", "2026-10-31T020000Z", "2026-11-21T020000Z",
        "2026-11-22T020000Z", "2026-11-23T020000Z", "2026-11-28T020000Z"};
    EXPECT_THAT(kept(names, {.weeks = 2}), ElementsAre("2026-11-22T020000Z", "2026-11-28T020000Z"));
    EXPECT_THAT(
        kept(names, {.months = 3}), ElementsAre("2026-09-30T020000Z", "2026-10-31T020000Z", "2026-11-28T020000Z"));
}

TEST(Retention, APauseRemovesNothingAndTheNewestStays)
{
    const std::vector<std::string> names{"2020-01-01T020000Z", "2026-11-28T020000Z"};
    EXPECT_THAT(kept(names, {.days = 7}), SizeIs(2));
    EXPECT_THAT(kept(names, {}), ElementsAre("2026-11-28T020000Z"));
    EXPECT_THAT(list_removable({}, {.days = 1}), IsEmpty());
}

TEST(Retention, AYearOfNightsLeavesTheRule)
{
    std::vector<std::string> names;
    for (int day = 0; day < 400; ++day)
        names.push_back(name_of(*time_of("2025-11-01T020000Z") + std::chrono::days(day)));
    const auto left = kept(names, {.days = 7, .weeks = 4, .months = 12});
    // Seven days to Saturday, 2026-12-05; two Sundays before them; the ends of January to October.
    EXPECT_THAT(left, SizeIs(7 + 2 + 10));
    EXPECT_EQ(left.back(), "2026-12-05T020000Z");
    EXPECT_EQ(left.front(), "2026-01-31T020000Z");
    EXPECT_EQ(kept(left, {.days = 7, .weeks = 4, .months = 12}), left) << "again removes nothing";
}

/// Made-up backups with files.
class RemovingOld : public testing::Test
{
  protected:
    RemovingOld() { directory.make(); }

    void add(const std::string& name, const std::vector<char>& files)
    {
        commands::backup::Manifest manifest{.program = "test"};
        for (const char letter : files) {
            const std::string hash(64, letter);
            commands::backup::make_private_directory(directory.file(hash).parent_path());
            std::ofstream(directory.file(hash)) << letter;
            manifest.files.push_back({.stored_name = std::string(32, letter), .sha256 = hash, .size = 1});
        }
        commands::backup::make_private_directory(directory.backup(name));
        commands::backup::write_manifest(directory.backup(name), manifest);
    }
    bool has(char letter) const { return std::filesystem::exists(directory.file(std::string(64, letter))); }

    support::TemporaryDirectory place;
    Directory directory{place.path() / "backups"};
};

TEST_F(RemovingOld, FilesGoWithTheLastBackupThatNamesThem)
{
    add("2026-11-26T020000Z", {'a', 'b'});
    add("2026-11-27T020000Z", {'b', 'c'});
    add("2026-11-28T020000Z", {'c', 'd'});

    const auto removed = commands::backup::remove_old(directory, {.days = 2});
    EXPECT_THAT(removed.backups, ElementsAre("2026-11-26T020000Z"));
    EXPECT_EQ(removed.files, 1U);
    EXPECT_FALSE(has('a'));
    EXPECT_TRUE(has('b') && has('c') && has('d'));
    EXPECT_THAT(directory.list(), SizeIs(2));
    EXPECT_FALSE(std::filesystem::exists(directory.scratch()));
}

TEST_F(RemovingOld, NothingGoesWhileABackupCannotBeRead)
{
    add("2026-11-26T020000Z", {'a'});
    add("2026-11-27T020000Z", {'b'});
    add("2026-11-28T020000Z", {'c'});
    const auto manifest = directory.backup("2026-11-28T020000Z") / commands::backup::manifest_name;
    std::ofstream(manifest) << "{}";

    EXPECT_THROW(commands::backup::remove_old(directory, {.days = 2}), commands::Refused);
    std::filesystem::remove(manifest);
    try {
        commands::backup::remove_old(directory, {.days = 1});
        FAIL() << "removed beside a backup without a manifest";
    } catch (const commands::Refused& refused) {
        EXPECT_THAT(refused.what(), HasSubstr("Move 2026-11-28T020000Z away"));
    }
    EXPECT_THAT(directory.list(), SizeIs(3));
    EXPECT_TRUE(has('a') && has('b') && has('c'));
}

} // namespace
