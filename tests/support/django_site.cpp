#include "support/django_site.hpp"

#include "base/file.hpp"
#include "db/sqlite/sqlite.hpp"

#include <sqlite3.h>

#include <fstream>
#include <stdexcept>

namespace support {

void run_sqlite(const std::filesystem::path& file, std::string_view script)
{
    sqlite3* handle = nullptr;
    db::configure_sqlite_once();
    const int opened = sqlite3_open(file.c_str(), &handle);
    char* error = nullptr;
    const int ran =
        opened == SQLITE_OK ? sqlite3_exec(handle, std::string(script).c_str(), nullptr, nullptr, &error) : opened;
    const std::string text = error == nullptr ? "cannot open" : error;
    sqlite3_free(error);
    sqlite3_close(handle);
    if (ran != SQLITE_OK)
        throw std::runtime_error(file.string() + ": " + text);
}

namespace {

/// What a PNG of one pixel begins with: enough to be taken for one.
std::string png_head()
{
    using namespace std::string_literals;
    return "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xDE"s;
}

} // namespace

DjangoSite::DjangoSite()
{
    run(base::read_file(std::filesystem::path(GAS_SOURCE_DIR) / "tests/support/django_site.sql"));
    add_file("attachments/2024/01/photo.png", png_head());
    add_file("attachments/2024/01/14-notes.txt", "Notes of request 2.\n");
    add_file("attachments/2024/01/orphan.txt", "No request refers to this file.\n");
    add_file("../secret.txt", "outside of media\n");
    std::filesystem::create_symlink("../../../../secret.txt", media() / "attachments/2024/01/link.txt");
}

void DjangoSite::run(std::string_view script) const
{
    run_sqlite(database(), script);
}

void DjangoSite::add_file(std::string_view name, std::string_view bytes) const
{
    const std::filesystem::path path = media() / name;
    std::filesystem::create_directories(path.parent_path());
    std::filesystem::create_directories(media());
    std::ofstream(path, std::ios::binary) << bytes;
}

} // namespace support
