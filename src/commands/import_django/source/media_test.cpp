#include "commands/import_django/source/media.hpp"

#include "commands/commands.hpp"
#include "commands/import_django/files.hpp"
#include "support/django_site.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

namespace commands::import_django {

namespace {

class DjangoMedia : public ::testing::Test
{
  protected:
    std::string refusal_of(std::string_view name) const
    {
        std::string reason = "opened";
        media.open(name, reason);
        return reason;
    }

    support::DjangoSite site;
    Media media{site.media()};
};

} // namespace

TEST_F(DjangoMedia, OpensAPlainFileBelowIt)
{
    std::string reason;
    const auto opened = media.open("attachments//2024/./01/14-notes.txt", reason);
    ASSERT_TRUE(opened) << reason;
    EXPECT_EQ(opened->size, 20U);
    EXPECT_EQ(base::read_some(opened->file, 100), "Notes of request 2.\n");
}

TEST_F(DjangoMedia, NothingOutsideIsOpened)
{
    using namespace std::string_literals;
    for (const std::string& name :
        {"../secret.txt"s, "attachments/../../secret.txt"s, "/etc/hostname"s, "a\0b"s, ""s, "."s, ".."s})
        EXPECT_EQ(refusal_of(name), "the name leads out of the media directory") << name;
}

TEST_F(DjangoMedia, SymbolicLinksAreNotFollowed)
{
    EXPECT_EQ(refusal_of("attachments/2024/01/link.txt"), "a symbolic link is not followed");
    std::filesystem::create_directory_symlink("attachments", site.media() / "elsewhere");
    EXPECT_EQ(refusal_of("elsewhere/2024/01/14-notes.txt"), "there is no such file");
}

TEST_F(DjangoMedia, WhatIsNoPlainFileIsNotRead)
{
    ASSERT_EQ(::mkfifo((site.media() / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(refusal_of("pipe"), "it is not a regular file");
    EXPECT_EQ(refusal_of("attachments/2024"), "it is not a regular file");
}

TEST_F(DjangoMedia, WalksPlainFilesInOrder)
{
    std::vector<std::string> names;
    media.walk([&](const std::string& name) { names.push_back(name); });
    const std::vector<std::string> expected{
        "attachments/2024/01/14-notes.txt", "attachments/2024/01/orphan.txt", "attachments/2024/01/photo.png"};
    EXPECT_EQ(names, expected);
}

TEST(DjangoMediaDirectory, MustBeADirectory)
{
    EXPECT_THROW(Media("/nowhere/at/all"), Refused);
}

TEST(DjangoFiles, KeepAHarmlessExtensionOnly)
{
    EXPECT_EQ(download_name("14-notes.txt"), "14-notes.txt");
    EXPECT_EQ(download_name("Zähler.TXT"), "Zähler.txt");
    EXPECT_EQ(download_name("setup.exe"), "setup_exe.bin");
    EXPECT_EQ(download_name("page.html"), "page_html.bin");
    EXPECT_EQ(download_name("noextension"), "noextension.bin");
    EXPECT_EQ(download_name("txt"), "txt.bin");
    EXPECT_EQ(download_name("bill.exe.txt"), "bill_exe.txt");
    EXPECT_EQ(download_name(""), "attachment.bin");
}

} // namespace commands::import_django
