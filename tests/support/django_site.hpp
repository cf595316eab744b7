#pragma once

#include "support/test_database.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace support {

/// A small Django site with every trap we know, as SQLite file and media directory: names that differ in case, old and
/// foreign password hashes, long, empty and broken texts, times with and without a fraction, rows whose other end is
/// gone, files that are missing, nobody's, or lie where they must not. Its numbers stand in django_site.sql.
class DjangoSite
{
  public:
    DjangoSite();

    std::string url() const { return "sqlite:///" + database().string(); }
    std::filesystem::path database() const { return directory_.path() / "db.sqlite3"; }
    std::filesystem::path media() const { return directory_.path() / "media"; }

    /// Changes the site as Django would, from another connection.
    void run(std::string_view script) const;
    /// A file below media.
    void add_file(std::string_view name, std::string_view bytes) const;

  private:
    TemporaryDirectory directory_;
};

/// Runs a script on a new or existing SQLite file.
void run_sqlite(const std::filesystem::path& file, std::string_view script);

} // namespace support
