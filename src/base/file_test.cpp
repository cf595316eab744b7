#include "base/file.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <iterator>
#include <sys/stat.h>
#include <system_error>
#include <utility>

namespace {

namespace fs = std::filesystem;

class Files : public testing::Test
{
  protected:
    void SetUp() override { fs::create_directories(directory); }
    void TearDown() override { fs::remove_all(directory); }

    std::ptrdiff_t names() const { return std::distance(fs::directory_iterator(directory), fs::directory_iterator()); }

    const fs::path directory = fs::temp_directory_path() / ("gas_file_test_" + base::random_token());
};

bool is_open(int number)
{
    return ::fcntl(number, F_GETFD) != -1;
}

TEST_F(Files, WrittenContentReadsBack)
{
    const std::string content = std::string(200'000, 'x') + '\0' + "end";
    base::write_file_durably(directory / "a", content);
    EXPECT_EQ(base::read_file(directory / "a"), content);
    base::write_file_durably(directory / "a", "");
    EXPECT_EQ(base::read_file(directory / "a"), "");
    EXPECT_EQ(names(), 1) << "no draft is left behind";
}

TEST_F(Files, ReadingStopsAtTheLimit)
{
    base::write_file_durably(directory / "a", "12345");
    EXPECT_EQ(base::read_file(directory / "a", 5), "12345");
    EXPECT_THROW(base::read_file(directory / "a", 4), base::TooLarge);
}

TEST_F(Files, ReadSomeIsShortOnlyAtTheEnd)
{
    base::write_file_durably(directory / "a", "12345");
    const auto file = base::open_file(directory / "a", O_RDONLY);
    EXPECT_EQ(base::read_some(file, 3), "123");
    EXPECT_EQ(base::read_some(file, 3), "45");
    EXPECT_EQ(base::read_some(file, 3), "");
}

TEST_F(Files, ErrorsNameThePathAndTheReason)
{
    try {
        base::read_file(directory / "missing");
        FAIL() << "read";
    } catch (const std::system_error& error) {
        EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
        EXPECT_NE(std::string(error.what()).find("missing"), std::string::npos);
    }
}

TEST_F(Files, ANewFileIsPrivateAndNeverReplacesAnother)
{
    base::create_file(directory / "a");
    struct stat state = {};
    ASSERT_EQ(::stat((directory / "a").c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777U, 0600U);
    EXPECT_THROW(base::create_file(directory / "a"), std::system_error);
}

TEST_F(Files, AFullDiskIsUnavailable)
{
    const auto full = base::open_file("/dev/full", O_WRONLY);
    EXPECT_THROW(base::write_all(full, "x"), base::Unavailable);
}

TEST_F(Files, AFailedReplacementKeepsTheOldContent)
{
    fs::create_directory(directory / "a");
    EXPECT_THROW(base::write_file_durably(directory / "a", "new"), std::system_error);
    EXPECT_TRUE(fs::is_directory(directory / "a"));
    EXPECT_EQ(names(), 1);
}

TEST_F(Files, RenameMovesAndReplaces)
{
    base::write_file_durably(directory / "a", "new");
    base::write_file_durably(directory / "b", "old");
    base::rename_durably(directory / "a", directory / "b");
    EXPECT_EQ(base::read_file(directory / "b"), "new");
    EXPECT_FALSE(fs::exists(directory / "a"));
    EXPECT_THROW(base::rename_durably(directory / "a", directory / "b"), std::system_error);
}

TEST_F(Files, RemovingWhatIsNotThereIsFalse)
{
    base::write_file_durably(directory / "a", "");
    EXPECT_TRUE(base::remove_file(directory / "a"));
    EXPECT_FALSE(base::remove_file(directory / "a"));
    EXPECT_THROW(base::remove_file(directory), std::system_error);
}

TEST_F(Files, DescriptorClosesOnceAndMoves)
{
    base::Descriptor first = base::create_file(directory / "a");
    const int number = first.get();
    base::Descriptor second = std::move(first);
    EXPECT_FALSE(first);
    EXPECT_EQ(second.get(), number);
    EXPECT_TRUE(is_open(number));
    EXPECT_NE(::fcntl(number, F_GETFD) & FD_CLOEXEC, 0);
    second = base::Descriptor();
    EXPECT_FALSE(is_open(number));
}

} // namespace
